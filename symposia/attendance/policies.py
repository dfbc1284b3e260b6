from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.attendance.models import DOOR_STATES, PresenceEvidence
from symposia.shared.refusals import Objection

NOT_ON_DUTY = Objection(
    "not_on_duty", _("You may not check people in here any more. Ask the office.")
)
UNKNOWN_TICKET = Objection("unknown_ticket", _("This is not a ticket of ours."))
OTHER_ACTIVITY = Objection("other_activity", _("This ticket is for another activity."))
IS_CANCELLED = Objection("place_cancelled", _("This place was given up."))
IS_QUEUED = Objection("place_queued", _("This person is on the waitlist."))
IS_OFFERED = Objection(
    "place_offered", _("A place is offered to this person and not taken yet. Let them in by name.")
)
NOT_CONFIRMED = Objection("place_not_confirmed", _("This place was never confirmed."))
DOOR_CLOSED = Objection("door_closed", _("The door of this activity is not open."))
NOT_INSIDE = Objection("not_inside", _("Nobody checked this person in."))
ALREADY_INSIDE = Objection("already_inside", _("This ticket is already in."))
OTHER_READING = Objection(
    "other_reading", _("Another reading has this number already. Read the ticket again.")
)
NO_SESSION = Objection(
    "no_session", _("This session is not in the agenda any more. Open the door page again.")
)
NOTHING_TO_UNDO = Objection("nothing_to_undo", _("There is nothing to take back."))
WAS_THERE = Objection(
    "was_there",
    _("This person was checked in. Take the check-in back before the place is given up."),
)
ALREADY_UNDONE = Objection("already_undone", _("This was already taken back."))


def objection_to_door(activity: Activity) -> Objection | None:
    """Whether evidence of presence is taken for this activity."""
    return None if activity.state in DOOR_STATES else DOOR_CLOSED


def objection_to_ticket(
    registration_state: str | None, activity_state: str, *, is_here: bool
) -> Objection | None:
    """Why the person with this ticket should see the desk."""
    if registration_state is None:
        return UNKNOWN_TICKET
    if not is_here:
        return OTHER_ACTIVITY
    if activity_state not in DOOR_STATES:
        return DOOR_CLOSED
    by_state = {
        "confirmed": None,
        "queued": IS_QUEUED,
        "offered": IS_OFFERED,
        "cancelled": IS_CANCELLED,
    }
    return by_state.get(registration_state, NOT_CONFIRMED)


def objection_to_undoing(evidence: PresenceEvidence, *, already: bool) -> Objection | None:
    if evidence.kind in {"undo", "mark"}:
        return NOTHING_TO_UNDO
    return ALREADY_UNDONE if already else None


def objection_to_giving_up(activity: Activity, *, was_there: bool) -> Objection | None:
    """Whoever was checked in keeps the place, for their minutes hang on it."""
    return WAS_THERE if was_there and activity.state in DOOR_STATES else None
