from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from symposia.directory.consent_words import Basis
from symposia.directory.imports.table import Meaning
from symposia.directory.models import (
    TERRITORY_LEVELS,
    WITHOUT_CHANNEL,
    Channel,
    ConsentSource,
    ConsentStatement,
    Identifier,
    PersonRestriction,
    Purpose,
    Scheme,
)
from symposia.directory.numbers import is_npi
from symposia.directory.restriction_words import Kind
from symposia.shared.refusals import Objection
from symposia.work.models import Import, ImportState

BAD_NPI = Objection("bad_npi", _("%(number)s is not an NPI: its check digit does not hold."))
NUMBER_TAKEN = Objection("number_taken", _("%(number)s already belongs to %(name)s."))
TERRITORY_TOO_DEEP = Objection(
    "territory_too_deep", _("A territory lies at most two levels below another.")
)
ALREADY_DEACTIVATED = Objection("already_deactivated", _("This clinician is already deactivated."))
# Why somebody is not written to.
NO_ADDRESS = Objection("no_address", _("has no e-mail address"))
ALREADY_ACTIVE = Objection("already_active", _("This clinician is active."))
COLUMNS_UNCLEAR = Objection(
    "columns_unclear",
    _("Say which column holds the name, and which a number or an e-mail address."),
)
IMPORT_BUSY = Objection("import_busy", _("This file is being read at the moment."))
IMPORT_DONE = Objection("import_done", _("This file was already imported."))
NOT_CHECKED = Objection("not_checked", _("Check the rows first; then they can be imported."))
FILE_NEEDED = Objection("file_needed", _("The file is needed until its rows are imported."))
NO_REASON = Objection(
    "removal_reason", _("Write why the file is removed; it stays in the journal.")
)
NEEDS_CHANNEL = Objection("needs_channel", _("Say by which channel."))
HAS_NO_CHANNEL = Objection("has_no_channel", _("This purpose reaches nobody; leave the channel."))
SAID_LATER = Objection("said_later", _("Nobody can have said this in the future."))
NO_PROOF = Objection(
    "no_proof", _("Say who heard it or where the paper lies, or hand in the paper.")
)
CONSENT_WITHDRAWN = Objection("consent_withdrawn", _("said no to %(purpose)s on %(on)s"))
NO_CONSENT = Objection("no_consent", _("has not agreed to %(purpose)s by %(channel)s"))
NEVER_AGREED = Objection("never_agreed", _("has not agreed to %(purpose)s"))
NOTHING_TO_WITHDRAW = Objection("nothing_to_withdraw", _("Everything was already withdrawn."))
NOTHING_TO_TAKE = Objection("nothing_to_take", _("No line of this can be taken as it is."))
RESTRICTED = Objection("restricted", _("is not asked since %(on)s: %(kind)s"))
NO_LETTER = Objection("no_letter", _("needs a letter first: %(kind)s"))
NO_SUCH_KIND = Objection("no_such_restriction", _("This reason is not known here."))
NO_SOURCE = Objection("no_source", _("Say who says so: a register, the employer, the person."))
ENDS_BEFORE = Objection("restriction_ends_before", _("It ends before it begins."))
HAS_ENDED = Objection("has_ended", _("This restriction has already ended."))
WHY_ENDED = Objection("why_lifted", _("Write why it no longer holds; it stays in the journal."))
ALREADY_RESTRICTED = Objection("already_restricted", _("The same already stands since %(on)s."))
NEEDS_NO_LETTER = Objection("needs_no_letter", _("No letter lifts this restriction."))
LETTER_UNNAMED = Objection("letter_unnamed", _("Say which letter it is: from whom, of which day."))
KIND_TAKEN = Objection("kind_taken", _("There is a reason of this name already."))
NO_PAPER = Objection("no_such_paper", _("The paper is a PDF, PNG or JPEG of at most 5 MB."))
NO_BASIS = Objection("no_basis", _("Write on what this rests, and the words people are shown."))
NOTHING_TO_IMPORT = Objection("nothing_to_import", _("No row of this file would change anything."))


def objection_to_number(scheme: str, value: str) -> Objection | None:
    """A number has to hold its own check digit, where its scheme has one."""
    if scheme == Scheme.NPI and not is_npi(value):
        return BAD_NPI.about(number=value)
    return None


