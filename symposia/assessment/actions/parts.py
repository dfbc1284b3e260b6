"""Learners answer the questions of sessions before the rest; the activity says how soon."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.assessment.actions.box import put_in_box
from symposia.assessment.events import SessionsEvaluated
from symposia.assessment.models import EvaluationForm, PartResponse, SessionDelay
from symposia.assessment.parts import turn_of
from symposia.assessment.policies import (
    NO_EVALUATION,
    NO_PART_YET,
    objection_to_answers,
    objection_to_delay,
    objection_to_evaluating,
)
from symposia.assessment.queries import has_answered, questions_of
from symposia.assessment.sheets import Answers, Said
from symposia.assessment.taking_part import objection_to_coming
from symposia.audit.actions import record, record_each
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if


@transaction.atomic
def respond_to_sessions(
    registration: Registration, blocks: Mapping[uuid.UUID, Answers], *, by: Actor
) -> list[PartResponse]:
    """Keep that a learner has answered about the sessions they are asked about now, and without the
    learner what; the rest of the form is answered when the activity ends."""
    registration = Registration.objects.select_related("activity").locked(registration.pk)
    form = EvaluationForm.objects.current_of(registration.activity_id)
    at = now()

    refuse_if(
        objection_to_evaluating(
            registration,
            form,
            absent=objection_to_coming(registration),
            answered=has_answered(registration),
            at=at,
        )
    )
    form = needed(form, NO_EVALUATION)
    questions, said = questions_of(form), Said({}, blocks)
    turn = turn_of(registration, questions, at)
    refuse_if(None if turn.is_part and turn.sessions else NO_PART_YET)
    refuse_if(objection_to_answers(turn.pages, turn.questions, said))

    made = [
        PartResponse(form=form, registration=registration, session_id=pk, answered_at=at)
        for pk in turn.sessions
    ]
    PartResponse.objects.bulk_create(made)
    put_in_box(form, turn.pages, turn.questions, said)
    record_each(by, "evaluation.part_answered", made)
    announce(SessionsEvaluated(registration.pk, registration.activity_id, turn.sessions))
    return made


@transaction.atomic
def set_session_delay(activity: Activity, minutes: int, *, by: Actor) -> SessionDelay:
    """Say how long after the last session of a day its questions go out."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_delay(minutes))

    delay, _is_new = SessionDelay.objects.update_or_create(
        activity=activity, defaults={"minutes": minutes}
    )
    record(by, "sending.delay_set", delay, details={"minutes": minutes})
    return delay
