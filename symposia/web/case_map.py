"""The drawn map of a case: its steps in rows, each below those that lead to it, and the ways
between them. What is drawn stands as a list beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from symposia.learning.cases.document import CaseDocument, CaseStep
from symposia.learning.cases.problems import reached_in, ways_from
from symposia.web.case_player import OUTCOME_TONES

WIDTH, HEIGHT, ASIDE, BELOW, EDGE = 176, 56, 24, 52, 8
_LETTERS = 24


@dataclass(frozen=True)
class Node:
    """A step as it is drawn."""

    code: str
    x: int
    y: int
    lines: Sequence[str]
    tone: str
    is_wrong: bool
    says: str
    note: str

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def foot(self) -> int:
        return self.y + HEIGHT


@dataclass(frozen=True)
class Edge:
    """A way from a step to another one."""

    path: str
    x: int
    y: int
    label: str


@dataclass(frozen=True)
class Drawn:
    """The whole map."""

    width: int
    height: int
    nodes: Sequence[Node]
    edges: Sequence[Edge]


def case_drawn(
    document: CaseDocument,
    *,
    wrong: frozenset[str] = frozenset(),
    came: Mapping[str, str] | None = None,
    went: Mapping[tuple[str, str], str] | None = None,
) -> Drawn:
    """The map of a case; `wrong` are steps with something to mend, `came` and `went` what is
    written at a step and at a way."""
    rows = _rows(document)
    widest = max((len(row) for row in rows), default=0)
    width = max(1, widest) * (WIDTH + ASIDE) - ASIDE + 2 * EDGE
    placed: dict[str, Node] = {}
    for number, row in enumerate(rows):
        left = (width - (len(row) * (WIDTH + ASIDE) - ASIDE)) // 2
        for place, step in enumerate(row):
            x, y = left + place * (WIDTH + ASIDE), EDGE + number * (HEIGHT + BELOW)
            placed[step.code] = _node(step, x, y, wrong, (came or {}).get(step.code, ""))
    edges = list(_edges(document, placed, went or {}))
    height = len(rows) * (HEIGHT + BELOW) - BELOW + 2 * EDGE
    return Drawn(width, max(height, 2 * EDGE), list(placed.values()), edges)


def _rows(document: CaseDocument) -> list[list[CaseStep]]:
    """The steps by how long the longest way to them is; those that nobody comes to stand last."""
    reached = reached_in(document)
    ranks = dict.fromkeys(reached, 0)
    # As often as there are steps: a draft may still go in a circle.
    for _again in document.steps:
        for step in document.steps:
            for to in ways_from(document, step) if step.code in reached else ():
                ranks[to] = min(max(ranks[to], ranks[step.code] + 1), len(document.steps))
    used = sorted(set(ranks.values()))
    rows = [[s for s in document.steps if ranks.get(s.code) == rank] for rank in used]
    left = [step for step in document.steps if step.code not in reached]
    return [*rows, *([left] if left else [])]


def _node(step: CaseStep, x: int, y: int, wrong: frozenset[str], note: str) -> Node:
    tone = OUTCOME_TONES[step.ending] if step.ending else ""
    says = step.title or step.code
    return Node(step.code, x, y, list(_lines(says)), tone, step.code in wrong, says, note)


def _lines(title: str) -> Iterator[str]:
    """A title in two lines at most."""
    words, line, number = title.split(), "", 0
    for place, word in enumerate(words):
        longer = f"{line} {word}".strip()
        if len(longer) <= _LETTERS or not line:
            line = longer
            continue
        if number == 1:
            yield _short(" ".join([line, *words[place:]]))
            return
        yield _short(line)
        line, number = word, 1
    if line:
        yield _short(line)


def _short(line: str) -> str:
    return line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1]}…"


def _edges(
    document: CaseDocument, placed: Mapping[str, Node], went: Mapping[tuple[str, str], str]
) -> Iterator[Edge]:
    for step in document.steps:
        ways = ways_from(document, step)
        for number, to in enumerate(ways, start=1):
            start, end = placed[step.code], placed[to]
            x1 = start.x + WIDTH * number // (len(ways) + 1)
            x2, y1, y2 = end.middle, start.foot, end.y
            bend = max(24, abs(y2 - y1) // 2)
            path = f"M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2 - 5}"
            label = went.get((step.code, to), "")
            yield Edge(path, (x1 + x2) // 2, (y1 + y2) // 2 + 4, label)
