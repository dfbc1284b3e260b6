"""The text of a draft: read, changed one part at a time, and looked over. Nothing is kept here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from symposia.compliance.judging import Proof, proofs_of
from symposia.compliance.packfile import Pack, PackRefused, mistakes_in, shape_of
from symposia.compliance.trying import NotTried, looked_over_apart

_GIVEN_UP = "Its examples ran too long or asked for too much, and were given up."


@dataclass(frozen=True)
class RowEdit:
    """A row of a table as somebody wrote it: its cells, the verdict and the sentence."""

    when: tuple[str, ...]
    result: str
    message: str
    say: str = ""


@dataclass(frozen=True)
class CaseEdit:
    """A worked example as somebody wrote it; `say` names the row that must answer."""

    name: str
    on: date
    facts: Mapping[str, Any]
    own: Mapping[str, str]
    say: str
    boundary: bool = False


@dataclass(frozen=True)
class RuleEdit:
    """A rule as somebody wrote it."""

    title: str
    severity: str
    citation: str
    confidence: str
    rows: Sequence[RowEdit]
    cases: Sequence[CaseEdit] = ()


@dataclass(frozen=True)
class ValueEdit:
    """A value that a parameter has from a day on."""

    value: str
    effective_from: date
    citation: str
    confidence: str
    key: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Checked:
    """A draft looked over: what is wrong with it, and what each worked example says."""

    pack: Pack | None
    problems: list[str]
    proofs: list[Proof] = field(default_factory=list)
    # Trying it out was given up: it runs too long to be judged by.
    gave_up: bool = False


def text_of(data: Mapping[str, Any]) -> str:
    """A pack as the text that is kept and hashed."""
    return json.dumps(data, indent=1, ensure_ascii=False, default=str)


def check_text(text: str) -> Checked:
    """Everything that keeps a text from being a pack: form, mistakes, examples that fail."""
    try:
        pack = shape_of(text)
    except PackRefused as wrong:
        return Checked(None, [str(wrong)])
    try:
        said = looked_over_apart(text)
    except NotTried:
        return Checked(pack, [_GIVEN_UP], gave_up=True)
    proofs = [Proof(case, *row) for case, row in zip(pack.cases, said["proofs"], strict=False)]
    return Checked(pack, said["problems"], proofs)


def looked_over(pack: Pack) -> tuple[list[str], list[Proof]]:
    """The mistakes of a pack and what its examples say; runs it, so nobody waits for it here."""
    problems = mistakes_in(pack)
    if any("no such rule" in each or "unknown parameters" in each for each in problems):
        return problems, []
    proofs = proofs_of(pack)
    failed = [
        f"{p.case.rule}, case “{p.case.name}”: says {p.say or p.message}, not {p.case.say}"
        for p in proofs
        if not p.holds
    ]
    return problems + failed, proofs


def with_head(text: str, **head: Any) -> str:
    """The text under another title, version or day."""
    return text_of(json.loads(text) | head)


def with_rule(text: str, code: str, edit: RuleEdit) -> str:
    """The text with one rule's words, table and worked examples as somebody wrote them."""
    data = json.loads(text)
    place = next(i for i, rule in enumerate(data["rules"]) if rule["code"] == code)
    rule, rows = data["rules"][place], _named(edit.rows)
    rule |= {
        "title": edit.title,
        "severity": edit.severity,
        "citation": edit.citation,
        "confidence": edit.confidence,
        "messages": {row.say: row.message for row in rows},
    }
    rule["table"] = rule["table"] | {
        "rows": [{"when": list(r.when), "result": r.result, "say": r.say} for r in rows]
    }
    others = [case for case in data["cases"] if case["rule"] != code]
    data["cases"] = others + [_case(code, case, rows) for case in edit.cases]
    return text_of(data)


def _named(rows: Sequence[RowEdit]) -> list[RowEdit]:
    """Rows whose sentence has a name; new ones get the next free one."""
    taken = {row.say for row in rows}
    named: list[RowEdit] = []
    for row in rows:
        say, number = row.say, 1
        while not say or say in {each.say for each in named}:
            say = f"row_{number}"
            number += 1
            if say in taken:
                say = ""
        named.append(RowEdit(row.when, row.result, row.message, say))
    return named


def _case(code: str, edit: CaseEdit, rows: Sequence[RowEdit]) -> dict[str, Any]:
    result = next((row.result for row in rows if row.say == edit.say), "warn")
    facts = {key: value for key, value in asdict(edit).items() if value or key == "facts"}
    return {"rule": code, **facts, "result": result}


def with_value(text: str, name: str, edit: ValueEdit) -> str:
    """The text with one value more; the one before it ends where this begins."""
    data = json.loads(text)
    parameter = next(each for each in data["parameters"] if each["name"] == name)
    begins = edit.effective_from.isoformat()
    values = []
    for each in parameter.get("values", []):
        same = each.get("key", "") == edit.key
        if same and each["from"] == begins:
            continue
        stands = each.get("until") is None or each["until"] > begins
        ends = same and each["from"] < begins and stands
        values.append(each | {"until": begins} if ends else each)
    made = {"value": edit.value, "from": begins, "citation": edit.citation}
    made |= {"confidence": edit.confidence}
    made |= {k: v for k, v in (("key", edit.key), ("unit", edit.unit)) if v}
    parameter["values"] = [*values, made]
    return text_of(data)
