"""How many learners went which way through a case, and which figures are shown.

Counted are learners who went for the first time, in one version. A step is broken down only where
every part of it is nobody or three and more: a smaller part, or what is left beside the others,
would say what single people decided. What comes after a step that is kept back is kept back too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from symposia.assessment.models import FEWEST_SHOWN
from symposia.learning.cases.document import CaseDocument, CaseStep
from symposia.learning.cases.problems import ways_from
from symposia.learning.models import CaseMove, CaseResult, CaseRunQuerySet, CaseVersion, MoveKind


@dataclass(frozen=True)
class Way:
    """So many learners decided so at a step, and came there by it."""

    step: str
    option: str
    to: str
    learners: int


@dataclass(frozen=True)
class Gone:
    """What happened at one step, as far as it is shown."""

    step: CaseStep
    # How many came there; nothing where that is kept back.
    came: int | None
    ways: Sequence[Way] = field(default=())
    # Whether it is told how they went on.
    is_shown: bool = True

    def by(self, option: str) -> int | None:
        """How many decided so; nothing where that is kept back."""
        if not self.is_shown:
            return None
        return sum(each.learners for each in self.ways if each.option == option)

    @property
    def left(self) -> int | None:
        """How many came there and have not gone on."""
        if self.came is None or not self.is_shown:
            return None
        return self.came - sum(each.learners for each in self.ways)


@dataclass(frozen=True)
class Paths:
    """The ways that learners took through a version of a case."""

    version: CaseVersion
    document: CaseDocument
    # Nothing where fewer than three began.
    begun: int | None
    steps: Sequence[Gone]
    # The mean score of those who came to an end, of a hundred.
    percent: int | None

    @property
    def by_step(self) -> Mapping[str, Gone]:
        return {each.step.code: each for each in self.steps}


def paths_in(version: CaseVersion, runs: CaseRunQuerySet) -> Paths:
    """How many of the learners whose runs one may see went which way."""
    first = runs.filter(case_version=version, number=1)
    begun = first.count()
    moves = CaseMove.objects.filter(run__in=first, kind=MoveKind.DECIDED).order_by()
    counted = moves.values_list("step_code", "choice_code", "next_code").annotate(n=Count("pk"))
    ways = [Way(*row) for row in counted]
    results = CaseResult.objects.filter(run__in=first).values_list("percent", flat=True)
    ended = list(results)
    document = version.document
    return Paths(
        version,
        document,
        begun if begun >= FEWEST_SHOWN else None,
        gone_through(document, begun, ways),
        round(sum(ended) / len(ended)) if len(ended) >= FEWEST_SHOWN else None,
    )


def gone_through(document: CaseDocument, begun: int, ways: Iterable[Way]) -> list[Gone]:
    """Each step with what is shown of it, in the order of the document. Pure."""
    taken = list(ways)
    found: dict[str, Gone] = {}
    for step in in_order(document):
        before = [each for each in document.steps if step.code in ways_from(document, each)]
        came = sum(each.learners for each in taken if each.to == step.code)
        came += begun if step == document.start else 0
        is_known = all(found[each.code].is_shown for each in before) and begun >= FEWEST_SHOWN
        after = [each for each in taken if each.step == step.code]
        parts = [each.learners for each in after]
        left = 0 if step.ending else came - sum(parts)
        is_shown = is_known and all(part == 0 or part >= FEWEST_SHOWN for part in (*parts, left))
        found[step.code] = Gone(step, came if is_known else None, after, is_shown)
    return [found[each.code] for each in document.steps]


def in_order(document: CaseDocument) -> list[CaseStep]:
    """The steps so that each stands after those that lead to it; no way goes in a circle."""
    waiting, placed = list(document.steps), list[CaseStep]()
    while waiting:
        left = {to for step in waiting for to in ways_from(document, step)}
        ready = [each for each in waiting if each.code not in left]
        if not ready:
            raise ValueError("a published case goes in a circle")
        placed += ready
        waiting = [each for each in waiting if each not in ready]
    return placed
