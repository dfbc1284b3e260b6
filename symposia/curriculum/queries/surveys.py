import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Sum

from symposia.accounts.permissions import Access
from symposia.curriculum.models import (
    RATINGS,
    QuestionKind,
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyQuestion,
    SurveyState,
)
from symposia.curriculum.periods import months_later
from symposia.directory.models import Clinician
from symposia.shared.money import round_half_up

# With fewer answers than this, who knows who was asked would know who said what.
SHOWN_FROM = 3


@dataclass(frozen=True)
class Point:
    """What one round said to a question that was asked in each."""

    round: int
    day: datetime | None
    mean: Decimal
    answers: int


@dataclass(frozen=True)
class Share:
    """How many gave one answer."""

    label: str
    count: int


@dataclass(frozen=True)
class QuestionResult:
    """What all answers to one question amount to, and how it went from round to round."""

    question: SurveyQuestion
    answers: int
    mean: Decimal | None
    shares: tuple[Share, ...]
    texts: tuple[str, ...]
    trend: tuple[Point, ...]

    @property
    def figure(self) -> str:
        """The result in one line, as evidence of a gap cites it."""
        if self.mean is not None:
            return f"{self.mean} of 5, {self.answers} answers"
        if self.shares:
            top = max(self.shares, key=lambda share: share.count)
            return f"{top.count} of {self.answers}: {top.label}"[:120]
        return f"{self.answers} answers"


@dataclass(frozen=True)
class SurveyResults:
    """A survey without names; nothing but counts while few have answered."""

    asked: int
    answered: int
    questions: tuple[QuestionResult, ...]

    @property
    def is_shown(self) -> bool:
        return self.answered >= SHOWN_FROM


def questions_of_survey(survey: Survey) -> list[SurveyQuestion]:
    """The questions in their order."""
    return list(SurveyQuestion.objects.filter(survey=survey).order_by("position", "pk"))


def later_round(survey: Survey) -> Survey | None:
    """The round after this one, if there is one."""
    return Survey.objects.rounds_of(survey).filter(round__gt=survey.round).first()


def asked_in(survey: Survey) -> frozenset[uuid.UUID]:
    """Who was asked, by clinician."""
    rows = SurveyInvitation.objects.filter(survey=survey)
    return frozenset(rows.values_list("clinician_id", flat=True))


def to_ask_again(survey: Survey) -> list[Clinician]:
    """Who was asked in the round before and is still there, asked in this one or not."""
    before = Survey.objects.rounds_of(survey).filter(round__lt=survey.round).last()
    if before is None:
        return []
    people = Clinician.objects.active().exclude(email="").filter(pk__in=asked_in(before))
    return list(people.order_by("pk"))


def audience_of(
    access: Access, specialties: Collection[str], professions: Collection[str]
) -> list[Clinician]:
    """Whom of the directory a choice means, of those a person may see."""
    people = Clinician.objects.visible_to(access).active()
    if specialties:
        people = people.filter(specialty__in=specialties)
    if professions:
        people = people.filter(profession__in=professions)
    return list(people.order_by("full_name", "pk"))


def specialties_of(access: Access) -> list[tuple[str, int]]:
    """The specialties of the directory with how many people each has."""
    people = Clinician.objects.visible_to(access).active().exclude(email="").exclude(specialty="")
    counted = people.order_by().values_list("specialty").annotate(n=Count("pk"))
    return sorted(counted)


def results_of_survey(survey: Survey) -> SurveyResults:
    """The answers counted, each rating beside what earlier rounds said."""
    sent = SurveyInvitation.objects.filter(survey=survey)
    answered = sent.exclude(answered_at=None).count()
    if answered < SHOWN_FROM:
        return SurveyResults(sent.count(), answered, ())
    questions = questions_of_survey(survey)
    given: dict[uuid.UUID, list[SurveyAnswer]] = {}
    for answer in SurveyAnswer.objects.filter(question__survey=survey).order_by("pk"):
        given.setdefault(answer.question_id, []).append(answer)
    trends = _trends(survey, questions)
    results = [_result(q, given.get(q.pk, []), trends.get(q.key, ())) for q in questions]
    return SurveyResults(sent.count(), answered, tuple(results))


def _trends(
    survey: Survey, questions: Sequence[SurveyQuestion]
) -> dict[uuid.UUID, tuple[Point, ...]]:
    """Of each rating question the mean of every round up to this one that has enough answers."""
    keys = [q.key for q in questions if q.kind == QuestionKind.RATING]
    rows = (
        SurveyAnswer.objects.filter(
            question__key__in=keys,
            question__survey__series_id=survey.series_id,
            question__survey__round__lte=survey.round,
            rating__isnull=False,
        )
        .order_by()
        .values_list(
            "question__key",
            "question__survey__round",
            "question__survey__opened_at",
        )
        .annotate(total=Sum("rating"), answers=Count("pk"))
    )
    found: dict[uuid.UUID, list[Point]] = {}
    for key, number, day, total, answers in rows:
        if answers >= SHOWN_FROM:
            mean = round_half_up(Decimal(total) / answers, 2)
            found.setdefault(key, []).append(Point(number, day, mean, answers))
    return {key: tuple(sorted(points, key=lambda p: p.round)) for key, points in found.items()}


def _result(
    question: SurveyQuestion, answers: Sequence[SurveyAnswer], trend: tuple[Point, ...]
) -> QuestionResult:
    ratings = [a.rating for a in answers if a.rating is not None]
    is_text = question.kind == QuestionKind.TEXT
    return QuestionResult(
        question=question,
        answers=len(answers),
        mean=round_half_up(Decimal(sum(ratings)) / len(ratings), 2) if ratings else None,
        shares=() if is_text else tuple(_shares(question, answers)),
        texts=tuple(a.text for a in answers) if is_text else (),
        trend=trend,
    )


def _shares(question: SurveyQuestion, answers: Sequence[SurveyAnswer]) -> Iterable[Share]:
    counts = Counter(str(a.rating or a.text) for a in answers)
    for value, label in options_of_question(question):
        yield Share(label, counts[value])


def options_of_question(question: SurveyQuestion) -> list[tuple[str, str]]:
    """The answers a question offers: what is kept, and what is shown."""
    if question.kind == QuestionKind.RATING:
        return [(str(n), str(n)) for n in RATINGS]
    return [(choice, choice) for choice in question.choices]


def surveys_to_repeat(at: datetime) -> list[Survey]:
    """Those whose next round is due: sent so many months ago, and no later round made."""
    sent = Survey.objects.exclude(state=SurveyState.DRAFT).filter(
        repeats_after_months__isnull=False, opened_at__isnull=False
    )
    latest = [survey for survey in sent.order_by("pk") if later_round(survey) is None]
    return [survey for survey in latest if at >= next_round_at(survey)]


def next_round_at(survey: Survey) -> datetime:
    """When the next round of a recurring survey is sent."""
    opened, months = survey.opened_at, survey.repeats_after_months
    if opened is None or months is None:
        raise ValueError(survey)
    return months_later(opened, months)
