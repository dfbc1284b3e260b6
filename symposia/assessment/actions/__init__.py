import secrets
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import translation
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.activities.serving import objection_to_asking_about
from symposia.assessment.events import EvaluationAnswered, EvaluationPrepared
from symposia.assessment.models import Answer, EvaluationForm, Kind, Question, Response
from symposia.assessment.policies import (
    HAS_EVALUATION,
    NO_EVALUATION,
    objection_to_answers,
    objection_to_changing_questions,
    objection_to_evaluating,
    objection_to_questions,
)
from symposia.assessment.queries import Given, has_answered, questions_of
from symposia.assessment.standard import STANDARD, Draft
from symposia.assessment.taking_part import objection_to_coming
from symposia.audit.actions import record
from symposia.curriculum.policies.objectives import objection_to_citing
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, refuse_if


@transaction.atomic
def prepare_evaluation(
    activity: Activity, *, by: Actor, questions: Sequence[Draft] = STANDARD
) -> EvaluationForm:
    """Give an activity its evaluation: the standard six questions, unless told others."""
    activity = Activity.objects.locked(activity.pk)
    current = EvaluationForm.objects.current_of(activity.pk)

    refuse_if(HAS_EVALUATION if current else None)

    form = _make(activity, questions, version=1)
    record(by, "evaluation.prepared", form, details={"questions": len(questions)})
    announce(EvaluationPrepared(activity.pk))
    return form


@transaction.atomic
def change_evaluation(
    activity: Activity, questions: Sequence[Draft], *, by: Actor
) -> EvaluationForm:
    """Ask other questions, or in another order: the next version of the form. The versions before
    stay as they were."""
    activity = Activity.objects.locked(activity.pk)
    current = EvaluationForm.objects.current_of(activity.pk)

    refuse_if(objection_to_changing_questions(activity))
    refuse_if(objection_to_questions(questions))
    cited = {each.guideline_id for each in questions_of(current)} if current else set()
    for each in questions:
        if each.guideline and each.guideline.pk not in cited:
            refuse_if(objection_to_citing(each.guideline))
    asked_about = [each.objective for each in questions if each.objective]
    refuse_if(objection_to_asking_about(asked_about, objectives_of(activity)))

    form = _make(activity, questions, version=current.version + 1 if current else 1)
    details = {"version": form.version, "questions": [str(each.text) for each in questions]}
    record(by, "evaluation.changed", form, details=details)
    return form


def _make(activity: Activity, questions: Sequence[Draft], *, version: int) -> EvaluationForm:
    form = EvaluationForm.objects.create(activity=activity, version=version)
    organisation = Organisation.objects.get(pk=activity.organisation_id)
    with translation.override(organisation.language):
        Question.objects.bulk_create(
            Question(
                form=form,
                position=position,
                kind=draft.kind,
                text=str(draft.text),
                hint=str(draft.hint),
                choices=[str(choice) for choice in draft.choices],
                required=draft.required,
                guideline=draft.guideline,
                objective=draft.objective,
            )
            for position, draft in enumerate(questions, start=1)
        )
    return form


@transaction.atomic
def respond_to_evaluation(
    registration: Registration, given: Mapping[uuid.UUID, Given], *, by: Actor
) -> Response:
    """Keep a learner's answers without the learner, and that the learner has answered."""
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("activity")
        .get(pk=registration.pk)
    )
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
    if form is None:
        raise Refused(NO_EVALUATION)
    questions = questions_of(form)
    refuse_if(objection_to_answers(questions, given))

    response = Response.objects.create(form=form, registration=registration, answered_at=at)
    Answer.objects.bulk_create(_sheet(questions, given))
    record(by, "evaluation.answered", response)
    announce(EvaluationAnswered(registration.pk, registration.activity_id))
    return response


def _sheet(questions: Sequence[Question], given: Mapping[uuid.UUID, Given]) -> list[Answer]:
    """The answers as they are kept: under a number of chance that no person is known by."""
    sheet = uuid.UUID(bytes=secrets.token_bytes(16), version=4)
    said = [(q, given[q.pk]) for q in questions if q.pk in given and not given[q.pk].is_empty]
    return [
        Answer(
            sheet=sheet,
            question=question,
            rating=None if one.declined else one.rating,
            text="" if one.declined or question.kind == Kind.RATING else one.text.strip(),
            declined=one.declined,
        )
        for question, one in said
    ]
