"""What a rule pack's file must be: read strictly, refused whole when anything in it is wrong."""

import hashlib
import json
import re
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from symposia.compliance.tables import (
    Problem,
    Table,
    graph_of,
    problem_with_graph,
    problem_with_names,
    problem_with_table,
    problem_with_work,
)

Verdict = Literal["pass", "warn", "block"]
Confidence = Literal["sourced", "to_verify"]
Answer = Literal["yes_no", "number", "amount", "choice"]
# What may stand for something in a sentence: a name, as it is, or a per cent sign.
_PLACES = re.compile(r"%\(\w+\)s|%%")
# Amounts travel as text; a number beyond this is a mistake.
_LARGEST = 10**15


class PackRefused(Exception):
    """A rule pack is not fit to judge anything by; it says why."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Value(_Part):
    """What a parameter is from one day to another, for whom, and who says so."""

    value: str
    effective_from: date = Field(alias="from")
    effective_until: date | None = Field(default=None, alias="until")
    citation: str
    confidence: Confidence
    # Of a table of values: the country, or country and kind of meal, it belongs to.
    key: str = ""
    unit: str = ""

    def applies(self, on: date) -> bool:
        begun = self.effective_from <= on
        return begun and (self.effective_until is None or on < self.effective_until)


class Parameter(_Part):
    """A number or word a body may change; or one it leaves to the organisation."""

    name: str
    label: str
    unit: str = ""
    owner: Literal["body", "organisation"] = "body"
    # The facts that choose among values with a key, the most general first.
    keyed_by: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()


class Ask(_Part):
    """A fact that no record holds: whoever plans states it."""

    kind: Answer
    question: str
    options: dict[str, str] = Field(default_factory=dict)


class Rule(_Part):
    """One sentence of a code as a decision over facts and parameters."""

    code: str
    title: str
    # The worst it may ever say.
    severity: Literal["warn", "block"] = "block"
    # Of a block: nobody in an organisation may make an exception to it.
    final: bool = False
    modes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    needs: tuple[str, ...]
    # Facts it can do without; they arrive as nothing.
    wants: tuple[str, ...] = ()
    # It speaks only where these facts are kept.
    when_known: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    # It speaks only once the organisation has set the values it uses.
    optional: bool = False
    computes: dict[str, str] = Field(default_factory=dict)
    table: Table | None = None
    decision: dict[str, Any] | None = None
    messages: dict[str, str]
    citation: str
    confidence: Confidence

    @model_validator(mode="after")
    def one_decision(self) -> "Rule":
        """A rule is a table or a graph, never both and never neither."""
        if (self.table is None) == (self.decision is None):
            raise ValueError(f"{self.code}: a rule has a table or a decision, exactly one of them")
        return self

    @model_validator(mode="after")
    def nothing_runs_away(self) -> "Rule":
        """Looked at before the engine sees it: no program, nothing endless, plain sentences."""
        if problem := self._runaway():
            raise ValueError(f"{self.code}: {problem}")
        return self

    def _runaway(self) -> Problem:
        if self.decision is not None:
            found = problem_with_graph(self.decision)
        else:
            found = problem_with_work(self.table, self.computes) if self.table else ""
        odd = (text for text in self.messages.values() if "%" in _PLACES.sub("", text))
        strange = next(odd, "")
        return found or (f"“{strange[:40]}” has a % that is no %(name)s" if strange else "")

    @property
    def facts(self) -> tuple[str, ...]:
        return self.needs + self.wants

    @property
    def graph(self) -> dict[str, Any]:
        """What the engine runs."""
        return self.decision or graph_of(self.table, self.computes)


class AppliesTo(_Part):
    """Whom a pack binds: kinds of organisation, at home in a country or holding events there."""

    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    # Countries whose rules bind whoever holds an event there.
    venues: tuple[str, ...] = ()

    def binds(self, kind: str, country: str, venue: str = "") -> bool:
        everywhere = not self.countries and not self.venues
        here = everywhere or country in self.countries or (bool(venue) and venue in self.venues)
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
    # It stands exactly on the edge between two verdicts.
    boundary: bool = False


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
    asks: dict[str, Ask] = Field(default_factory=dict)
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


def shape_of(text: str) -> Pack:
    """The pack in a text, of which only the form is looked at. Raises PackRefused."""
    try:
        data = json.loads(text, parse_int=_whole, parse_float=_broken, parse_constant=_broken)
        return Pack.model_validate(data)
    except (ValueError, ValidationError) as wrong:
        raise PackRefused(_first_line(wrong)) from wrong
    except RecursionError as deep:
        raise PackRefused("it is nested too deeply") from deep


def _whole(text: str) -> int:
    return int(_sane(text, float(text)))


def _broken(text: str) -> float:
    return float(_sane(text, float(text)))


def _sane(text: str, number: float) -> str:
    if not abs(number) <= _LARGEST:
        raise ValueError(f"{text[:20]} is no number of a rule")
    return text


def read_pack(text: str) -> Pack:
    """The pack in a file's text. Raises PackRefused."""
    pack = shape_of(text)
    if mistakes := mistakes_in(pack):
        raise PackRefused(mistakes[0])
    return pack


def mistakes_in(pack: Pack) -> list[str]:
    """Everything that makes a pack unfit, though its form is right."""
    codes = [rule.code for rule in pack.rules]
    found = [
        f"{code}: two rules have this code" for code in sorted(set(codes)) if codes.count(code) > 1
    ]
    found += [
        f"{case.rule}: no such rule, in a test case"
        for case in pack.cases
        if case.rule not in codes
    ]
    for rule in pack.rules:
        found += [f"{rule.code}: {problem}" for problem in _problems(pack, rule)]
    return found


def _problems(pack: Pack, rule: Rule) -> list[Problem]:
    found: list[Problem] = []
    if rule.table:
        names = (rule.facts, rule.uses, tuple(rule.computes))
        found.append(problem_with_table(rule.table, rule.computes, rule.messages, rule.severity))
        found.append(problem_with_names(rule.table, rule.computes, names))
    declared = {parameter.name for parameter in pack.parameters}
    if missing := set(rule.uses) - declared:
        found.append(f"unknown parameters {_listed(missing)}")
    if unnamed := set(rule.facts + rule.when_known) - set(pack.labels):
        found.append(f"facts without a label {_listed(unnamed)}")
    if unproved := set(rule.messages) - {c.say for c in pack.cases if c.rule == rule.code}:
        found.append(f"no test case for {_listed(unproved)}")
    return [problem for problem in found if problem]


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))


def _first_line(wrong: ValueError) -> str:
    """Pydantic says where; the first mistake is enough to go and look."""
    if isinstance(wrong, ValidationError):
        first = wrong.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(wrong)
