"""An attempt as it was drawn, answered and scored."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from symposia.assessment.models import (
    AnswerSaved,
    Attempt,
    AttemptItem,
    AttemptResult,
    ItemScore,
    KnowledgeTest,
)
from symposia.assessment.queries.bank import Worded, worded_of
from symposia.assessment.scoring import Chosen
from symposia.registrations.models import Registration


@dataclass(frozen=True)
class ItemAsked:
    """A question of an attempt with what was answered, and what that earned once it is scored."""

    item: AttemptItem
    worded: Worded
    given: Chosen
    points: Decimal | None = None


@dataclass(frozen=True)
class AttemptAsked:
    """Everything of one attempt."""

    attempt: Attempt
    items: tuple[ItemAsked, ...]
    result: AttemptResult | None
    # The highest number that an answer came with.
    sequence: int

    @property
    def unanswered(self) -> int:
        return sum(each.given.is_empty for each in self.items)


@dataclass(frozen=True)
class ObjectiveResult:
    """What an attempt came to on one objective; without one, on everything else."""

    objective: str
    points: Decimal
    out_of: int

    @property
    def is_whole(self) -> bool:
        return self.points == self.out_of


def attempt_asked(attempt: Attempt) -> AttemptAsked:
    """An attempt with its questions in their order, the last answer to each, and its result."""
    items = list(AttemptItem.objects.filter(attempt=attempt).order_by("position"))
    worded = worded_of([each.wording_id for each in items])
    answers = latest_answers(items)
    result = AttemptResult.objects.filter(attempt=attempt).first()
    points = _points(items) if result else {}
    asked = tuple(
        ItemAsked(
            each,
            worded[each.wording_id],
            _given(answers.get(each.pk)),
            points.get(each.pk),
        )
        for each in items
    )
    sequence = max((each.sequence for each in answers.values()), default=0)
    return AttemptAsked(attempt, asked, result, sequence)


def latest_answers(items: Iterable[AttemptItem]) -> dict[uuid.UUID, AnswerSaved]:
    """The answer to each question that counts: the one with the highest number; of two with the
    same number, the one that came last."""
    rows = AnswerSaved.objects.filter(item__in=[each.pk for each in items])
    return {each.item_id: each for each in rows.order_by("sequence", "saved_at", "pk")}


def _given(answer: AnswerSaved | None) -> Chosen:
    return Chosen(tuple(answer.chosen), answer.text) if answer else Chosen()


def _points(items: Iterable[AttemptItem]) -> dict[uuid.UUID, Decimal]:
    rows = ItemScore.objects.filter(item__in=[each.pk for each in items])
    return dict(rows.values_list("item_id", "points").order_by("pk"))


def by_objective(asked: AttemptAsked) -> list[ObjectiveResult]:
    """What the attempt came to on each objective, in the order of its questions."""
    held: dict[str, list[Decimal]] = {}
    for each in asked.items:
        objective = each.worded.question.objective
        held.setdefault(objective.text if objective else "", []).append(each.points or Decimal(0))
    return [ObjectiveResult(name, sum(p, Decimal(0)), len(p)) for name, p in held.items()]


def attempt_open(test: KnowledgeTest, registration: Registration) -> Attempt | None:
    """The attempt that is begun and not handed in."""
    rows = Attempt.objects.of(registration).filter(test=test).unfinished()
    return rows.first()


def last_finished(test: KnowledgeTest, registration: Registration) -> Attempt | None:
    """The attempt that was handed in last."""
    rows = Attempt.objects.filter(test=test, registration=registration, results__isnull=False)
    return rows.order_by("-number").first()


def attempt_of(attempt_id: uuid.UUID) -> Attempt | None:
    """An attempt by its id, with its test."""
    return Attempt.objects.select_related("test").filter(pk=attempt_id).first()
