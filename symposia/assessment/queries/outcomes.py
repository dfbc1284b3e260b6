"""What the tests of an activity came to: of each question, and of the same people before and after.

Figures of fewer than three people are not shown: whoever knows who came would know who said what.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from symposia.activities.models import Activity
from symposia.assessment.gain import Gain, gain_of
from symposia.assessment.item_figures import (
    AnswerFigures,
    ItemFigures,
    Reliability,
    Row,
    answer_figures,
    item_figures,
    reliability,
    rest_of,
)
from symposia.assessment.models import Attempt, BankKind, ItemScore, KnowledgeTest, Purpose
from symposia.assessment.queries import SHOWN_FROM
from symposia.assessment.queries.bank import Worded, worded_of
from symposia.assessment.queries.tests import tests_of

# With fewer people than this a figure says little, and the page says so.
FEW = 10
_CHOICES = (BankKind.SINGLE, BankKind.MULTIPLE)


@dataclass(frozen=True)
class Scored:
    """What one learner's first attempt earned on one question."""

    registration_id: uuid.UUID
    purpose: str
    wording_id: uuid.UUID
    question_id: uuid.UUID
    objective_id: uuid.UUID | None
    points: float
    chosen: tuple[int, ...]


@dataclass(frozen=True)
class ItemLine:
    """One question with its figures and, of choices, how often each answer was chosen."""

    worded: Worded
    figures: ItemFigures
    answers: tuple[AnswerFigures, ...]


@dataclass(frozen=True)
class TestFigures:
    """A test over everybody's first attempt."""

    __test__ = False  # nothing that pytest should collect

    test: KnowledgeTest
    people: int
    mean: float | None
    items: tuple[ItemLine, ...]
    reliability: Reliability | None

    @property
    def is_shown(self) -> bool:
        return self.people >= SHOWN_FROM

    @property
    def says_little(self) -> bool:
        return self.people < FEW


def figures_of(test: KnowledgeTest) -> TestFigures:
    """Difficulty, discrimination, answers and reliability; a count alone while few took it."""
    scored = list(_scored(test.activity_id, test.purpose))
    people = {each.registration_id for each in scored}
    if len(people) < SHOWN_FROM:
        return TestFigures(test, len(people), None, (), None)
    rows = _rows(scored)
    return TestFigures(
        test=test,
        people=len(people),
        mean=100 * sum(each.points for each in scored) / len(scored),
        items=tuple(_lines(scored, rows)),
        reliability=reliability(list(rows.values())),
    )


def _rows(scored: Sequence[Scored]) -> dict[uuid.UUID, Row]:
    rows: dict[uuid.UUID, dict[uuid.UUID, float]] = {}
    for each in scored:
        rows.setdefault(each.registration_id, {})[each.wording_id] = each.points
    return dict(rows)  # type: ignore[arg-type]  # an id is hashable


def _lines(scored: Sequence[Scored], rows: dict[uuid.UUID, Row]) -> Iterable[ItemLine]:
    worded = worded_of({each.wording_id for each in scored})
    by_number = sorted(worded.values(), key=lambda w: (w.question.number, w.version.number))
    for each in by_number:
        said = [s for s in scored if s.wording_id == each.version.pk]
        figures = item_figures(list(rows.values()), each.version.pk)
        if figures is None or len(said) < SHOWN_FROM:
            continue
        yield ItemLine(each, figures, tuple(_answers(each, said, rows)))


def _answers(
    worded: Worded, said: Sequence[Scored], rows: dict[uuid.UUID, Row]
) -> list[AnswerFigures]:
    if worded.question.kind not in _CHOICES:
        return []
    item = worded.version.pk
    chosen = [
        (
            s.chosen,
            rest_of(rows[s.registration_id], item) if len(rows[s.registration_id]) > 1 else 0,
        )
        for s in said
    ]
    return answer_figures(chosen, [each.position for each in worded.options])


@dataclass(frozen=True)
class GainLine:
    """The gain on one thing: the whole test, an objective, a question."""

    name: str
    gain: Gain

    @property
    def says_little(self) -> bool:
        return self.gain.people < FEW


@dataclass(frozen=True)
class Gains:
    """Pre-test and post-test of the same people."""

    people: int
    whole: GainLine | None
    objectives: tuple[GainLine, ...]
    questions: tuple[GainLine, ...]

    @property
    def still_needed(self) -> int:
        return max(0, SHOWN_FROM - self.people)


