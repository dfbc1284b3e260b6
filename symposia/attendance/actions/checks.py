import uuid
from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.attendance.actions.writing import keep_evidence
from symposia.attendance.asking import (
    Question,
    objection_to_answering,
    objection_to_asking,
    objection_to_closing_check,
)
from symposia.attendance.models import CheckAnswer, Kind, PresenceCheck, PresenceEvidence, Source
from symposia.attendance.policies import objection_to_door, objection_to_ticket
from symposia.audit.actions import record
from symposia.registrations.models import Registration
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if

# An answer says that somebody was there at that moment, and nothing of the time around it.
_MOMENT = timedelta(seconds=1)


class AskedThere(Protocol):
    """What was asked of those in a session, whichever context asks it."""

    @property
    def pk(self) -> uuid.UUID: ...
    @property
    def activity_id(self) -> uuid.UUID: ...
    @property
    def session_id(self) -> uuid.UUID: ...
    @property
    def asked_at(self) -> datetime: ...


@transaction.atomic
def ask_who_is_there(activity: Activity, asked: Question, *, by: Actor) -> PresenceCheck:
    """Put up a presence check or a poll, now or for later in its session."""
    activity = activity_as_it_is(activity.pk)

    refuse_if(objection_to_door(activity))
    refuse_if(objection_to_asking(activity, asked))

    made = PresenceCheck.objects.create(
        activity=activity,
        session=asked.session,
        question=asked.question.strip(),
        options=list(asked.options),
        asked_at=asked.asked_at,
        closes_at=asked.closes_at,
        made_by_name=by.name[:200],
    )
    record(by, "presence_check.asked", made)
    return made


@transaction.atomic
def close_check(asked: PresenceCheck, *, by: Actor) -> None:
    """Take no more answers; one that was planned and never asked is due from nobody."""
    asked, at = PresenceCheck.objects.locked(asked.pk), now()

    refuse_if(objection_to_closing_check(asked, at=at))

    asked.closes_at = max(at, asked.asked_at)
    asked.save(update_fields=["closes_at"])
    record(by, "presence_check.closed", asked)


@transaction.atomic
def answer_check(
    asked: PresenceCheck, registration: Registration, choice: int | None = None, *, by: Actor
) -> CheckAnswer:
    """Take somebody's answer within its window: it proves that they were there at that moment."""
    registration = Registration.objects.locked(registration.pk)
    activity, at = activity_as_it_is(asked.activity_id), now()
    is_here = registration.activity_id == activity.pk
    known = CheckAnswer.objects.to(asked).filter(registration=registration)

    refuse_if(objection_to_ticket(registration.state, activity.state, is_here=is_here))
    refuse_if(objection_to_answering(asked, choice, is_answered=known.exists(), at=at))

    answer = CheckAnswer.objects.create(
        activity=activity,
        asked=asked,
        registration=registration,
        choice=choice if asked.is_poll else None,
        answered_at=at,
    )
    prove_by_answer(asked, registration, at=at, by=by)
    record(by, "presence_check.answered", answer)
    return answer


@transaction.atomic
def prove_by_answer(
    asked: AskedThere, registration: Registration, *, at: datetime, by: Actor
) -> None:
    """Keep that somebody answered what was asked of a session at that moment: whoever answered the
    same before proves nothing more."""
    evidence = answer_evidence(asked, registration, by=by)
    evidence.event_uuid = uuid.uuid5(asked.pk, str(registration.pk))
    evidence.occurred_at, evidence.ends_at = at, at + _MOMENT
    keep_evidence([evidence], "presence.answered", reason=str(asked), by=by)


def answer_evidence(
    asked: AskedThere, registration: Registration, *, reason: str = "", by: Actor
) -> PresenceEvidence:
    """What an answer is as an observation, at the time at which it was asked."""
    return PresenceEvidence(
        event_uuid=uuid.uuid4(),
        activity_id=asked.activity_id,
        registration=registration,
        session_id=asked.session_id,
        kind=Kind.SPAN,
        source=Source.POLL,
        occurred_at=asked.asked_at,
        ends_at=asked.asked_at + _MOMENT,
        server_time=now(),
        by_id=by.id,
        by_name=by.name[:200],
        reason=reason[:300],
    )
