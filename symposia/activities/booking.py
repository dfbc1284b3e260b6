"""Whether rooms, things and people of the directory can be kept for a session, in words."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Room, Venue
from symposia.activities.policies import said
from symposia.shared.refusals import Objection
from symposia.shared.times import wall_time

TAKEN = Objection(
    "taken",
    _("%(what)s is needed from %(from)s to %(until)s in “%(session)s” of %(activity)s."),
)
TAKEN_MEANWHILE = Objection(
    "taken_meanwhile", _("Somebody took the room, the thing or the person just now. Look again.")
)
BREAK_COUNTS_NOTHING = Objection(
    "break_counts_nothing", _("A break counts nothing: its creditable minutes are 0.")
)
VENUE_RETIRED = Objection("venue_retired", _("%(venue)s is no longer chosen: %(because)s"))
SAY_WHY_NOT = Objection("say_why_not", _("Say why this venue is no longer chosen."))
ROOM_IN_USE = Objection(
    "room_in_use", _("A session takes place in this room: “%(session)s”. It stays.")
)


def taken(
    what: str, session: str, activity: str, *, when: tuple[datetime, datetime], zone: str
) -> Objection:
    """Who has it, and from when to when on the clock of that activity."""
    starts, ends = (wall_time(each, zone) for each in when)
    return TAKEN.about(
        what=what,
        session=session,
        activity=activity,
        **{"from": said(starts), "until": said(ends)},
    )


def objection_to_break(*, is_break: bool, creditable: int) -> Objection | None:
    """A break counts for no credit."""
    return BREAK_COUNTS_NOTHING if is_break and creditable else None


def objection_to_room(room: Room | None) -> Objection | None:
    """A room of a venue that is no longer chosen is not kept for anything new."""
    return objection_to_venue(room.venue) if room else None


def objection_to_venue(venue: Venue) -> Objection | None:
    """A venue that is no longer chosen is not chosen."""
    if venue.retired_at is None:
        return None
    return VENUE_RETIRED.about(venue=str(venue), because=venue.retired_because)


def objection_to_retiring(reason: str) -> Objection | None:
    """What is no longer offered says why."""
    return None if reason.strip() else SAY_WHY_NOT


def objection_to_removing_room(session: str | None) -> Objection | None:
    """A room in which something takes place stays."""
    return ROOM_IN_USE.about(session=session) if session else None
