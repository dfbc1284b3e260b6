"""What a rule pack's file must be: read strictly, refused whole when anything in it is wrong."""

import hashlib
import json
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Verdict = Literal["pass", "warn", "block"]
Confidence = Literal["sourced", "to_verify"]
# Tables and expressions can be read by whoever answers for a rule; programs cannot.
READABLE_NODES = frozenset({"inputNode", "outputNode", "decisionTableNode", "expressionNode"})


class PackRefused(Exception):
    """A rule pack is not fit to judge anything by; it says why."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Value(_Part):
    """What a parameter is from one day to another, and who says so."""

    value: str
    effective_from: date = Field(alias="from")
    effective_until: date | None = Field(default=None, alias="until")
    citation: str
    confidence: Confidence

    def applies(self, on: date) -> bool:
        begun = self.effective_from <= on
        return begun and (self.effective_until is None or on < self.effective_until)


class Parameter(_Part):
    """A number or word a body may change; or one it leaves to the organisation."""

    name: str
    label: str
    unit: str = ""
    owner: Literal["body", "organisation"] = "body"
    values: tuple[Value, ...] = ()


class Rule(_Part):
    """One sentence of a code as a decision over facts and parameters."""

    code: str
    title: str
    modes: tuple[str, ...] = ()
    needs: tuple[str, ...]
    uses: tuple[str, ...] = ()
    decision: dict[str, Any]
    messages: dict[str, str]
    citation: str
    confidence: Confidence


class AppliesTo(_Part):
    """Which organisations a pack binds; an empty list means all."""

    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def binds(self, kind: str, country: str) -> bool:
        here = not self.countries or country in self.countries
        return here and (not self.kinds or kind in self.kinds)


class Case(_Part):
    """A worked example that runs each time the pack is loaded."""

    rule: str
    name: str
    on: date
    facts: dict[str, Any]
    own: dict[str, str] = Field(default_factory=dict)
    result: Verdict
    say: str


class Pack(_Part):
    """One dated version of a body's rules."""

    code: str
    version: str
    title: str
    body: str
    applies_to: AppliesTo
    effective_from: date
    effective_until: date | None = None
    citation: str
    confidence: Confidence
    labels: dict[str, str]
    parameters: tuple[Parameter, ...] = ()
    rules: tuple[Rule, ...]
    cases: tuple[Case, ...]

    def rule(self, code: str) -> Rule:
        return next(rule for rule in self.rules if rule.code == code)

    def parameter(self, name: str) -> Parameter:
        return next(each for each in self.parameters if each.name == name)


def sha256_of(text: str) -> str:
    """The hash of a pack's file; an evaluation refers to exactly this text."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_pack(text: str) -> Pack:
    """The pack in a file's text. Raises PackRefused."""
    try:
        pack = Pack.model_validate(json.loads(text))
    except (ValueError, ValidationError) as wrong:
        raise PackRefused(str(wrong)) from wrong
    for rule in pack.rules:
        _check_rule(pack, rule)
    return pack


def _check_rule(pack: Pack, rule: Rule) -> None:
    kinds = {node.get("type", "") for node in rule.decision.get("nodes", ())}
    if foreign := kinds - READABLE_NODES:
        raise PackRefused(f"{rule.code}: nodes of kind {', '.join(sorted(foreign))} are refused")
    declared = {parameter.name for parameter in pack.parameters}
    if missing := set(rule.uses) - declared:
        raise PackRefused(f"{rule.code}: unknown parameters {', '.join(sorted(missing))}")
    if unnamed := set(rule.needs) - set(pack.labels):
        raise PackRefused(f"{rule.code}: facts without a label {', '.join(sorted(unnamed))}")
    shown = {case.say for case in pack.cases if case.rule == rule.code}
    if unproved := set(rule.messages) - shown:
        raise PackRefused(f"{rule.code}: no test case for {', '.join(sorted(unproved))}")
