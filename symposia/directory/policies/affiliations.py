from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from symposia.directory.affiliating import AffiliationFacts, Earlier
from symposia.directory.models import Affiliation
from symposia.shared.refusals import Objection

NO_INSTITUTION = Objection("affiliation_nowhere", _("Write where the person works."))
ENDS_BEFORE_IT_BEGINS = Objection(
    "affiliation_backwards", _("The last day lies before the first one.")
)
THERE_ALREADY = Objection(
    "affiliated_already",
    _("The same post there is noted already, %(days)s. Change that one instead."),
)
PRIMARY_ELSEWHERE = Objection(
    "primary_elsewhere",
    _(
        "%(place)s is the primary place, %(days)s. Say a later first day here, or change that "
        "one first: there is one primary place on each day."
    ),
)
NOT_ENDED_YET = Objection(
    "affiliation_end_before", _("It begins on %(day)s; it cannot end before.")
)
HAS_ENDED_ALREADY = Objection("affiliation_has_ended", _("This has ended on %(day)s already."))
NOTHING_TO_TAKE = Objection("no_affiliation_to_take", _("No line of this file would add anything."))
LINE_REFUSED = Objection(
    "affiliation_line_refused", _("Line %(line)s: %(why)s Nothing of the file was taken.")
)
PLACE_GONE = Objection(
    "affiliation_gone", _("This place of work was taken away meanwhile. Look at the person again.")
)
WHY_REMOVED = Objection(
    "why_affiliation_removed", _("Write why it was wrong; the journal keeps the reason.")
)


def days_of(row: Affiliation) -> str:
    """From when until when, as a sentence ends."""
    said = []
    if row.from_on:
        said.append(gettext("from %(day)s") % {"day": date_format(row.from_on, "j M Y")})
    if row.until_on:
        said.append(gettext("until %(day)s") % {"day": date_format(row.until_on, "j M Y")})
    return " ".join(said) or gettext("since a day that nobody knows")


def objection_to_affiliation(
    facts: AffiliationFacts, same: Sequence[Affiliation]
) -> Objection | None:
    """Somewhere, from a day to a later one, and the same post once. `same` are those of the same
    post whose days meet these."""
    if not facts.institution.strip():
        return NO_INSTITUTION
    if facts.from_on and facts.until_on and facts.until_on < facts.from_on:
        return ENDS_BEFORE_IT_BEGINS
    return THERE_ALREADY.about(days=days_of(same[0])) if same else None


def objection_to_primary(
    facts: AffiliationFacts, others: Sequence[Affiliation]
) -> Objection | None:
    """Another primary place makes room from the day on that this one begins, if it began before.
    `others` are the primary ones whose days meet these."""
    for other in others:
        makes_room = (
            facts.from_on is not None
            # Before the first day of all there is none on which the other could have ended.
            and facts.from_on > date.min
            and (other.from_on is None or other.from_on < facts.from_on)
        )
        if facts.earlier == Earlier.KEEP or not makes_room:
            return PRIMARY_ELSEWHERE.about(place=str(other.institution), days=days_of(other))
    return None


def objection_to_ending_affiliation(row: Affiliation, on: date, *, today: date) -> Objection | None:
    """It ends once, not before it began."""
    if row.until_on and row.has_ended(today):
        return HAS_ENDED_ALREADY.about(day=date_format(row.until_on, "j M Y"))
    if row.from_on and on < row.from_on:
        return NOT_ENDED_YET.about(day=date_format(row.from_on, "j M Y"))
    return None


def objection_to_removing_affiliation(reason: str) -> Objection | None:
    """Only what was never so is taken away, and somebody says why."""
    return None if reason.strip() else WHY_REMOVED
