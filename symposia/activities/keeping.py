"""What sessions need for their time, who has it, and what keeps a venue or a thing."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from symposia.activities.booking import taken
from symposia.activities.models import (
    Booking,
    Equipment,
    Session,
    SessionEquipment,
    SessionFaculty,
    Venue,
)
from symposia.activities.types import enduring_types
from symposia.shared.refusals import Objection


def wanted_by(sessions: Sequence[Session]) -> list[Booking]:
    """The rooms, things and people that sessions need for their time."""
    mine = {session.pk: session for session in sessions}
    recorded = enduring_types()  # nobody has to be there
    things = SessionEquipment.objects.filter(session__in=list(mine)).order_by("pk")
    things = things.exclude(session__activity__type__in=recorded)
    people = SessionFaculty.objects.filter(session__in=list(mine), clinician__isnull=False)
    people = people.exclude(session__activity__type__in=recorded)
    taught = people.order_by("session", "clinician").distinct("session", "clinician")
    rooms = [(each.pk, {"room_id": each.place_id}) for each in sessions if each.place_id]
    needs: list[tuple[uuid.UUID, dict[str, Any]]] = [
        *rooms,
        *((each.session_id, {"equipment_id": each.equipment_id}) for each in things),
        *((each.session_id, {"clinician_id": each.clinician_id}) for each in taught),
    ]
    return [
        Booking(session=mine[pk], starts_at=mine[pk].starts_at, ends_at=mine[pk].ends_at, **need)
        for pk, need in needs
    ]


def who_has_it(wanted: Sequence[Booking]) -> Objection | None:
    """The first session that keeps one of these at that time already, among ours or another's."""
    for place, one in enumerate(wanted):
        mine = next((w for w in wanted[:place] if _same(w, one)), None)
        other = mine or _kept(one)
        if other:
            session = other.session
            return taken(
                str(one.room or one.equipment or one.clinician),
                session.title,
                session.activity.number,
                when=(other.starts_at, other.ends_at),
                zone=session.activity.zone,
            )
    return None


def _same(one: Booking, other: Booking) -> bool:
    meet = one.starts_at < other.ends_at and other.starts_at < one.ends_at
    names = ("room_id", "equipment_id", "clinician_id")
    return meet and all(getattr(one, n) == getattr(other, n) for n in names)


def _kept(one: Booking) -> Booking | None:
    need = Q(room=one.room_id) if one.room_id else Q(equipment=one.equipment_id)
    if one.clinician_id:
        need = Q(clinician=one.clinician_id)
    kept = Booking.objects.filter(need, starts_at__lt=one.ends_at, ends_at__gt=one.starts_at)
    others = kept.exclude(session=one.session_id).select_related("session__activity")
    return others.order_by("starts_at", "pk").first()


def kept_to_come(of: Venue | Equipment, at: datetime) -> QuerySet[Booking]:
    """What keeps the rooms of a venue, or a thing, from now on; the first one first."""
    mine = Q(room__venue=of.pk) if isinstance(of, Venue) else Q(equipment=of.pk)
    kept = Booking.objects.filter(mine, ends_at__gt=at).select_related("session__activity", "room")
    return kept.order_by("starts_at", "pk")
