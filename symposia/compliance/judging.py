"""Rules over facts: pure, exact (amounts travel as text), the same answer whenever it is asked."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import zen

from symposia.compliance.packfile import Pack, PackRefused, Parameter, Rule, Value, sha256_of
from symposia.shared.countries import country_name
from symposia.shared.money import Money, in_a_sentence

UNKNOWN = "unknown"
Values = Mapping[str, Mapping[str, str]]
_OWN = {"citation": "set by the organisation itself", "confidence": "to_verify"}
_CENT = Decimal("0.01")
_CURRENCY = re.compile("[A-Z]{3}")
# What a rule that somebody is still writing may do wrong.
WRONG = (
    *(PackRefused, LookupError, ValueError, ArithmeticError),
    *(TypeError, AttributeError, RuntimeError),
)
# Graphs by their hash: the engine keeps what it has read, and reading is what takes its time.
_graphs: dict[str, zen.ZenDecisionContent] = {}
_keys: dict[int, tuple[Rule, str]] = {}
_engine = zen.ZenEngine({"loader": _graphs.__getitem__})


@dataclass(frozen=True)
class Outcome:
    """What one rule says of one set of facts."""

    rule: str
    result: str
    say: str
    message: str


def values_on(
    pack: Pack,
    rule: Rule,
    on: date,
    own: Mapping[str, str],
    facts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The dated values a rule uses on a day, each with where it comes from."""
    found = {name: _value(pack.parameter(name), on, own, facts or {}) for name in rule.uses}
    return {name: value for name, value in found.items() if value}


def _value(
    parameter: Parameter, on: date, own: Mapping[str, str], facts: Mapping[str, Any]
) -> dict[str, str] | None:
    if parameter.owner == "organisation" and (value := own.get(parameter.name)) is not None:
        return {"value": value, "unit": parameter.unit, **_OWN}
    each = value_of(parameter, on, facts)
    if each is None:
        return None
    return {
        "value": each.value,
        "unit": each.unit or parameter.unit,
        "from": each.effective_from.isoformat(),
        "citation": each.citation,
        "confidence": each.confidence,
    }


def value_of(parameter: Parameter, on: date, facts: Mapping[str, Any]) -> Value | None:
    """The body's value of a day: of the most special key that has one, else of none."""
    parts = [str(facts[name]) for name in parameter.keyed_by if facts.get(name)]
    for length in range(len(parts), -1, -1):
        key = "/".join(parts[:length])
        for each in parameter.values:
            if each.key == key and each.applies(on):
                return each
    return None


def concerns(rule: Rule, facts: Mapping[str, Any], values: Values) -> bool:
    """Whether a rule has anything to say of a subject at all."""
    if rule.modes and facts.get("mode") not in rule.modes:
        return False
    if rule.types and facts.get("type") not in rule.types:
        return False
    if any(facts.get(name) is None for name in rule.when_known):
        return False
    return not rule.optional or all(name in values for name in rule.uses)


def judge(pack: Pack, rule: Rule, facts: Mapping[str, Any], values: Values) -> Outcome:
    """Run one rule; a fact or a value that nobody knows yet is a warning, never a pass."""
    missing = [pack.labels[name] for name in rule.needs if facts.get(name) is None]
    missing += [pack.parameter(name).label for name in rule.uses if name not in values]
    if missing:
        return Outcome(rule.code, "warn", UNKNOWN, f"Not known yet: {', '.join(missing)}.")
    known = {name: facts.get(name) for name in rule.facts}
    parameters = {name: values[name]["value"] for name in rule.uses}
    units = {name: values[name].get("unit", "") for name in rule.uses}
    given = {"facts": known, "parameters": parameters, "units": units}
    answer = _engine.evaluate(_key(rule), given)["result"]
    if answer.get("say") not in rule.messages:
        raise PackRefused(f"{pack.code} {pack.version} {rule.code}: no row fits {known}")
    message = rule.messages[answer["say"]]
    if "%" in message:
        message %= _Words({**answer, **known, **parameters}, units)
    return Outcome(rule.code, answer["result"], answer["say"], message)


def outcomes_of(
    pack: Pack, facts: Mapping[str, Any], on: date, own: Mapping[str, str]
) -> list[Outcome]:
    """What the rules of a pack that concern a subject say of it."""
    found = []
    for rule in pack.rules:
        values = values_on(pack, rule, on, own, facts)
        if concerns(rule, facts, values):
            found.append(judge(pack, rule, facts, values))
    return found


class _Words(dict[str, str]):
    """The words of a sentence, each made when the sentence asks for it."""

    def __init__(self, values: Mapping[str, Any], units: Mapping[str, str]) -> None:
        super().__init__()
        self._values, self._units = values, units

    def __missing__(self, name: str) -> str:
        if name in self._values:
            said = _said(self._values[name])
            return country_name(said) if name.endswith("country") else said
        if name.endswith("_money"):
            return self._amount(name.removesuffix("_money"))
        return self._units[name.removesuffix("_unit")]

    def _amount(self, name: str) -> str:
        """An amount with the currency of its value, its own, or of the books it is a sum of."""
        value, unit = self._values[name], self._units.get(name, "")
        if value is None:
            return _said(value)
        own = self._values.get(f"{name}_currency") or self._values.get("currency") or ""
        currency = unit if _CURRENCY.fullmatch(unit) else own
        return in_a_sentence(Money(Decimal(str(value)), str(currency)))


def _said(value: Any) -> str:
    """A fact inside a sentence."""
    match value:
        case None:
            return "not stated"
        case bool():
            return "yes" if value else "no"
        case float():
            return format(Decimal(str(value)).quantize(_CENT, ROUND_HALF_UP).normalize(), "f")
        case list():
            return ", ".join(str(each) for each in value)
        case _:
            return str(value)


def _key(rule: Rule) -> str:
    """The name under which the engine knows a rule's graph; read once while the rule is kept."""
    kept = _keys.get(id(rule))
    if kept and kept[0] is rule:
        return kept[1]
    graph = json.dumps(rule.graph, sort_keys=True)
    key = sha256_of(graph)
    if key not in _graphs:
        _graphs[key] = zen.ZenDecisionContent(graph)
    if len(_keys) > 2_000:
        _keys.clear()
    _keys[id(rule)] = (rule, key)
    return key


@dataclass(frozen=True)
class Proof:
    """A worked example of a pack, and what its rule says now."""

    case: Any
    result: str
    say: str
    message: str

    @property
    def holds(self) -> bool:
        return (self.result, self.say) == (self.case.result, self.case.say)


def proofs_of(pack: Pack) -> list[Proof]:
    """Every worked example, run."""
    found = []
    for case in pack.cases:
        rule = pack.rule(case.rule)
        values = values_on(pack, rule, case.on, case.own, case.facts)
        try:
            said = judge(pack, rule, case.facts, values)
        except WRONG as wrong:
            found.append(Proof(case, "error", "", str(wrong)[:300]))
        else:
            found.append(Proof(case, said.result, said.say, said.message))
    return found


def prove(pack: Pack) -> None:
    """Run the pack's own test cases. Raises PackRefused with every one that fails."""
    wrong = [
        f"{p.case.rule} {p.case.name}: {p.result}/{p.say}, not {p.case.result}/{p.case.say}"
        for p in proofs_of(pack)
        if not p.holds
    ]
    if wrong:
        raise PackRefused(f"{pack.code} {pack.version}: " + "; ".join(wrong))
