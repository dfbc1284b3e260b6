"""The page of figures: the last full run beside what is aimed for; a miss is called a miss."""

import operator
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.contract import CHECKOUT, FIRST, LAST
from benchmarks.kept import Line, Run

PAGE = CHECKOUT / "docs" / "reference" / "benchmarks.md"
TARGETS = Path(__file__).with_name("targets.toml")
MEASURES = ("p50_ms", "p99_ms", "limit", "ratio", "rss_mb", "runs")


@dataclass(frozen=True)
class Target:
    """What one figure of one benchmark is to reach, and why that much."""

    name: str
    figure: str
    because: str
    at_least: float | None = None
    at_most: float | None = None
    where: dict[str, Any] = field(default_factory=dict)

    @property
    def aim(self) -> str:
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"

    def reached(self, lines: list[Line]) -> float | None:
        """The worst of the lines it speaks of; nothing when none of them was measured."""
        meant = {"name": self.name, **self.where}.items()
        figures = [x[self.figure] for x in lines if self.figure in x and meant <= x.items()]
        worst = min if self.at_least is not None else max
        return worst(figures, default=None)

    def verdict(self, reached: float | None) -> str:
        if reached is None:
            return "not measured"
        meets = operator.ge if self.at_least is not None else operator.le
        bound = self.at_least if self.at_least is not None else self.at_most
        return "reached" if meets(reached, bound) else "**missed**"


def targets() -> list[Target]:
    """Every target, in the order of the file."""
    read = tomllib.loads(TARGETS.read_text(encoding="utf-8"))
    return [Target(**one) for one in read["target"]]


def write(run: Run, page: Path = PAGE) -> str:
    """Write the page; says where it is and what was missed."""
    page.write_text("\n".join(document(run, targets())) + "\n", encoding="utf-8")
    missed = sum(one.verdict(one.reached(run.lines)) == "**missed**" for one in targets())
    return f"{page} is written; {missed} targets are missed"


INTRODUCTION = """\
# Benchmarks

Made by `python -m benchmarks --write-reference` from the last run of `make bench`. *Limit* is the
same work with everything of ours taken away, measured in the same run; *ratio* is the share of it
that is reached: higher is better, 1.0 is the limit. Figures are medians of the runs. Absolute
figures drift with the machine; ratios hold better.
"""
BUSY = "**The machine was busy with other things: times and rates say little, ratios not much.**\n"
A_PART = "**Not everything was measured in this run**; what was not is said below.\n"


def document(run: Run, aims: list[Target]) -> Iterator[str]:
    """The page, line by line."""
    yield INTRODUCTION
    if not run.machine["full"]:
        yield A_PART
    if run.machine["load"] > run.machine["cores"] / 4:
        yield BUSY
    yield from _machine(run)
    yield from _aims(run.lines, aims)
    yield from _figures(run.lines)


def _aims(lines: list[Line], aims: list[Target]) -> Iterator[str]:
    yield "\n## What is aimed for\n"
    yield "Of several lines the worst one counts.\n"
    yield "| benchmark | figure | aim | reached | verdict | why that much |"
    yield "|---|---|---|---|---|---|"
    for one in aims:
        got = one.reached(lines)
        what = ", ".join([one.figure, *_words(one.where)])
        figure = "" if got is None else f"{got:g}"
        verdict = one.verdict(got)
        yield f"| `{one.name}` | {what} | {one.aim} | {figure} | {verdict} | {one.because} |"


def _machine(run: Run) -> Iterator[str]:
    on = run.machine
    commits = dict.fromkeys(line["commit"] for line in run.lines)
    yield "| measured on | |"
    yield "|---|---|"
    yield f"| date | {on['at'].replace('T', ' ')} |"
    yield f"| version | {', '.join(commits)} |"
    yield f"| machine | {on['cores']} cores, {on['memory_gb']} GB, {on['processor']} |"
    yield f"| system | {on['system']} |"
    yield f"| Python, PostgreSQL | {on['python']}, {on['postgresql']} with its durable defaults |"
    yield f"| other load at the start, in cores | {on['load']:g} |"


def _figures(lines: list[Line]) -> Iterator[str]:
    yield "\n## Every figure\n"
    yield "| benchmark | of | value | " + " | ".join(MEASURES) + " |"
    yield "|---|---|---|" + "---|" * len(MEASURES)
    for line in lines:
        own = {key: line[key] for key in line if key not in {*FIRST, *LAST}}
        size = {"size": line["size"]} if "size" in line else {}
        of = ", ".join(_words(size | own))
        measures = " | ".join(str(line.get(key, "")) for key in MEASURES)
        yield f"| `{line['name']}` | {of} | {line['value']} {line['unit']} | {measures} |"


def _words(facts: dict[str, Any]) -> list[str]:
    return [f"{key.replace('_', ' ')} {value}" for key, value in facts.items()]
