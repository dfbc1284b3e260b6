"""Forty rules over many sets of facts, in one process, without the database.

The limit is the rules engine alone: the same graphs, read before, over the same facts and values,
with no sentence made of what it says.
"""

import json
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median, quantiles
from typing import Any

import zen

from benchmarks.contract import RUNS
from benchmarks.memory import peak_mb
from symposia.compliance.judging import concerns, judge, values_on
from symposia.compliance.loading import SHIPPED
from symposia.compliance.packfile import Pack, Rule, read_pack

SIZES = (10_000,)
RULES = 40
DAY = date(2026, 3, 12)
Asked = list[tuple[Pack, Rule]]


class _Own(dict[str, str]):
    """An organisation that has set every value that is left to it."""

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ARG002  # the signature is dict's
        return "100"


OWN = _Own()


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Findings a second by the median of all sets of facts, interleaved with the engine alone."""
    for size in sizes:
        yield {"size": size, "rules": RULES, **_measured(size)}


def _measured(size: int) -> dict[str, Any]:
    asked, facts = _rules(), list(_facts(size))
    graphs = {rule.code: zen.ZenDecisionContent(json.dumps(rule.graph)) for _p, rule in asked}
    engine = zen.ZenEngine({"loader": graphs.__getitem__})
    ours, alone = [], []
    for _run in range(RUNS):
        for on, known in facts:
            ours.append(_judge(asked, on, known))
            alone.append(_evaluate(engine, _calls(asked, on, known)))
    value, limit = len(asked) / median(ours), len(asked) / median(alone)
    cuts = quantiles(ours, n=100)
    return {
        "value": round(value),
        "unit": "findings/s",
        "p50_ms": round(cuts[49] * 1000, 3),
        "p99_ms": round(cuts[98] * 1000, 3),
        "limit": round(limit),
        "ratio": round(value / limit, 2),
        "rss_mb": peak_mb(),
    }


def _rules() -> Asked:
    """The first forty rules that are shipped, each of them spoken to by every set of facts."""
    packs = [read_pack(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.json"))]
    return [(pack, rule) for pack in packs for rule in pack.rules][:RULES]


def _facts(size: int) -> Iterator[tuple[date, dict[str, Any]]]:
    """Facts of the packs' own worked examples, mixed, on days of a year."""
    chance = random.Random(7)  # noqa: S311  # which facts meet
    kept: dict[str, list[Any]] = {}
    for pack, _rule in _rules():
        for case in pack.cases:
            for name, value in case.facts.items():
                kept.setdefault(name, []).append(value)
    # Where no threshold is known nothing is computed, neither here nor there.
    kept["country"] = ["FR", "DE", "DK", "BE", "CH"]
    for _place in range(size):
        facts = {name: chance.choice(values) for name, values in kept.items()}
        yield DAY + timedelta(days=chance.randrange(365)), facts


def _judge(asked: Asked, on: date, facts: dict[str, Any]) -> float:
    """All rules over one set of facts, with the values of its day and a sentence for each."""
    began = time.perf_counter()
    for pack, rule in asked:
        values = values_on(pack, rule, on, OWN, facts)
        concerns(rule, facts, values)
        judge(pack, rule, facts, values)
    return time.perf_counter() - began


def _calls(asked: Asked, on: date, facts: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What the engine alone is asked: everything looked up before."""
    calls = []
    for pack, rule in asked:
        values = values_on(pack, rule, on, OWN, facts)
        parameters = {name: value["value"] for name, value in values.items()}
        units = {name: value["unit"] for name, value in values.items()}
        known = {name: facts.get(name) for name in rule.facts}
        calls.append((rule.code, {"facts": known, "parameters": parameters, "units": units}))
    return calls


def _evaluate(engine: zen.ZenEngine, calls: list[tuple[str, dict[str, Any]]]) -> float:
    began = time.perf_counter()
    for code, given in calls:
        engine.evaluate(code, given)
    return time.perf_counter() - began
