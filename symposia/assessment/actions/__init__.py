import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction
from django.utils import translation
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.activities.serving import objection_to_asking_about
from symposia.assessment.actions.box import put_in_box
from symposia.assessment.blocks import Block, block_of
from symposia.assessment.events import EvaluationAnswered, EvaluationPrepared
from symposia.assessment.models import (
    FEWEST_SHOWN,
    EvaluationForm,
    Kind,
    PartResponse,
    Question,
    Response,
)
from symposia.assessment.parts import turn_of
from symposia.assessment.policies import (
    BLOCK_IS_ASKED,
    FEW_SHOWN,
    HAS_EVALUATION,
    NO_EVALUATION,
    NO_SUCH_BLOCK,
    REST_LATER,
    objection_to_answers,
    objection_to_changing_questions,
    objection_to_evaluating,
    objection_to_questions,
)
from symposia.assessment.queries import has_answered, questions_of
from symposia.assessment.queries.library import form_for_type
from symposia.assessment.sheets import Answers, Said
from symposia.assessment.standard import STANDARD, Draft, draft_of
from symposia.assessment.taking_part import objection_to_coming
from symposia.audit.actions import record
from symposia.curriculum.policies.objectives import objection_to_citing
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if


@transaction.atomic
def prepare_evaluation(
    activity: Activity, *, by: Actor, questions: Sequence[Draft] = STANDARD
) -> EvaluationForm:
    """Give an activity its evaluation: the form of the library for its type, or the standard six
    questions, unless told others."""
    activity = Activity.objects.locked(activity.pk)
    current = EvaluationForm.objects.current_of(activity.pk)

    refuse_if(HAS_EVALUATION if current else None)

    kept = form_for_type(activity.type) if questions is STANDARD else None
    shown_from = kept.shown_from if kept else FEWEST_SHOWN
    questions = [draft_of(each) for each in questions_of(kept)] if kept else questions
    form = EvaluationForm.objects.create(activity=activity, version=1, shown_from=shown_from)
    write_questions(form, questions)
    record(by, "evaluation.prepared", form, details={"questions": len(questions)})
    announce(EvaluationPrepared(activity.pk))
    return form


@transaction.atomic
def change_evaluation(
    activity: Activity,
    questions: Sequence[Draft],
    *,
    shown_from: int | None = None,
    by: Actor,
) -> EvaluationForm:
    """Ask other questions, or in another order: the next version of the form. The versions before
    stay as they were. `shown_from` people must have answered before answers are shown."""
    activity = Activity.objects.locked(activity.pk)
    current = EvaluationForm.objects.current_of(activity.pk)
    shown_from = shown_from or (current.shown_from if current else FEWEST_SHOWN)

    answers = Response.objects.of(activity).count() + PartResponse.objects.of(activity).count()
    refuse_if(objection_to_changing_questions(activity, answers=answers))
    refuse_if(objection_to_questions(questions))
    refuse_if(FEW_SHOWN if shown_from < FEWEST_SHOWN else None)
    cited = {each.guideline_id for each in questions_of(current)} if current else set()
    for each in questions:
        if each.guideline and each.guideline.pk not in cited:
            refuse_if(objection_to_citing(each.guideline))
    asked_about = [each.objective for each in questions if each.objective]
    refuse_if(objection_to_asking_about(asked_about, objectives_of(activity)))

    version = current.version + 1 if current else 1
    form = EvaluationForm.objects.create(activity=activity, version=version, shown_from=shown_from)
    write_questions(form, questions)
    details = {"version": form.version, "questions": [str(each.text) for each in questions]}
    record(by, "evaluation.changed", form, details=details)
    return form


@transaction.atomic
def add_block(activity: Activity, code: str, *, by: Actor) -> EvaluationForm:
    """Ask the questions of a shipped block too, after those that are asked already."""
    block = needed(block_of(code), NO_SUCH_BLOCK)
    current = EvaluationForm.objects.current_of(activity.pk)
    before = [draft_of(each) for each in questions_of(current)] if current else []
    with _speaking(activity.organisation_id):
        asked = _with_block(before, block)
    refuse_if(BLOCK_IS_ASKED if asked == before else None)
    shown_from = current.shown_from if current else None
    return change_evaluation(activity, asked, shown_from=shown_from, by=by)


def _with_block(before: Sequence[Draft], block: Block) -> list[Draft]:
    """The questions with those of a block behind them. One that is asked in the same words already
    stays where it is, and is asked as the standard wants it."""
    asked, places = list(before), dict[int, int]()
    for number, draft in enumerate(block.questions, start=1):
        same = next((n for n, each in enumerate(before) if _is_same(each, draft)), None)
        if same is not None:
            kept = before[same]
            asks_why = kept.asks_why or draft.asks_why
            asked[same] = replace(kept, asks_why=asks_why, citation=block.citation)
            places[number] = same + 1
            continue
        depends_on = None if draft.depends_on is None else places[draft.depends_on]
        asked.append(replace(draft, depends_on=depends_on, citation=block.citation))
        places[number] = len(asked)
    return asked


def _is_same(one: Draft, other: Draft) -> bool:
    return (str(one.text), one.kind, one.repeats) == (str(other.text), other.kind, other.repeats)


@contextmanager
def _speaking(organisation_id: uuid.UUID) -> Iterator[None]:
    """What is written down inside is in the language of the organisation."""
    with translation.override(Organisation.objects.get(pk=organisation_id).language):
        yield


def write_questions(form: EvaluationForm, questions: Sequence[Draft]) -> EvaluationForm:
    """Write a version's questions down, in the language of the organisation."""
    with _speaking(form.organisation_id):
        Question.objects.bulk_create(
            Question(
                form=form,
                position=position,
                section=str(draft.section),
                kind=draft.kind,
                text=str(draft.text),
                hint=str(draft.hint),
                choices=[str(choice) for choice in draft.choices],
                required=draft.required and draft.kind != Kind.STATEMENT,
                asks_why=draft.asks_why and draft.kind == Kind.YES_NO,
                repeats=draft.repeats,
                depends_on=draft.depends_on,
                depends_values=list(draft.depends_values),
                citation=draft.citation,
                guideline=draft.guideline,
                objective=draft.objective,
            )
            for position, draft in enumerate(questions, start=1)
        )
    return form


@transaction.atomic
def respond_to_evaluation(
    registration: Registration,
    given: Answers,
    *,
    blocks: Mapping[uuid.UUID, Answers] | None = None,
    by: Actor,
) -> Response:
    """Keep that a learner has answered, and without the learner what: about the whole activity,
    and about sessions and speakers by their ids."""
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
    questions, said = questions_of(form), Said(given, blocks or {})
    turn = turn_of(registration, questions, at)
    refuse_if(REST_LATER if turn.is_part else None)
    refuse_if(objection_to_answers(turn.pages, questions, said))

    response = Response.objects.create(form=form, registration=registration, answered_at=at)
    put_in_box(form, turn.pages, questions, said)
    record(by, "evaluation.answered", response)
    announce(EvaluationAnswered(registration.pk, registration.activity_id))
    return response
