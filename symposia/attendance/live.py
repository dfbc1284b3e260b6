"""The room as it is now, and the one statement that says whether anything has changed since."""

import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Window
from django.utils.timezone import now

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.activities.numbers import numbers_of
from symposia.attendance.device_lists import SILENT_AFTER
from symposia.attendance.duty import on_duty
from symposia.attendance.models import (
    FIELD,
    TABLET,
    DoorDevice,
    Kind,
    PresenceEvidence,
    Standing,
)
from symposia.attendance.queries import RoomCounts, evidence_shown, never_seen_at
from symposia.registrations.models import Registration
from symposia.registrations.queries import SEATS, seats_from
from symposia.shared.planned import planned
from symposia.shared.tenancy import current_organisation_id

# Names on one screen; the list of people has them all.
LATE_SHOWN = 12
_COMING = (Kind.IN, Kind.WALK_IN)
# What the page of the door calls a phone that nobody gave a name; or nothing.
_MADE_UP = re.compile(r"(Door [0-9a-f]{4})?")
_SQL = f"""
WITH duty AS (
  {on_duty(Permission.VIEW_ATTENDANCE)}
)
SELECT EXISTS (SELECT 1 FROM duty), concat_ws('|',
  (SELECT id FROM attendance_presenceevidence WHERE organisation_id = %(organisation)s::uuid
     AND activity_id = %(activity)s::uuid ORDER BY server_time DESC LIMIT 1),
  (SELECT count(*) FROM attendance_standing WHERE organisation_id = %(organisation)s::uuid
     AND activity_id = %(activity)s::uuid AND is_inside),
  (SELECT concat_ws('.', taken, waiting, beyond, capacity) FROM registrations_places
     WHERE organisation_id = %(organisation)s::uuid AND activity_id = %(activity)s::uuid),
  (SELECT concat_ws('.', count(*), count(*) FILTER (WHERE d.revoked_at IS NOT NULL),
       count(*) FILTER (WHERE e.seen_at < %(silent)s::timestamptz), sum(e.pending))
     FROM attendance_doordevice d LEFT JOIN attendance_devicereport e
       ON e.organisation_id = d.organisation_id AND e.device_id = d.id
     WHERE d.organisation_id = %(organisation)s::uuid AND d.activity_id = %(activity)s::uuid),
  (SELECT count(*) FROM attendance_conflict WHERE organisation_id = %(organisation)s::uuid
     AND activity_id = %(activity)s::uuid AND state = 'open'),
  (SELECT count(*) FROM attendance_unmatchedperson WHERE organisation_id = %(organisation)s::uuid
     AND activity_id = %(activity)s::uuid AND state = 'open'),
  (SELECT concat_ws('.', state, version) FROM activities_activity
     WHERE organisation_id = %(organisation)s::uuid AND id = %(activity)s::uuid))
"""  # noqa: S608  # our own names


def version_of_room(activity_id: uuid.UUID, *, person: uuid.UUID | None = None) -> str | None:
    """The same as long as the room looks the same; nothing once the person, where one is named,
    may not look at it any more. One statement, planned once a connection."""
    at = now()
    values = {
        "person": person,
        "organisation": current_organisation_id(),
        "activity": activity_id,
        "now": at,
        "silent": at - SILENT_AFTER,
    }
    may, said = planned(_SQL, values)[0]
    return hashlib.sha256(said.encode()).hexdigest()[:20] if may else None


@dataclass(frozen=True)
class Hall:
    """How many are in one session, or at the activity without saying in which."""

    session: Session | None
    inside: int

    @property
    def seats(self) -> int | None:
        """What its room holds, where the room is known."""
        place = self.session.place if self.session else None
        return place.seats if place else None

    @property
    def is_over(self) -> bool:
        return self.seats is not None and self.inside > self.seats


class CameIn(NamedTuple):
    """Where somebody came in: at a door that has a name, else how and by whom they were seen."""

    door: str
    source: str = ""
    by_name: str = ""
    in_field: bool = False


@dataclass(frozen=True)
class LiveRoom:
    """Everything the page of the live room shows."""

    counts: RoomCounts
    halls: Sequence[Hall]
    doors: Sequence[tuple[CameIn, int]]
    devices: Sequence[DoorDevice]
    latest: Sequence[PresenceEvidence]
    late: Sequence[Registration]
    # Everybody expected who was never seen; whoever left again is not among them.
    late_count: int
    conflicts: int
    unmatched: int
    at: datetime

    @property
    def over(self) -> int:
        """How many are in beyond what the activity has places for."""
        capacity = self.counts.seats.capacity
        return max(0, self.counts.inside - capacity) if capacity is not None else 0

    @property
    def late_unnamed(self) -> int:
        return self.late_count - len(self.late)

    @property
    def silent(self) -> int:
        """How many phones at the doors were not heard of for some minutes."""
        reports = [device.report for device in self.devices if device.is_open(self.at)]
        return sum(1 for one in reports if one and self.at - one.seen_at > SILENT_AFTER)


def live_room_of(activity: Activity) -> LiveRoom:
    """Who is where, what the doors say, and what is still to be cleared up."""
    sessions = list(Session.objects.of(activity).select_related("place"))
    where = _where(activity)
    by_session = Counter(session_id for session_id, _door in where)
    halls = [Hall(each, by_session[each.pk]) for each in sessions if not each.is_break]
    names = ("inside", "expected", "last_reading", "open_conflicts", "open_unmatched", *SEATS)
    inside, expected, last_at, conflicts, unmatched, *full = numbers_of(activity, *names)
    late, late_count = _late(activity)
    return LiveRoom(
        counts=RoomCounts(inside, expected, seats_from(activity, full), last_at, late_count),
        halls=[*halls, *([Hall(None, by_session[None])] if by_session[None] else [])],
        doors=Counter(door for _session_id, door in where).most_common(),
        devices=list(DoorDevice.objects.of(activity).with_reports().order_by("door", "pk")),
        latest=evidence_shown(activity),
        late=late,
        late_count=late_count,
        conflicts=conflicts,
        unmatched=unmatched,
        at=now(),
    )


def _where(activity: Activity) -> list[tuple[uuid.UUID | None, CameIn]]:
    """For everybody inside the session and the door of what they were seen at last."""
    inside = Standing.objects.filter(activity=activity, is_inside=True).values("registration")
    came = PresenceEvidence.objects.of(activity).filter(registration__in=inside, kind__in=_COMING)
    undos = PresenceEvidence.objects.of(activity)
    gone = undos.undoing(OuterRef("event_uuid"), OuterRef("by_id"))
    last = came.exclude(Exists(gone)).order_by("registration", "-occurred_at", "-pk")
    seen = last.distinct("registration")
    return [
        (session_id, _came_in(*more))
        for session_id, *more in seen.values_list("session_id", "device", "source", "by_name")
    ]


def _came_in(device: str, source: str, by_name: str) -> CameIn:
    if device == FIELD:
        return CameIn("", source, by_name, in_field=True)
    has_name = device != TABLET and not _MADE_UP.fullmatch(device)
    return CameIn(device) if has_name else CameIn("", source, by_name)


def _late(activity: Activity) -> tuple[list[Registration], int]:
    """Who is expected and was not seen yet, by name, as far as a screen names them; and how many
    there are."""
    absent = never_seen_at(activity).with_people().annotate(all_late=Window(Count("pk")))
    shown: list[Any] = list(absent.order_by("clinician__search_text", "pk")[:LATE_SHOWN])
    return shown, shown[0].all_late if shown else 0
