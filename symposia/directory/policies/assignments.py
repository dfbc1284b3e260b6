from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Membership, Role
from symposia.directory.models import Assignment
from symposia.shared.refusals import Objection

DECIDES = Objection(
    "territory_role_decides",
    _("A role that decides is given under Access, where a second administrator agrees."),
)
PAST = Objection("assignment_in_the_past", _("A territory is given from today on, or later."))
BACKWARDS = Objection("assignment_backwards", _("It ends before it begins."))
HAS_LEFT = Objection("assignment_of_leaver", _("This person does not work here any more."))
HELD = Objection(
    "territory_held",
    _("%(who)s holds it from %(day)s on. End that first, or let this one end before it begins."),
)
IS_OVER = Objection("assignment_over", _("This is over already."))
ENDS_IN_THE_PAST = Objection("assignment_ends_past", _("It ends today, or later."))


def objection_to_assigning(
    membership: Membership, role: Role, from_on: date, until_on: date | None, *, today: date
) -> Objection | None:
    """A territory goes to somebody who works here, in a role that decides nothing, not backdated:
    what was is the record of what was."""
    if role.decides:
        return DECIDES
    if membership.ended_at:
        return HAS_LEFT
    if from_on < today:
        return PAST
    return BACKWARDS if until_on and until_on < from_on else None


def objection_to_holders(others: Sequence[Assignment], from_on: date) -> Objection | None:
    """Whoever holds it before hands it on; who holds it from the same day on, or later, is not
    pushed out. `others` are those whose days the new ones meet."""
    later = [each for each in others if each.from_on >= from_on]
    if not later:
        return None
    return HELD.about(who=str(later[0].membership.user), day=later[0].from_on.isoformat())


def objection_to_ending_assignment(
    assignment: Assignment, on: date, *, today: date
) -> Objection | None:
    """Why a territory is not given up on that day: it was already, or the day is over."""
    if assignment.until_on and assignment.until_on < today:
        return IS_OVER
    return ENDS_IN_THE_PAST if on < today else None
