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
    FEWEST_SHOWN,
    Answer,
    EvaluationForm,
    Kind,
    Question,
    Response,
)
from symposia.assessment.sheets import NO, YES, Given
from symposia.registrations.models import Registration
from symposia.shared.money import round_half_up

__all__ = ["Given"]
# With fewer answers than this, who knows who came would know who said what.
SHOWN_FROM = FEWEST_SHOWN


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
    """What all answers to one question amount to; of a repeated one, those about one block."""

    question: Question
    answered: int
    declined: int
    mean: Decimal | None
    shares: tuple[Share, ...]
    texts: tuple[str, ...]
    # The session or speaker it is about.
    about: str = ""
    # Why people said yes or no.
    comments: tuple[str, ...] = ()
    # It was asked of so few that nothing is told.
    is_kept_back: bool = False


@dataclass(frozen=True)
class EvaluationResults:
    """The evaluation of an activity without names; nothing but counts while few have answered."""

    form: EvaluationForm | None
    responses: int
    questions: tuple[QuestionResult, ...]
    # The most sheets about one thing that are out of the box and counted here.
    opened: int = 0

    @property
    def is_shown(self) -> bool:
        return bool(self.questions)

    @property
    def shown_from(self) -> int:
        return self.form.shown_from if self.form else SHOWN_FROM

    @property
    def still_needed(self) -> int:
        return max(0, self.shown_from - self.responses)

    @property
    def waiting(self) -> int:
        """How many have answered whose answers are not counted here yet."""
        return max(0, self.responses - self.opened)


def results_of(activity: Activity, *, responses: int | None = None) -> EvaluationResults:
    """The answers to the evaluation's current version, counted, as far as its box was opened;
    `responses` where the caller has counted them."""
    form = current_form(activity)
    if form is None:
        return EvaluationResults(None, 0, ())
    if responses is None:
        responses = Response.objects.filter(form=form).count()
    given: dict[uuid.UUID, dict[uuid.UUID | None, list[Answer]]] = {}
    sheets: dict[uuid.UUID | None, set[uuid.UUID]] = {}
    for answer in Answer.objects.of(form).order_by("about", "pk"):
        given.setdefault(answer.question_id, {}).setdefault(answer.block_id, []).append(answer)
        sheets.setdefault(answer.block_id, set()).add(answer.sheet)
    opened = max((len(each) for each in sheets.values()), default=0)
    if opened < form.shown_from:
        return EvaluationResults(form, responses, (), opened)
    results = [
        _result(question, answers, form.shown_from)
        for question in questions_of(form)
        if question.is_asked
        for answers in _blocks(question, given.get(question.pk, {}))
    ]
    return EvaluationResults(form, responses, tuple(results), opened)


def _blocks(
    question: Question, given: dict[uuid.UUID | None, list[Answer]]
) -> Iterable[list[Answer]]:
    if not question.repeats:
        yield given.get(None, [])
        return
    yield from given.values()


def is_kept_back(question: Question, answers: int, shown_from: int) -> bool:
    """Whether so few were led to this question that its answers would tell who they were."""
    return question.depends_on is not None and answers < shown_from


def _result(question: Question, answers: Sequence[Answer], shown_from: int) -> QuestionResult:
    said = [a for a in answers if not a.declined]
    about = answers[0].about if answers else ""
    if is_kept_back(question, len(answers), shown_from):
        return QuestionResult(question, 0, 0, None, (), (), about, (), is_kept_back=True)
    figures = [Decimal(a.rating) for a in said if a.rating is not None]
    figures += [a.number for a in said if a.number is not None]
    has_options = question.kind in _WITH_OPTIONS
    return QuestionResult(
        question=question,
        answered=len(said),
        declined=len(answers) - len(said),
        mean=round_half_up(sum(figures, Decimal(0)) / len(figures), 2) if figures else None,
        shares=tuple(_shares(question, said)) if has_options else (),
        texts=tuple(a.text for a in said) if question.kind == Kind.TEXT else (),
        about=about,
        comments=tuple(a.comment for a in said if a.comment),
    )


_WITH_OPTIONS = (Kind.RATING, Kind.CHOICE, Kind.MULTIPLE, Kind.YES_NO)


def _shares(question: Question, said: Sequence[Answer]) -> Iterable[Share]:
    counts = Counter(value for answer in said for value in _values(answer))
    for value, label in options_of(question):
        yield Share(label, counts[value])


def _values(answer: Answer) -> list[str]:
    if answer.rating is not None:
        return [str(answer.rating)]
    return answer.chosen or [answer.text]


def options_of(question: Question) -> list[tuple[str, str]]:
    """The answers a question offers: what is kept, and what is shown."""
    match question.kind:
        case Kind.RATING:
            words = question.choices or [""] * question.highest
            return [(str(n), f"{n} {word}".strip()) for n, word in enumerate(words, start=1)]
        case Kind.YES_NO:
            return [(YES, _("Yes")), (NO, _("No"))]
        case Kind.CHOICE | Kind.MULTIPLE:
            return [(choice, choice) for choice in question.choices]
        case _:
            return []
