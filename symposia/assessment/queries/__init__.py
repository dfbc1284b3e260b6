import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from symposia.activities.models import Activity
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.assessment.models import (
    RATINGS,
    Answer,
    EvaluationForm,
    Kind,
    Question,
    Response,
)
from symposia.registrations.models import Registration
from symposia.shared.money import round_half_up

# With fewer answers than this, who knows who came would know who said what.
SHOWN_FROM = 3
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Given:
    """What a learner gave to one question."""

    rating: int | None = None
    text: str = ""
    declined: bool = False

    @property
    def is_empty(self) -> bool:
        return self.rating is None and not self.text.strip() and not self.declined


def current_form(activity: Activity) -> EvaluationForm | None:
    """The evaluation that learners of an activity are asked now."""
    return next(iter(rows_of(activity.pk, form_rows)), None)


def form_rows(activity_id: uuid.UUID) -> QuerySet[EvaluationForm]:
    """The evaluation that learners are asked now: one row, or none."""
    return EvaluationForm.objects.versions_of(activity_id)[:1]


read_together(Batch.RAIL, form_rows)


def questions_of(form: EvaluationForm) -> list[Question]:
    """The questions of a form in their order."""
    rows = Question.objects.filter(form=form).select_related("guideline", "objective")
    return list(rows.order_by("position"))


def questions_by_objective(activity: Activity) -> dict[uuid.UUID, list[Question]]:
    """What learners are asked now about each objective, by its id."""
    form = current_form(activity)
    found: dict[uuid.UUID, list[Question]] = {}
    for question in questions_of(form) if form else []:
        if question.objective_id:
            found.setdefault(question.objective_id, []).append(question)
    return found


def has_answered(registration: Registration) -> bool:
    """Whether the learner has answered the evaluation of the activity."""
    return Response.objects.filter(registration=registration).exists()


def registrations_answered(activity: Activity) -> frozenset[uuid.UUID]:
    """Who has answered, by registration."""
    rows = Response.objects.of(activity).values_list("registration_id", flat=True)
    return frozenset(rows)


@dataclass(frozen=True)
class Share:
    """How many gave one of the possible answers."""

    label: str
    count: int


@dataclass(frozen=True)
class QuestionResult:
    """What all answers to one question amount to."""

    question: Question
    answered: int
    declined: int
    mean: Decimal | None
    shares: tuple[Share, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class EvaluationResults:
    """The evaluation of an activity without names; nothing but a count while few have answered."""

    form: EvaluationForm | None
    responses: int
    questions: tuple[QuestionResult, ...]

    @property
    def is_shown(self) -> bool:
        return self.responses >= SHOWN_FROM

    @property
    def still_needed(self) -> int:
        return max(0, SHOWN_FROM - self.responses)


def results_of(activity: Activity) -> EvaluationResults:
    """The answers to the evaluation's current version, counted."""
    form = current_form(activity)
    if form is None:
        return EvaluationResults(None, 0, ())
    responses = Response.objects.filter(form=form).count()
    if responses < SHOWN_FROM:
        return EvaluationResults(form, responses, ())
    given: dict[uuid.UUID, list[Answer]] = {}
    for answer in Answer.objects.of(form).order_by("pk"):
        given.setdefault(answer.question_id, []).append(answer)
    results = [_result(q, given.get(q.pk, [])) for q in questions_of(form)]
    return EvaluationResults(form, responses, tuple(results))


def _result(question: Question, answers: Sequence[Answer]) -> QuestionResult:
    said = [a for a in answers if not a.declined]
    ratings = [a.rating for a in said if a.rating is not None]
    is_text = question.kind == Kind.TEXT
    return QuestionResult(
        question=question,
        answered=len(said),
        declined=len(answers) - len(said),
        mean=round_half_up(Decimal(sum(ratings)) / len(ratings), 2) if ratings else None,
        shares=() if is_text else tuple(_shares(question, said)),
        texts=tuple(a.text for a in said) if is_text else (),
    )


def _shares(question: Question, said: Sequence[Answer]) -> Iterable[Share]:
    counts = Counter(str(a.rating) if question.kind == Kind.RATING else a.text for a in said)
    for value, label in options_of(question):
        yield Share(label, counts[value])


def options_of(question: Question) -> list[tuple[str, str]]:
    """The answers a question offers: what is kept, and what is shown."""
    match question.kind:
        case Kind.RATING:
            return [(str(n), str(n)) for n in RATINGS]
        case Kind.YES_NO:
            return [(YES, _("Yes")), (NO, _("No"))]
        case _:
            return [(choice, choice) for choice in question.choices]
