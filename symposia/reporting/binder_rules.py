"""Rules of binders, of their guests, and of what is kept: pure, over loaded values."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from symposia.activities.repeating import said_day
from symposia.reporting.drawing import MOST, DrawRule
from symposia.reporting.models import BinderInvitation, LegalHold
from symposia.shared.refusals import Objection

# How long a guest may read at most.
LONGEST = timedelta(days=180)

BINDER_TITLE = Objection("binder_title", _("Say what the binder is for."))
NOTHING_TO_BIND = Objection(
    "nothing_to_bind",
    _("No accredited activity that is over fits: choose other years or types."),
)
YEARS_TURNED = Objection("binder_years", _("The first year is after the last."))
TOO_LARGE_A_SAMPLE = Objection("binder_size", _("A binder has from one to %(most)s activities."))
NOT_OVER = Objection(
    "binder_not_over",
    _("Only activities that are over are bound. Not so, or not there: %(numbers)s."),
)
BEING_MADE = Objection(
    "binder_being_made", _("It is being made. Look again in a minute; it is safe to leave.")
)
NOT_MADE = Objection("binder_not_made", _("Make the binder first; a guest would read nothing."))
GUEST_NAMED = Objection("binder_guest", _("Write the name of the person who reads it."))
GUEST_WHILE = Objection(
    "binder_guest_while",
    _("The link opens until a day from today on, at most %(days)s days."),
)
GUEST_OVER = Objection("binder_guest_over", _("This link does not open anything any more."))
GUEST_THERE = Objection(
    "binder_guest_there", _("This address has a link to the binder already, until %(day)s.")
)
HOLD_WHY = Objection("hold_why", _("Say why it is held, and why it is lifted; it is asked later."))
HOLD_SUBJECT = Objection("hold_subject", _("A hold is over one activity or one person."))
HOLD_PERSON = Objection("hold_person", _("Nobody is held by this: %(why)s."))
HOLD_THERE = Objection("hold_there", _("%(number)s stands over it already."))
HOLD_LIFTED = Objection("hold_lifted", _("This hold was lifted."))
IS_HELD = Objection(
    "record_held",
    _("Nothing is removed: legal hold %(number)s stands over it, because of this: %(because)s."),
)
IS_KEPT = Objection(
    "record_kept",
    _("It is kept until %(day)s: %(kind)s. %(citation)s."),
)


def objection_to_drawing(title: str, rule: DrawRule) -> Objection | None:
    """Why no sample is drawn by this rule."""
    if not title.strip():
        return BINDER_TITLE
    if rule.from_year > rule.until_year:
        return YEARS_TURNED
    return None if 1 <= rule.size <= MOST else TOO_LARGE_A_SAMPLE.about(most=MOST)


def objection_to_choosing(title: str, count: int, unfit: list[str]) -> Objection | None:
    """Why these activities are not bound."""
    if not title.strip():
        return BINDER_TITLE
    if unfit:
        return NOT_OVER.about(numbers=", ".join(unfit))
    return None if 1 <= count <= MOST else TOO_LARGE_A_SAMPLE.about(most=MOST)


def objection_to_guest(
    name: str, expires_at: datetime, standing: BinderInvitation | None, *, at: datetime, made: bool
) -> Objection | None:
    """Why nobody is invited: a guest is named, reads for a while, and something is there."""
    if not made:
        return NOT_MADE
    if not name.strip():
        return GUEST_NAMED
    if not at < expires_at <= at + LONGEST:
        return GUEST_WHILE.about(days=LONGEST.days)
    return GUEST_THERE.about(day=f"{standing.expires_at:%Y-%m-%d}") if standing else None


def objection_to_revoking_guest(invitation: BinderInvitation, *, at: datetime) -> Objection | None:
    """Only what still opens is ended."""
    return None if invitation.opens(at) else GUEST_OVER


def objection_to_hold(
    because: str, standing: LegalHold | None, *, subjects: int
) -> Objection | None:
    """Why no hold is put."""
    if not because.strip():
        return HOLD_WHY
    if subjects > 1:
        return HOLD_SUBJECT
    return HOLD_THERE.about(number=standing.number) if standing else None


def objection_to_lifting_hold(hold: LegalHold, *, reason: str) -> Objection | None:
    """Why a hold goes on."""
    if not hold.stands:
        return HOLD_LIFTED
    return None if reason.strip() else HOLD_WHY


def objection_to_removing(
    hold: LegalHold | None, until: date | None, kind: str, citation: str, *, today: date
) -> Objection | None:
    """Why a record stays: a hold stands over it, or its clock has not run out."""
    if hold:
        return IS_HELD.about(number=hold.number, because=hold.because)
    if until and today <= until:
        return IS_KEPT.about(day=said_day(until), kind=kind, citation=citation)
    return None
