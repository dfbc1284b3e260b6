"""Reads for checking in by oneself: which room, which code, whose place."""

import uuid
from datetime import datetime

from symposia.activities.models import Activity, Session
from symposia.attendance.codes import RoomText, age_of_letters, step_at
from symposia.attendance.models import PresenceEvidence, RoomCode, SessionCode
from symposia.attendance.self_check_in import (
    ROOM_CODE_UNKNOWN,
    objection_to_age,
    objection_to_room,
)
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.registrations.queries import registration_of_code
from symposia.shared.refusals import needed, refuse_if


def room_by_id(room_id: uuid.UUID) -> RoomCode | None:
    """The room that a scanned code names."""
    rooms = RoomCode.objects.select_related("activity", "session")
    return rooms.filter(pk=room_id).first()


def room_now(text: RoomText, *, at: datetime) -> RoomCode:
    """The room whose screen shows this code. Raises Refused once it shows another."""
    room = needed(room_by_id(text.room_id), ROOM_CODE_UNKNOWN)

    refuse_if(objection_to_room(room, at=at))
    refuse_if(objection_to_age(step_at(room, at) - text.step))

    return room


def room_that_showed(
    activity: Activity, typed: str, *, at: datetime
) -> tuple[RoomCode | None, int | None]:
    """The room on whose screen a typed code stands or stood, and how many changes ago."""
    rooms = RoomCode.objects.of(activity).select_related("activity", "session")
    for room in rooms.order_by("-opens_at", "-pk")[:40]:
        age = age_of_letters(room, typed, at)
        if age is not None:
            return room, age
    return None, None


def own_place(user_id: uuid.UUID, activity: Activity) -> Registration | None:
    """The place that whoever is signed in holds or waits for, or gave up last."""
    mine = Clinician.objects.of_user(user_id).values("pk")
    places = Registration.objects.of(activity).filter(clinician__in=mine).with_people()
    return places.order_by("-requested_at", "-pk").first()


def place_of_ticket(text: str, activity_id: uuid.UUID) -> Registration | None:
    """The place that a typed code, or the text of a ticket, names."""
    found = registration_of_code(text, activity_id)
    return Registration.objects.with_people().filter(pk=found).first() if found else None


def places_of_number(number: str, activity: Activity) -> list[Registration]:
    """The places of those whose telephone number this is, with its country, however it is written;
    the last asked for first."""
    digits = r"\D*".join(number.removeprefix("+"))
    people = Clinician.objects.filter(phone__regex=rf"^\s*(\+|00)\D*{digits}\D*$")
    places = Registration.objects.of(activity).filter(clinician__in=people.values("pk"))
    return list(places.with_people().order_by("-requested_at", "-pk")[:10])


def session_code_of(text: str) -> SessionCode | None:
    """The code of a session that somebody typed."""
    codes = SessionCode.objects.by_text(text).select_related("session", "activity")
    return codes.first()


def kept_reading(event_uuid: uuid.UUID) -> PresenceEvidence | None:
    """What was kept under an id, if anything."""
    return PresenceEvidence.objects.filter(event_uuid=event_uuid).first()


def sessions_with_credit(activity: Activity) -> list[Session]:
    """The sessions whose minutes count, in the order of the agenda."""
    return list(Session.objects.of(activity).filter(creditable_minutes__gt=0))
