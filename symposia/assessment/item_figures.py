"""What classical test theory says of a test: pure arithmetic over who earned what.

Difficulty is the mean of the points. Discrimination is the correlation of a question with the rest
of the test, the question itself taken out (corrected item-total correlation). Reliability is
Cronbach's alpha, which is KR-20 where every answer is right or wrong; it is told where everybody
was asked the same questions.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pvariance

# Of everybody, the share at each end that is compared in the table of answers (Kelley 1939).
ENDS = 0.27
Row = Mapping[Hashable, float]


@dataclass(frozen=True)
class AnswerFigures:
    """How many chose an answer: of all, of the best and of the weakest."""

    position: int
    count: int
    upper: int
    lower: int


@dataclass(frozen=True)
class ItemFigures:
    """What all answers to one question say of the question."""

    answered: int
    difficulty: float
    discrimination: float | None


def item_figures(rows: Sequence[Row], item: Hashable) -> ItemFigures | None:
    """The figures of one question, over everybody who was asked it."""
    asked = [row for row in rows if item in row]
    if not asked:
        return None
    points = [row[item] for row in asked]
    pairs = [(row[item], rest_of(row, item)) for row in asked if len(row) > 1]
    return ItemFigures(len(asked), fmean(points), correlation(pairs))


def rest_of(row: Row, item: Hashable) -> float:
    """What somebody earned on the other questions, each counting one."""
    others = [points for each, points in row.items() if each != item]
    return sum(others) / len(others)


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's correlation; nothing where one side does not vary."""
    if len(pairs) < 2:
        return None
    mean_a, mean_b = fmean(a for a, _b in pairs), fmean(b for _a, b in pairs)
    both = sum((a - mean_a) * (b - mean_b) for a, b in pairs)
    spread = sum((a - mean_a) ** 2 for a, _b in pairs) * sum((b - mean_b) ** 2 for _a, b in pairs)
    return both / sqrt(spread) if spread > 1e-12 else None


@dataclass(frozen=True)
class Reliability:
    """How far the questions measure one thing."""

    alpha: float
    items: int
    people: int
    # Every answer is right or wrong: the coefficient is KR-20.
    is_kr20: bool


def reliability(rows: Sequence[Row]) -> Reliability | None:
    """Cronbach's alpha; nothing where people were asked different questions, or none differs."""
    if len(rows) < 2 or len(rows[0]) < 2 or any(row.keys() != rows[0].keys() for row in rows):
        return None
    items = list(rows[0])
    total = pvariance([sum(row.values()) for row in rows])
    if total <= 1e-12:
        return None
    parts = sum(pvariance([row[item] for row in rows]) for item in items)
    alpha = len(items) / (len(items) - 1) * (1 - parts / total)
    whole = all(points in {0.0, 1.0} for row in rows for points in row.values())
    return Reliability(alpha, len(items), len(rows), whole)


def answer_figures(
    chosen: Sequence[tuple[Sequence[int], float]], positions: Sequence[int]
) -> list[AnswerFigures]:
    """How many chose each answer; `chosen` says of everybody which ones, and what they earned on
    the rest of the test."""
    in_order = sorted(chosen, key=lambda each: each[1])
    ends = max(1, round(len(in_order) * ENDS)) if len(in_order) > 1 else 0
    lower, upper = in_order[:ends], in_order[len(in_order) - ends :]
    counts = [_counted(part) for part in (in_order, upper, lower)]
    return [AnswerFigures(place, *(count[place] for count in counts)) for place in positions]


def _counted(part: Sequence[tuple[Sequence[int], float]]) -> Counter[int]:
    return Counter(position for said, _rest in part for position in set(said))