def gains_of(activity: Activity) -> Gains:
    """How far results differ from pre-test to post-test, over everybody who took both; nothing but
    their number while they are few."""
    scored = list(_scored(activity.pk, Purpose.PRE, Purpose.POST))
    people = {
        purpose: {each.registration_id for each in scored if each.purpose == purpose}
        for purpose in (Purpose.PRE, Purpose.POST)
    }
    both = people[Purpose.PRE] & people[Purpose.POST]
    if len(both) < SHOWN_FROM:
        return Gains(len(both), None, (), ())
    matched = [each for each in scored if each.registration_id in both]
    whole = gain_of(_pairs(matched))
    names = _names(matched)
    return Gains(
        people=len(both),
        whole=GainLine("", whole) if whole else None,
        objectives=tuple(_split(matched, names, "objective_id")),
        questions=tuple(_split(matched, names, "question_id")),
    )


def _pairs(scored: Sequence[Scored]) -> list[tuple[float, float]]:
    """Before and after of each learner who was asked in both, in per cent of the points."""
    held: dict[uuid.UUID, dict[str, list[float]]] = {}
    for each in scored:
        held.setdefault(each.registration_id, {}).setdefault(each.purpose, []).append(each.points)
    found = [
        (100 * _mean(parts[Purpose.PRE]), 100 * _mean(parts[Purpose.POST]))
        for parts in held.values()
        if Purpose.PRE in parts and Purpose.POST in parts
    ]
    return sorted(found)


def _mean(points: Sequence[float]) -> float:
    return sum(points) / len(points)


def _split(scored: Sequence[Scored], names: dict[uuid.UUID, str], by: str) -> Iterable[GainLine]:
    """The gain on each objective or question that enough people were asked about in both."""
    held: dict[uuid.UUID, list[Scored]] = {}
    for each in scored:
        about = getattr(each, by)
        if about is not None:
            held.setdefault(about, []).append(each)
    for about, part in sorted(held.items(), key=lambda each: names[each[0]]):
        gain = gain_of(_pairs(part))
        if gain and gain.people >= SHOWN_FROM:
            yield GainLine(names[about], gain)


def _names(scored: Sequence[Scored]) -> dict[uuid.UUID, str]:
    names: dict[uuid.UUID, str] = {}
    for each in worded_of({one.wording_id for one in scored}).values():
        question = each.question
        names[question.pk] = f"{question.number} {each.version.text}"
        if question.objective:
            names[question.objective.pk] = question.objective.text
    return names


def _scored(activity_id: uuid.UUID, *purposes: str) -> Iterable[Scored]:
    """Every question of everybody's first attempt that was handed in, of tests for a purpose."""
    finished = Attempt.objects.filter(
        activity=activity_id, test__purpose__in=purposes, results__isnull=False
    )
    first = finished.order_by("test", "registration", "number").distinct("test", "registration")
    rows = ItemScore.objects.filter(item__attempt__in=first.values("pk")).values_list(
        "item__attempt__registration_id",
        "item__attempt__test__purpose",
        "item__wording_id",
        "item__wording__question_id",
        "item__wording__question__objective_id",
        "points",
        "chosen",
    )
    for learner, purpose, wording, question, objective, points, chosen in rows.order_by("pk"):
        asked = (learner, purpose, wording, question, objective)
        yield Scored(*asked, float(points), tuple(chosen))


@dataclass(frozen=True)
class Taking:
    """How many began a test, handed it in and passed it."""

    begun: int
    finished: int
    passed: int


def taking_of(activity: Activity) -> dict[str, Taking]:
    """How far the learners of an activity are with each of its tests, by purpose."""
    rows = Attempt.objects.filter(activity=activity).values_list(
        "test__purpose", "registration_id", "results__pk", "results__passed"
    )
    held: dict[str, list[set[uuid.UUID]]] = {
        test.purpose: [set(), set(), set()] for test in tests_of(activity)
    }
    for purpose, registration, result, passed in rows.order_by("pk"):
        begun, finished, through = held[purpose]
        begun.add(registration)
        if result:
            finished.add(registration)
        if passed:
            through.add(registration)
    return {purpose: Taking(*map(len, sets)) for purpose, sets in held.items()}
