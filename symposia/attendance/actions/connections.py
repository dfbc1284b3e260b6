import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from symposia.activities.models import Activity, Session
from symposia.attendance.actions.conflicts import find_conflicts_once_over
from symposia.attendance.actions.people import count_where_matched, note_person
from symposia.attendance.actions.writing import keep_evidence
from symposia.attendance.connecting import (
    NOT_GENUINE,
    NOT_UNDERSTOOD,
    SECRET_LOST,
    new_secret,
    objection_to_connecting,
    objection_to_ending_connection,
    objection_to_secret,
    objection_to_telling,
    sealed_secret,
    secret_of,
)
from symposia.attendance.matching import Candidate, match_of
from symposia.attendance.models import (
    ConnectionReport,
    MeetingConnection,
    PresenceEvidence,
    Source,
)
from symposia.attendance.policies import objection_to_door
from symposia.attendance.posts import kept_under
from symposia.attendance.reconciling import candidates_of
from symposia.attendance.strangers import Stranger
from symposia.attendance.webhooks import ADAPTERS
from symposia.attendance.webhooks.port import Challenge, Message, Passing, Unreadable
from symposia.audit.actions import record
from symposia.registrations.models import Registration
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, Refused, needed, refuse_if

# What lies further from the activity belongs to another date of the same meeting.
_AROUND = timedelta(hours=12)


@dataclass(frozen=True)
class Meeting:
    """Whose meeting it is and how they name it, for which session, and the secret they gave."""

    vendor: str
    meeting: str
    session: Session | None = None
    secret: str = ""


@dataclass(frozen=True)
class Answer:
    """What a vendor is answered: that we are there, that it was taken, or why not."""

    challenge: Challenge | None = None
    objection: Objection | None = None


@transaction.atomic
def connect_meeting(
    activity: Activity, told: Meeting, *, by: Actor
) -> tuple[MeetingConnection, str]:
    """Let the vendor of an online meeting tell who joins and leaves; the secret is told once."""
    activity = Activity.objects.locked(activity.pk)
    meeting = ADAPTERS[told.vendor].meeting(told.meeting)[:500]
    living = MeetingConnection.objects.of(activity).living()

    refuse_if(objection_to_door(activity))
    refuse_if(objection_to_secret(told.vendor, told.secret))
    refuse_if(
        objection_to_connecting(
            meeting=meeting,
            is_twice=living.filter(vendor=told.vendor, meeting=meeting).exists(),
            is_elsewhere=told.session is not None and told.session.activity_id != activity.pk,
        )
    )

    secret = told.secret or new_secret()
    connection = MeetingConnection.objects.create(
        activity=activity,
        session=told.session,
        vendor=told.vendor,
        meeting=meeting,
        secret=sealed_secret(secret),
        made_by_name=by.name[:200],
    )
    record(by, "meeting_connection.made", connection)
    return connection, secret


@transaction.atomic
def end_connection(connection: MeetingConnection, *, by: Actor) -> None:
    """Hear no more of a meeting; what was told of it counts."""
    connection = MeetingConnection.objects.locked(connection.pk)

    refuse_if(objection_to_ending_connection(connection))

    connection.ended_at, connection.ended_by_name = now(), by.name[:200]
    connection.save(update_fields=["ended_at", "ended_by_name"])
    record(by, "meeting_connection.ended", connection)


@transaction.atomic
def hear_meeting(connection: MeetingConnection, message: Message, *, by: Actor) -> Answer:
    """Take what a vendor tells: whoever joined or left is evidence once, however often told."""
    activity = activity_as_it_is(connection.activity_id)
    try:
        heard = _understood(connection, activity, message)
    except Refused as refused:
        _note_refused(connection, refused.objection)
        return Answer(objection=refused.objection)
    if isinstance(heard, Challenge):
        _note(connection, kept=0, passed_over=0)
        return Answer(heard)
    rows = _rows(connection, activity, heard, by=by)
    kept = keep_evidence(rows, "presence.heard", reason=str(connection), by=by)
    count_where_matched(kept, reason=str(connection), by=by)
    _note(connection, kept=len(rows), passed_over=max(1, len(heard)) - len(rows))
    if rows:
        find_conflicts_once_over(activity, by=by)
    return Answer()


