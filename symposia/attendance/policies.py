import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.activities.models import Activity, Session, Type
from symposia.activities.models import State as ActivityState
from symposia.attendance.conflicts import CHOICES
from symposia.attendance.models import (
    DOOR_STATES,
    Conflict,
    ConflictState,
    DoorDevice,
    Kind,
    NoLeave,
    PresenceEvidence,
    UnmatchedPerson,
)
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection
from symposia.work.models import ImportState

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
DOOR_NOT_YET = Objection("door_not_yet", _("The door is not open yet: nothing was counted."))
NOT_INSIDE = Objection("not_inside", _("Nobody checked this person in."))
ALREADY_INSIDE = Objection("already_inside", _("This ticket is already in."))
OTHER_READING = Objection(
    "other_reading", _("Another reading has this number already. Read the ticket again.")
)
NO_SESSION = Objection(
    "no_session", _("This session is not in the agenda any more. Open the door page again.")
)
NO_SEAT = Objection("no_seat_here", _("Has no seat in this session"))
SEAT_ELSEWHERE = Objection("wrong_session", _("Has a seat in %(session)s"))
NOTHING_TO_UNDO = Objection("nothing_to_undo", _("There is nothing to take back."))
WAS_THERE = Objection(
    "was_there",
    _("This person was checked in. Take the check-in back before the place is given up."),
)
ALREADY_UNDONE = Objection("already_undone", _("This was already taken back."))

NO_PERSON = Objection("no_person", _("Say whose ticket was read, or who the person is."))
NOTHING_UNDONE = Objection("nothing_undone", _("Say which reading is taken back."))
SAY_WHY = Objection("attendance_reason", _("Say why; the reason is kept with the decision."))
SETTLED = Objection("settled", _("Somebody has settled this already. Open the page again."))
NOT_SETTLED = Objection("not_settled", _("Nothing is settled yet that could be taken back."))
OTHER_ACTIVITY_PLACE = Objection("other_activity_place", _("This place is at another activity."))
BOOKS_CLOSED = Objection(
    "attendance_books_closed",
    _("The books of this activity are closed; its attendance stays as it is."),
)
NOT_A_CHOICE = Objection("not_a_choice", _("This is not one of the ways to decide it."))
TO_DECIDE = Objection(
    "conflicts_to_decide",
    ngettext_lazy(
        "%(count)s conflict in the attendance is not decided.",
        "%(count)s conflicts in the attendance are not decided.",
        "count",
    ),
)
NOT_SIGNED = Objection(
    "attendance_not_signed",
    _("Nobody has signed the attendance yet. Open its conflicts and sign it."),
)
NOBODY_CHOSEN = Objection("attendance_nobody_chosen", _("Choose whose place it is."))
NAME_COLUMN = Objection(
    "presence_file_names_nobody",
    _("Say which column has the name, the e-mail address or the ticket code."),
)
BOTH_TIMES = Objection(
    "presence_file_both_times", _("Say which column has the beginning and which the end.")
)
NO_SUCH_COLUMN = Objection("presence_file_column", _("Choose among the columns of the file."))
IMPORTED = Objection("presence_file_imported", _("This file was imported already."))
NOT_CHECKED = Objection("presence_file_not_checked", _("Check the rows of this file first."))
NOT_A_TABLE = Objection("presence_file_unreadable", _("This file cannot be read. %(why)s"))
NO_SUCH_RULE = Objection("presence_rule_unknown", _("Choose a type, and one of the ways to count."))
NOT_OVER = Objection("attendance_not_over", _("Attendance is signed once the activity is over."))


# Once it is over, until its books are closed.
RECONCILED_IN = frozenset({ActivityState.HELD, ActivityState.RECONCILING})


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


def objection_to_hour(opens_at: datetime | None, *, at: datetime) -> Objection | None:
    """A phone that is tried out before the door opens brings nobody in."""
    return DOOR_NOT_YET if opens_at and at < opens_at else None


def objection_to_session(*, is_known: bool, is_seated: bool, seat: str) -> Objection | None:
    """Why somebody with a place does not come in at the door of this session."""
    if not is_known:
        return NO_SESSION
    if is_seated:
        return None
    return SEAT_ELSEWHERE.about(session=seat) if seat else NO_SEAT


def objection_to_marking(
    activity: Activity, session: Session | None, *, reason: str
) -> Objection | None:
    """The office says of its own knowledge that somebody was there, and how it knows."""
    if session and session.activity_id != activity.pk:
        return NO_SESSION
    return None if reason.strip() else SAY_WHY


def objection_to_undoing(evidence: PresenceEvidence, *, already: bool) -> Objection | None:
    """What a door read is taken back once; what the office marked, the office takes back."""
    if evidence.kind in {"undo", "mark"}:
        return NOTHING_TO_UNDO
    return ALREADY_UNDONE if already else None


def objection_to_giving_up(activity: Activity, *, was_there: bool) -> Objection | None:
    """Whoever was checked in keeps the place, for their minutes hang on it."""
    return WAS_THERE if was_there and activity.state in DOOR_STATES else None


class Told(Protocol):
    """What a device says of a reading, as far as a rule asks."""

    @property
    def kind(self) -> str: ...
    @property
    def registration_id(self) -> uuid.UUID | None: ...
    @property
    def undoes(self) -> uuid.UUID | None: ...
    @property
    def session_id(self) -> uuid.UUID | None: ...
    @property
    def stranger(self) -> object | None: ...