def objection_to_holder(taken: Identifier | None) -> Objection | None:
    """One number, one clinician."""
    if taken:
        return NUMBER_TAKEN.about(number=str(taken), name=str(taken.clinician))
    return None


def objection_to_depth(levels_above: int) -> Objection | None:
    return TERRITORY_TOO_DEEP if levels_above >= TERRITORY_LEVELS else None


def objection_to_meaning(meaning: Meaning | None) -> Objection | None:
    """A row has to name somebody and to tell two people apart."""
    return None if meaning is None or meaning.recognises_people else COLUMNS_UNCLEAR


def objection_to_checking(made: Import) -> Objection | None:
    """A file is read by one worker at a time, and not again once it is in."""
    if made.is_working:
        return IMPORT_BUSY
    return IMPORT_DONE if made.state == ImportState.DONE else None


def objection_to_removing_file(made: Import, *, reason: str) -> Objection | None:
    """What was handed in is kept until its rows are in."""
    if made.state != ImportState.DONE:
        return FILE_NEEDED
    return None if reason.strip() else NO_REASON


def objection_to_importing(made: Import) -> Objection | None:
    """Only what was seen in the dry run comes in."""
    if objection := objection_to_checking(made):
        return objection
    if made.state != ImportState.CHECKED:
        return NOT_CHECKED
    return None if _changes_something(made.counts) else NOTHING_TO_IMPORT


def _changes_something(counts: Mapping[str, Any]) -> bool:
    return bool(counts.get("new") or counts.get("changed"))


def objection_to_statement(
    purpose: str, channel: str, *, said_at: datetime, at: datetime
) -> Objection | None:
    """A consent speaks of a purpose and its channel, and was said before it is written down."""
    if (purpose in WITHOUT_CHANNEL) == bool(channel):
        return HAS_NO_CHANNEL if channel else NEEDS_CHANNEL
    return SAID_LATER if said_at > at else None


def objection_to_proof(source: str, proof: str, has_file: bool) -> Objection | None:
    """What was said outside the product needs something to show for it."""
    told = {ConsentSource.FORM, ConsentSource.PAPER, ConsentSource.VOICE}
    return NO_PROOF if source in told and not proof and not has_file else None


def objection_to_asking(
    said: ConsentStatement | None, basis: Basis, *, channel: str
) -> Objection | None:
    """Why somebody is not asked: they said no, or never said yes where that is needed."""
    about = {"purpose": str(Purpose(basis.purpose).label).lower()}
    if said and not said.given:
        on = date_format(localdate(said.said_at), "j M Y")
        return CONSENT_WITHDRAWN.about(on=on, **about)
    if said or basis.asks_without:
        return None
    if not channel:
        return NEVER_AGREED.about(**about)
    return NO_CONSENT.about(channel=str(Channel(channel).label).lower(), **about)


def objection_to_basis(basis: Basis) -> Objection | None:
    """A purpose rests on a reason that can be read, and is asked for in words."""
    said = str(basis.legal_basis).strip() and str(basis.wording).strip()
    return None if said else NO_BASIS


def objection_to_restricted(row: PersonRestriction | None) -> Objection | None:
    """Why the directory keeps somebody from being asked."""
    if row is None:
        return None
    if row.needs_paper:
        return NO_LETTER.about(kind=row.kind_name)
    return RESTRICTED.about(kind=row.kind_name, on=date_format(row.from_on, "j M Y"))


def objection_to_restricting(
    kind: Kind | None, source: str, stands: PersonRestriction | None, span: tuple[date, date | None]
) -> Objection | None:
    """A restriction has a reason that is known here, somebody who says so, and an end after it."""
    if kind is None:
        return NO_SUCH_KIND
    if stands:
        return ALREADY_RESTRICTED.about(on=date_format(stands.from_on, "j M Y"))
    if not source.strip():
        return NO_SOURCE
    begins, ends = span
    return ENDS_BEFORE if ends and ends < begins else None


def objection_to_letter(row: PersonRestriction, letter: str) -> Objection | None:
    """A letter allows what needs one, and can be found again."""
    if row.has_ended:
        return HAS_ENDED
    if not row.needs_paper:
        return NEEDS_NO_LETTER
    return None if letter.strip() else LETTER_UNNAMED


def objection_to_lifting(row: PersonRestriction, reason: str) -> Objection | None:
    if row.has_ended:
        return HAS_ENDED
    return None if reason.strip() else WHY_ENDED