def _understood(
    connection: MeetingConnection, activity: Activity, message: Message
) -> Challenge | list[Passing]:
    """What a genuine message says. Raises Refused."""
    adapter, secret = ADAPTERS[connection.vendor], needed(secret_of(connection), SECRET_LOST)
    refuse_if(None if adapter.is_genuine(message, secret) else NOT_GENUINE)
    try:
        if challenge := adapter.challenge(message, secret):
            return challenge
        passings = adapter.passings(message)
    except Unreadable as error:
        raise Refused(NOT_UNDERSTOOD) from error
    refuse_if(objection_to_telling(activity))
    return passings


def _rows(
    connection: MeetingConnection, activity: Activity, passings: Sequence[Passing], *, by: Actor
) -> list[PresenceEvidence]:
    """What is new of this meeting on this day; whoever runs the meeting is no learner."""
    ours = {
        _event_uuid(connection, one): one
        for one in passings
        if _is_ours(connection, activity, one) and not one.is_host
    }
    if not ours:
        return []
    # Two messages of one meeting are taken one after the other.
    MeetingConnection.objects.locked(connection.pk)
    known = kept_under(ours)
    places = Registration.objects.of(activity).with_people().confirmed().order_by("pk")
    candidates = candidates_of(list(places))
    return [
        _evidence(connection, activity, one, key, candidates, by)
        for key, one in ours.items()
        if key not in known
    ]


def _is_ours(connection: MeetingConnection, activity: Activity, one: Passing) -> bool:
    near = activity.starts_at - _AROUND <= one.at <= activity.ends_at + _AROUND
    named = bool(one.said.name or one.said.email)
    return near and named and one.meeting == connection.meeting


def _event_uuid(connection: MeetingConnection, one: Passing) -> uuid.UUID:
    """The same joining is the same observation, also by a connection that was made again."""
    parts = (connection.vendor, one.meeting, one.participant, one.kind, one.at.isoformat())
    return uuid.uuid5(connection.activity_id, "|".join(parts))


def _evidence(
    connection: MeetingConnection,
    activity: Activity,
    one: Passing,
    key: uuid.UUID,
    candidates: Sequence[Candidate],
    by: Actor,
) -> PresenceEvidence:
    match, person = match_of(one.said, candidates), None
    registration_id = match.registration_id if match.is_sure else None
    if registration_id is None:
        told = Stranger(one.said.name or one.said.email, one.said.email)
        person = note_person(told, activity, seen_at=one.at, by=by)
    return PresenceEvidence(
        event_uuid=key,
        activity_id=activity.pk,
        registration_id=registration_id,
        person=person,
        session_id=connection.session_id,
        kind=one.kind,
        source=Source.VIRTUAL,
        occurred_at=one.at,
        server_time=now(),
        device=f"{connection.mark} {uuid.uuid5(connection.pk, one.participant).hex[:8]}",
        by_name=by.name[:200],
    )


def _note_refused(connection: MeetingConnection, objection: Objection) -> None:
    """Not taken; the page of the connection says how often, when last, and why."""
    ConnectionReport.objects.filter(pk=_report(connection).pk).update(
        refused=F("refused") + 1, refused_at=now(), refused_code=objection.code[:40]
    )


def _note(connection: MeetingConnection, *, kept: int, passed_over: int) -> None:
    ConnectionReport.objects.filter(pk=_report(connection).pk).update(
        heard_at=now(), kept=F("kept") + kept, passed_over=F("passed_over") + passed_over
    )


def _report(connection: MeetingConnection) -> ConnectionReport:
    return ConnectionReport.objects.get_or_create(connection=connection)[0]
