from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from symposia.curriculum.models import (
    MOST_POINTS,
    RATED,
    Criterion,
    CriterionWeight,
    Gap,
    GapState,
    StatementKind,
)
from symposia.curriculum.standards.reading import (
    WordLimit,
    starting_weights,
    word_limit,
    words_of,
)

TIMES = " \N{MULTIPLICATION SIGN} "


@dataclass(frozen=True)
class Line:
    """One criterion of a gap's priority: points times weight."""

    criterion: Criterion
    points: int | None
    weight: int
    reason: str

    @property
    def product(self) -> int:
        return (self.points or 0) * self.weight

    @property
    def is_counted(self) -> bool:
        return self.criterion not in RATED


@dataclass(frozen=True)
class Priority:
    """The arithmetic of a gap's place among the gaps that are not closed."""

    lines: Sequence[Line]
    place: int | None
    among: int

    @property
    def total(self) -> int:
        return sum(line.product for line in self.lines)

    @property
    def most(self) -> int:
        return sum(line.weight * MOST_POINTS for line in self.lines)

    @property
    def sum_in_words(self) -> str:
        """The sum as one would write it by hand."""
        terms = " + ".join(f"{line.weight}{TIMES}{line.points or 0}" for line in self.lines)
        return f"{terms} = {self.total}"


@dataclass(frozen=True)
class Counted:
    """One statement of a gap with its words and the limit of the accreditor's form."""

    kind: StatementKind | None
    text: str
    limit: WordLimit | None

    @property
    def words(self) -> int:
        return words_of(self.text)

    @property
    def too_many(self) -> int:
        return max(0, self.words - self.limit.words) if self.limit else 0


def weights_in_force() -> dict[str, int]:
    """What each criterion counts in this organisation now."""
    own = {row.criterion: row.weight for row in CriterionWeight.objects.in_force()}
    return {code: own.get(code, weight) for code, weight in starting_weights().items()}


def priority_of(gap: Gap) -> Priority:
    """How the score of a gap comes about, and its place among the others."""
    weights = weights_in_force()
    rated = {rating.criterion: rating for rating in gap.ratings.all()}
    kinds = gap.evidence.order_by().values("kind").distinct().count()
    lines = []
    for code, weight in weights.items():
        rating = rated.get(code)
        points = min(kinds, MOST_POINTS) if code == Criterion.EVIDENCE else None
        if rating:
            points = rating.points
        lines.append(Line(Criterion(code), points, weight, rating.reason if rating else ""))
    living = Gap.objects.exclude(state=GapState.CLOSED)
    score = sum(line.product for line in lines)
    place = None if gap.state == GapState.CLOSED else living.above(score, weights).count() + 1
    return Priority(lines, place, living.count())


def statements_of(gap: Gap, on: date) -> list[Counted]:
    """The gap itself and every statement an accreditor's form asks for, words counted."""
    written = {each.kind: each.text for each in gap.statements.all()}
    head = Counted(None, gap.statement, word_limit("gap", on))
    return [head] + [
        Counted(kind, written.get(kind, ""), word_limit(kind.limited_as, on))
        for kind in StatementKind
    ]