def objection_to_reading(reading: Told, *, knows_session: bool) -> Objection | None:
    """Why one reading of a batch cannot be kept, whatever the others are."""
    is_stranger = reading.stranger is not None and reading.kind in {Kind.WALK_IN, Kind.UNDO}
    objections = (
        (reading.registration_id is None and not is_stranger, NO_PERSON),
        ((reading.kind == Kind.UNDO) != (reading.undoes is not None), NOTHING_UNDONE),
        (reading.session_id is not None and not knows_session, NO_SESSION),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_settling(person: UnmatchedPerson, *, reason: str) -> Objection | None:
    """Why it cannot be said now who somebody is."""
    if not person.is_open:
        return SETTLED
    return None if reason.strip() else SAY_WHY


def objection_to_matching(person: UnmatchedPerson, registration: Registration) -> Objection | None:
    """A place at another activity is nobody's here."""
    return OTHER_ACTIVITY_PLACE if registration.activity_id != person.activity_id else None


def objection_to_unsettling(person: UnmatchedPerson) -> Objection | None:
    """Only what was said about somebody is taken back."""
    return NOT_SETTLED if person.is_open else None


def objection_to_deciding(
    conflict: Conflict, activity: Activity, *, choice: str, reason: str
) -> Objection | None:
    """Why a conflict cannot be decided so."""
    objections = (
        (activity.state == ActivityState.CLOSED, BOOKS_CLOSED),
        (conflict.state != ConflictState.OPEN, SETTLED),
        (choice not in CHOICES[conflict.kind], NOT_A_CHOICE),
        (not reason.strip(), SAY_WHY),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_reopening(conflict: Conflict, activity: Activity) -> Objection | None:
    """Why a decision cannot be taken back."""
    if activity.state == ActivityState.CLOSED:
        return BOOKS_CLOSED
    return None if conflict.state == ConflictState.DECIDED else NOT_SETTLED


def objection_to_signing(activity: Activity, *, undecided: int) -> Objection | None:
    """Why the attendance cannot be signed now."""
    if activity.state == ActivityState.CLOSED:
        return BOOKS_CLOSED
    if activity.state not in RECONCILED_IN:
        return NOT_OVER
    return TO_DECIDE.about(count=undecided) if undecided else None


def objection_to_closing_attendance(
    *, undecided: int, signed_at: datetime | None, last_reading: datetime | None
) -> Objection | None:
    """Nothing closes with people of whom it is not known whether they were there."""
    if undecided:
        return TO_DECIDE.about(count=undecided)
    if last_reading is None:
        return None
    return NOT_SIGNED if signed_at is None or signed_at < last_reading else None


def objection_to_columns(columns: Mapping[str, int], width: int) -> Objection | None:
    """What a table of so many columns must at least say before its rows can be read."""
    if any(place >= width for place in columns.values()):
        return NO_SUCH_COLUMN
    if not columns.keys() & {"name", "email", "code"}:
        return NAME_COLUMN
    return BOTH_TIMES if ("joined" in columns) != ("left" in columns) else None


def objection_to_importing_presence(state: str, *, is_mapping: bool = False) -> Objection | None:
    """A file is imported once, after its rows were looked at."""
    if state == ImportState.DONE:
        return IMPORTED
    return None if is_mapping or state == ImportState.CHECKED else NOT_CHECKED


def objection_to_presence_rule(type_code: str, no_leave: str, *, reason: str) -> Objection | None:
    """A rule names a type and a way, and says why."""
    if type_code not in Type.values or no_leave not in NoLeave.values:
        return NO_SUCH_RULE
    return None if reason.strip() else SAY_WHY


CODE_UNKNOWN = Objection(
    "code_unknown", _("This pairing code is not known. Ask the office for a new one.")
)
CODE_USED = Objection(
    "code_used", _("Another phone used this pairing code. Ask the office for a new one.")
)
CODE_OLD = Objection("code_old", _("This pairing code has run out. Ask the office for a new one."))
PAIRED_TOO_OFTEN = Objection(
    "paired_too_often", _("Too many pairing codes were tried from here. Wait five minutes.")
)
KEY_UNKNOWN = Objection("key_unknown", _("This phone is not paired. Scan a pairing code."))
KEY_REVOKED = Objection("key_revoked", _("The office ended this phone's work at the door."))
KEY_EXPIRED = Objection("key_expired", _("This phone's time at the door is over."))
ALREADY_REVOKED = Objection("already_revoked", _("This device was already ended."))


def objection_to_code(device: DoorDevice | None, *, at: datetime) -> Objection | None:
    """Why no phone can be paired with a code."""
    if device is None or device.revoked_at:
        return CODE_UNKNOWN
    if device.paired_at:
        return CODE_USED
    return CODE_OLD if at >= device.code_expires_at else None


def objection_to_key(device: DoorDevice | None, *, at: datetime) -> Objection | None:
    """Why what a device sends is not taken, whoever holds it."""
    if device is None:
        return KEY_UNKNOWN
    if device.revoked_at:
        return KEY_REVOKED
    return KEY_EXPIRED if at >= device.expires_at else None


def objection_to_revoking(device: DoorDevice) -> Objection | None:
    """A device is revoked once."""
    return ALREADY_REVOKED if device.revoked_at else None
