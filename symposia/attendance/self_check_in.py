"""Rules of checking in by oneself and of claiming the code of a session."""

from datetime import datetime, timedelta

from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.attendance.codes import GRACE
from symposia.attendance.models import (
    DOOR_STATES,
    QUICKEST,
    SLOWEST,
    PresenceEvidence,
    RoomCode,
    SessionCode,
)
from symposia.notifications.local_times import local_moment
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection
from symposia.shared.times import FIRST_COUNTED, LAST_COUNTED

ROOM_CODE_UNKNOWN = Objection(
    "room_code_unknown", _("This is not a code of ours. Scan the one on the screen of the room.")
)
ROOM_CODE_OLD = Objection(
    "room_code_old",
    _("This code has changed since. Take the one that stands on the screen of the room now."),
)
READING_OLD = Objection(
    "room_reading_old",
    _("It took too long since the code was scanned. Scan the one on the screen now."),
)
READING_USED = Objection(
    "room_reading_used",
    _("Somebody else was checked in with this scan already. Scan the code on the screen again."),
)
ROOM_NOT_YET = Objection("room_not_yet", _("Checking in by oneself begins at %(at)s."))
ROOM_OVER = Objection(
    "room_over", _("Checking in by oneself has ended here. Please go to the desk.")
)
NO_PLACE_HERE = Objection(
    "no_place_here",
    _("Nobody with this ticket has a place here. Look at the code on your ticket again."),
)
WINDOW = Objection("room_window", _("Self check-in must close after it opens."))
PACE = Objection("room_pace", _("The code changes every %(quickest)s to %(slowest)s seconds."))
ROOM_ENDED = Objection("room_ended", _("This code was ended already."))
OTHER_SESSION = Objection("room_other_session", _("This session belongs to another activity."))

CLAIM_UNKNOWN = Objection(
    "session_code_unknown",
    _("No session here has this code. Look at the last slide again, or ask the organiser."),
)
CLAIM_ENDED = Objection(
    "session_code_ended", _("The organiser ended this code. Ask the organiser for the new one.")
)
CLAIM_EARLY = Objection(
    "session_code_early", _("This session has not begun yet. The code counts from then on.")
)
CLAIM_LATE = Objection(
    "session_code_late",
    ngettext_lazy(
        "The code of a session of this kind is claimed within %(days)s day"
        " after it. The organiser can still enter that you were there, with a reason.",
        "The code of a session of this kind is claimed within %(days)s days"
        " after it. The organiser can still enter that you were there, with a reason.",
        "days",
    ),
)
CLAIMED_ALREADY = Objection(
    "session_code_claimed", _("You have claimed this session already; it counts once.")
)
CODES_THERE = Objection(
    "session_codes_there", _("Every session of this activity has its code already.")
)
NO_SESSIONS = Objection(
    "session_codes_no_sessions", _("The agenda has no session yet that earns credit.")
)
CODE_ENDED = Objection("session_code_was_ended", _("This code was ended already."))
END_WHY = Objection("session_code_why", _("Say why the code is ended."))
CLAIM_DAYS = Objection("claim_days", _("A code is claimed within 0 to 365 days."))
TOO_OFTEN = Objection("tries_too_often", _("Too many tries. Wait ten minutes, or go to the desk."))
LONGEST_CLAIM = 365


def objection_to_a_room_code(
    *, seconds: int, opens_at: datetime, closes_at: datetime
) -> Objection | None:
    """Why no screen can show codes so."""
    if not QUICKEST <= seconds <= SLOWEST:
        return PACE.about(quickest=QUICKEST, slowest=SLOWEST)
    is_counted = opens_at >= FIRST_COUNTED and closes_at <= LAST_COUNTED
    return None if is_counted and opens_at < closes_at else WINDOW


def objection_to_age(age: int | None) -> Objection | None:
    """Why a code of a room does not count, by how many changes ago it was shown."""
    if age is None or age < -1:
        return ROOM_CODE_UNKNOWN
    return ROOM_CODE_OLD if age > GRACE else None


def objection_to_room(room: RoomCode | None, *, at: datetime) -> Objection | None:
    """Why nobody checks in by oneself in a room now."""
    if room is None:
        return ROOM_CODE_UNKNOWN
    if room.ended_at or at >= room.closes_at:
        return ROOM_OVER
    if at < room.opens_at:
        zone, language = room.activity.zone, get_language() or "en"
        return ROOM_NOT_YET.about(at=local_moment(room.opens_at, zone, language))
    return None


def objection_to_reading_twice(
    earlier: PresenceEvidence | None, registration: Registration
) -> Objection | None:
    """One scan of the screen is good for one person."""
    is_others = earlier is not None and earlier.registration_id != registration.pk
    return READING_USED if is_others else None


def objection_to_ending_room(room: RoomCode) -> Objection | None:
    """The code of a room is ended once."""
    return ROOM_ENDED if room.ended_at else None


def claimable_until(code: SessionCode, days: int) -> datetime:
    """Until when a code may be claimed."""
    return code.session.ends_at + timedelta(days=days)


def objection_to_claiming(
    code: SessionCode, activity: Activity, *, days: int, at: datetime
) -> Objection | None:
    """Why the code of a session cannot be claimed now."""
    if activity.state not in DOOR_STATES:
        return CLAIM_UNKNOWN
    if code.ended_at:
        return CLAIM_ENDED
    if at < code.session.starts_at:
        return CLAIM_EARLY
    return CLAIM_LATE.about(days=days) if at >= claimable_until(code, days) else None


def objection_to_making_codes(*, sessions: int, missing: int) -> Objection | None:
    """Why there is no code to make."""
    if not sessions:
        return NO_SESSIONS
    return None if missing else CODES_THERE


def objection_to_ending_code(code: SessionCode, *, reason: str) -> Objection | None:
    """A code is ended once, for a reason."""
    if code.ended_at:
        return CODE_ENDED
    return None if reason.strip() else END_WHY


def objection_to_claim_days(days: int | None) -> Objection | None:
    """A code is claimed within a year, or as was decided before."""
    return CLAIM_DAYS if days is not None and not 0 <= days <= LONGEST_CLAIM else None
