import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity, Session
from symposia.attendance.actions.scans import Scan, Verdict, record_scan
from symposia.attendance.actions.writing import keep_evidence
from symposia.attendance.codes import step_at
from symposia.attendance.models import Kind, PresenceEvidence, RoomCode, SessionCode, Source
from symposia.attendance.policies import objection_to_door, objection_to_ticket
from symposia.attendance.rooms import (
    kept_reading,
    room_by_id,
    room_that_showed,
    sessions_with_credit,
)
from symposia.attendance.rules import claim_days_of
from symposia.attendance.self_check_in import (
    CLAIM_UNKNOWN,
    CLAIMED_ALREADY,
    OTHER_SESSION,
    ROOM_CODE_UNKNOWN,
    objection_to_a_room_code,
    objection_to_age,
    objection_to_claiming,
    objection_to_ending_code,
    objection_to_ending_room,
    objection_to_making_codes,
    objection_to_reading_twice,
    objection_to_room,
)
from symposia.audit.actions import record, record_each
from symposia.registrations.models import Registration
from symposia.registrations.queries import activity_as_it_is
from symposia.registrations.tickets import new_code
from symposia.shared.actors import Actor
from symposia.shared.refusals import needed, refuse_if


@dataclass(frozen=True)
class Screen:
    """Where a code is shown, for which session, when, and how fast it changes."""

    place: str
    opens_at: datetime
    closes_at: datetime
    seconds: int
    session: Session | None = None


@transaction.atomic
def open_room_code(activity: Activity, screen: Screen, *, by: Actor) -> RoomCode:
    """Let people check themselves in by the code on a room's screen, within its window."""
    activity = activity_as_it_is(activity.pk)

    refuse_if(objection_to_door(activity))
    refuse_if(
        objection_to_a_room_code(
            seconds=screen.seconds, opens_at=screen.opens_at, closes_at=screen.closes_at
        )
    )
    is_elsewhere = screen.session is not None and screen.session.activity_id != activity.pk
    refuse_if(OTHER_SESSION if is_elsewhere else None)

    room = RoomCode.objects.create(
        activity=activity,
        session=screen.session,
        place=screen.place,
        seconds=screen.seconds,
        opens_at=screen.opens_at,
        closes_at=screen.closes_at,
        made_by_name=by.name,
    )
    record(by, "room_code.opened", room)
    return room


@transaction.atomic
def end_room_code(room: RoomCode, *, by: Actor) -> None:
    """Show no more codes in a room; whoever checked in stays in."""
    room = RoomCode.objects.locked(room.pk)

    refuse_if(objection_to_ending_room(room))

    room.ended_at, room.ended_by_name = now(), by.name
    room.save(update_fields=["ended_at", "ended_by_name"])
    record(by, "room_code.ended", room)


@transaction.atomic
def check_in_oneself(
    room_id: uuid.UUID, registration: Registration, *, event_uuid: uuid.UUID, by: Actor
) -> Verdict:
    """Check in whoever has seen the code on the screen of a room and holds a place there.

    `event_uuid` is the id of what was seen: used a second time by somebody else, it is refused.
    """
    room = room_by_id(room_id)

    refuse_if(objection_to_room(room, at=now()))
    refuse_if(objection_to_reading_twice(kept_reading(event_uuid), registration))

    assert room  # noqa: S101  # no room was refused
    scan = Scan(
        event_uuid=event_uuid,
        activity_id=room.activity_id,
        registration_id=registration.pk,
        source=Source.SELF,
        session_id=room.session_id,
        device=room.place,
    )
    return record_scan(scan, by=by)


@transaction.atomic
def check_in_by_letters(registration: Registration, typed: str, *, by: Actor) -> Verdict:
    """Check in whoever types the letters that stand on the screen of a room of their activity."""
    activity, at = activity_as_it_is(registration.activity_id), now()
    room, age = room_that_showed(activity, typed, at=at)

    refuse_if(objection_to_age(age))

    room = needed(room, ROOM_CODE_UNKNOWN)
    seen = f"{step_at(room, at) - (age or 0)} {registration.pk}"
    return check_in_oneself(room.pk, registration, event_uuid=uuid.uuid5(room.pk, seen), by=by)


@transaction.atomic
def make_session_codes(activity: Activity, *, by: Actor) -> list[SessionCode]:
    """Give each session that earns credit a code for its last slide, unless it has one."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    sessions = sessions_with_credit(activity)
    has_one = set(SessionCode.objects.of(activity).living().values_list("session_id", flat=True))
    missing = [each for each in sessions if each.pk not in has_one]

    refuse_if(objection_to_making_codes(sessions=len(sessions), missing=len(missing)))

    codes = SessionCode.objects.bulk_create(
        SessionCode(activity=activity, session=each, code=new_code(), made_by_name=by.name)
        for each in missing
    )
    record_each(by, "session_code.made", codes)
    return codes


@transaction.atomic
def end_session_code(code: SessionCode, *, reason: str, by: Actor) -> None:
    """Take no more claims by a code; what was claimed counts. The session may get a new one."""
    code = SessionCode.objects.locked(code.pk)

    refuse_if(objection_to_ending_code(code, reason=reason))

    code.ended_at, code.ended_by_name, code.ended_because = now(), by.name, reason
    code.save(update_fields=["ended_at", "ended_by_name", "ended_because"])
    record(by, "session_code.ended", code, reason=reason)


@transaction.atomic
def claim_session(
    code: SessionCode | None, registration: Registration, *, by: Actor
) -> PresenceEvidence:
    """Count somebody as present in a session whose code they know, once, within its days."""
    registration = Registration.objects.locked(registration.pk)
    code = needed(code, CLAIM_UNKNOWN)
    activity, at = activity_as_it_is(code.activity_id), now()
    is_here = registration.activity_id == activity.pk
    # Under an id of its own, which no device can name before it is there.
    claims = PresenceEvidence.objects.of_registration(registration).filter(source=Source.CODE)

    refuse_if(objection_to_claiming(code, activity, days=claim_days_of(activity), at=at))
    refuse_if(objection_to_ticket(registration.state, activity.state, is_here=is_here))
    refuse_if(CLAIMED_ALREADY if claims.filter(session=code.session_id).exists() else None)

    claim = PresenceEvidence(
        event_uuid=uuid.uuid4(),
        activity=activity,
        registration=registration,
        session_id=code.session_id,
        kind=Kind.MARK,
        source=Source.CODE,
        occurred_at=at,
        server_time=at,
        by_id=by.id,
        by_name=by.name,
    )
    keep_evidence([claim], "presence.claimed", by=by)
    return claim
