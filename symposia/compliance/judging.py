"""Rules over facts: pure, exact (amounts travel as text), the same answer whenever it is asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import zen

from symposia.compliance.packfile import Pack, PackRefused, Parameter, Rule

UNKNOWN = "unknown"
Values = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Outcome:
    """What one rule says of one set of facts."""

    rule: str
    result: str
    say: str
    message: str


def values_on(pack: Pack, rule: Rule, on: date, own: Mapping[str, str]) -> dict[str, Any]:
    """The dated values a rule uses on a day, each with where it comes from."""
    found = {name: _value(pack.parameter(name), on, own) for name in rule.uses}
    return {name: value for name, value in found.items() if value}


def _value(parameter: Parameter, on: date, own: Mapping[str, str]) -> dict[str, str] | None:
    if parameter.owner == "organisation":
        value = own.get(parameter.name)
        own_words = {"citation": "set by the organisation itself", "confidence": "to_verify"}
        return None if value is None else {"value": value, **own_words}
    for each in parameter.values:
        if each.applies(on):
            return {
                "value": each.value,
                "from": each.effective_from.isoformat(),
                "citation": each.citation,
                "confidence": each.confidence,
            }
    return None


def judge(pack: Pack, rule: Rule, facts: Mapping[str, Any], values: Values) -> Outcome:
    """Run one rule; a fact or a value that nobody knows yet is a warning, never a pass."""
    missing = [pack.labels[name] for name in rule.needs if facts.get(name) is None]
    missing += [pack.parameter(name).label for name in rule.uses if name not in values]
    if missing:
        return Outcome(rule.code, "warn", UNKNOWN, f"Not known yet: {', '.join(missing)}.")
    known = {name: facts[name] for name in rule.needs}
    parameters = {name: values[name]["value"] for name in rule.uses}
    answer = _decision(json.dumps(rule.decision)).evaluate(
        {"facts": known, "parameters": parameters}
    )["result"]
    if answer.get("say") not in rule.messages:
        raise PackRefused(f"{pack.code} {pack.version} {rule.code}: no row fits {known}")
    message = rule.messages[answer["say"]] % {**known, **parameters}
    return Outcome(rule.code, answer["result"], answer["say"], message)


@lru_cache(maxsize=500)
def _decision(graph: str) -> Any:
    return zen.ZenEngine().create_decision(graph)


def prove(pack: Pack) -> None:
    """Run the pack's own test cases. Raises PackRefused with every one that fails."""
    wrong = []
    for case in pack.cases:
        rule = pack.rule(case.rule)
        found = judge(pack, rule, case.facts, values_on(pack, rule, case.on, case.own))
        if (found.result, found.say) != (case.result, case.say):
            wrong.append(
                f"{case.rule} {case.name}: {found.result}/{found.say}, not {case.result}/{case.say}"
            )
    if wrong:
        raise PackRefused(f"{pack.code} {pack.version}: " + "; ".join(wrong))
