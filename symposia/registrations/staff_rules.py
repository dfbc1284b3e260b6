"""What whoever looks after a group of staff may do with places. No query, no clock."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Mode
from symposia.activities.wall import Level, Subject, level_of, may
from symposia.registrations.models import Admission, Registration, Source
from symposia.registrations.policies import objection_to_asking
from symposia.shared.refusals import Objection

NOT_LED = Objection(
    "group_not_led", _("You do not look after this group, or no longer. Ask the office.")
)
NOT_OF_GROUP = Objection("not_of_the_group", _("This person is not in your group today."))
NOBODY_CHOSEN = Objection("staff_nobody_chosen", _("Choose at least one person of your group."))
NOT_BY_MANAGERS = Objection(
    "not_by_group_managers",
    _("This activity promotes a product: people are invited to it one by one, by its organiser."),
)
BEHIND_WALL = Objection(
    "group_behind_the_wall",
    _("Another role of yours stands outside activities of this kind: somebody else enrols here."),
)
OWN_PLACE = Objection(
    "place_of_their_own",
    _("The person registered themselves, or the office did: only they give this place up."),
)


def modes_closed(access: Access) -> list[str]:
    """The modes in which the wall keeps one of somebody's roles from learners and no other role of
    theirs sees them anyway: there they look after nobody. Nor does anybody where a product is
    promoted."""

    def is_outside(mode: str) -> bool:
        return any(level_of(mode, g.role, Subject.LEARNERS) < Level.SEES for g in access.granted)

    sees = Permission.VIEW_PEOPLE_OF_ACTIVITY
    return [
        mode
        for mode in Mode.values
        if mode == Mode.PROMOTIONAL or (is_outside(mode) and not may(access, mode, sees))
    ]


def objection_to_enrolling(
    activity: Activity, admission: Admission, access: Access, *, at: datetime
) -> Objection | None:
    """A manager gets what anybody gets by asking, and no more."""
    if activity.mode == Mode.PROMOTIONAL:
        return NOT_BY_MANAGERS
    if activity.mode in modes_closed(access):
        return BEHIND_WALL
    return objection_to_asking(activity, admission, at=at)


def objection_to_taking_out(registration: Registration) -> Objection | None:
    """A manager takes back what a manager did; nobody loses a place they asked for themselves."""
    return None if registration.source == Source.GROUP else OWN_PLACE
