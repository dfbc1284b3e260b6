"""A rule's table as the engine reads it, and what may stand in one."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Literal

import zen
from pydantic import BaseModel, ConfigDict

# Tables and expressions can be read by whoever answers for a rule; programs cannot.
READABLE_NODES = frozenset({"inputNode", "outputNode", "decisionTableNode", "expressionNode"})
ORDER = {"pass": 0, "warn": 1, "block": 2}
# The engine runs what it is given without an end of its own, and reads it by its own depth.
LONGEST = 1_000
MOST_ROWS = 500
_REPEATS = re.compile(r"\b(map|flatMap|filter|some|all|none|one|count)\s*\(")
_NAMES = re.compile(r"\b(facts|parameters|units|computed)\.([A-Za-z_]\w*)")
Problem = str


class Column(BaseModel):
    """What a column asks: a fact compared in each cell, or (without a field) a condition."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    field: str = ""


class Row(BaseModel):
    """When its cells hold (an empty cell always does), this is what the rule says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    when: tuple[str, ...]
    result: Literal["pass", "warn", "block"]
    say: str


class Table(BaseModel):
    """The first row that fits decides."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def graph_of(table: Table | None, computes: Mapping[str, str]) -> dict[str, Any]:
    """The engine's graph of a table: facts in, what is computed from them, the table, out."""
    if table is None:
        return {}
    between = [_expressions(computes)] if computes else []
    middle = [*between, _table(table, computes)]
    nodes = [_node("in", "inputNode"), *middle, _node("out", "outputNode")]
    names = [node["id"] for node in nodes]
    edges = [
        {"id": f"e{place}", "type": "edge", "sourceId": one, "targetId": two}
        for place, (one, two) in enumerate(pairwise(names))
    ]
    return {"nodes": nodes, "edges": edges}


def _node(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, **more}


def _expressions(computes: Mapping[str, str]) -> dict[str, Any]:
    lines = [{"id": n, "key": f"computed.{n}", "value": text} for n, text in computes.items()]
    content = {"passThrough": True, "expressions": lines}
    return _node("computed", "expressionNode", content=content)


def _table(table: Table, computes: Mapping[str, str]) -> dict[str, Any]:
    inputs = [
        {"id": f"i{place}", "name": column.name} | ({"field": column.field} if column.field else {})
        for place, column in enumerate(table.columns)
    ]
    named = ("result", "say", *computes)
    outputs = [{"id": f"o_{name}", "name": name, "field": name} for name in named]
    rows = [
        {
            "_id": f"r{place}",
            "o_result": f"'{row.result}'",
            "o_say": f"'{row.say}'",
            **{f"o_{name}": f"computed.{name}" for name in computes},
            **{f"i{column}": cell for column, cell in enumerate(row.when)},
        }
        for place, row in enumerate(table.rows)
    ]
    content = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rows}
    return _node("table", "decisionTableNode", content=content)


def problem_with_graph(graph: Mapping[str, Any]) -> Problem:
    """A graph holds tables and expressions alone, none of them endless."""
    nodes = graph.get("nodes")
    if not isinstance(nodes, list) or not all(isinstance(node, dict) for node in nodes):
        return "a graph is a list of nodes"
    foreign = {str(node.get("type", "")) for node in nodes} - READABLE_NODES
    if foreign:
        return f"nodes of kind {', '.join(sorted(foreign))} are refused"
    return problem_with_cost(_texts(graph))


def problem_with_work(table: Table, computes: Mapping[str, str]) -> Problem:
    """A table is looked at before the engine reads it: nothing in it is endless."""
    if len(table.rows) > MOST_ROWS:
        return f"a table has at most {MOST_ROWS} rows"
    cells = [cell for row in table.rows for cell in row.when]
    return problem_with_cost([*cells, *(each.field for each in table.columns), *computes.values()])


def problem_with_cost(texts: Iterable[str]) -> Problem:
    """What the engine would read for too long, or run for too long."""
    for text in texts:
        if len(text) > LONGEST:
            return f"“{text[:40]}…” is longer than {LONGEST} characters"
        repeats = len(_REPEATS.findall(text))
        if repeats > 1 or (repeats and ".." in text):
            return f"“{text[:40]}” repeats too much"
    return ""


def _texts(part: Any) -> Iterator[str]:
    """Every text anywhere in a graph."""
    match part:
        case str():
            yield part
        case dict():
            for each in part.values():
                yield from _texts(each)
        case list():
            for each in part:
                yield from _texts(each)


def problem_with_table(
    table: Table, computes: Mapping[str, str], messages: Mapping[str, str], severity: str
) -> Problem:
    """Each row has its cells, a sentence, a verdict the rule may give and words that parse."""
    for number, row in enumerate(table.rows, start=1):
        if problem := _problem_with_row(table, row, messages, severity):
            return f"row {number} {problem}"
    unreadable = [f"{name}: “{text}”" for name, text in computes.items() if not _parses(text)]
    return f"{unreadable[0]} cannot be read" if unreadable else ""


def _problem_with_row(
    table: Table, row: Row, messages: Mapping[str, str], severity: str
) -> Problem:
    if len(row.when) != len(table.columns):
        return f"has {len(row.when)} cells for {len(table.columns)} columns"
    if row.say not in messages:
        return f"says “{row.say}”, and no sentence has that name"
    if ORDER[row.result] > ORDER[severity]:
        return f"says {row.result}, but the rule says {severity} at most"
    for column, cell in zip(table.columns, row.when, strict=True):
        if cell and not _parses(cell, is_test=bool(column.field)):
            return f"has “{cell}”, which cannot be read"
    return ""


def problem_with_names(
    table: Table, computes: Mapping[str, str], names: tuple[Sequence[str], ...]
) -> Problem:
    """A cell reads what the rule declares and nothing else."""
    facts, uses, computed = names
    known = {
        "facts": set(facts),
        "parameters": set(uses),
        "units": set(uses),
        "computed": set(computed),
    }
    written = [column.field for column in table.columns] + list(computes.values())
    written += [cell for row in table.rows for cell in row.when]
    for group, name in (found for text in written for found in _NAMES.findall(text)):
        if name not in known[group]:
            return f"{group}.{name} is read but not declared"
    return ""


def _parses(text: str, *, is_test: bool = False) -> bool:
    if not is_test:
        return zen.validate_expression(text) is None
    try:
        zen.compile_unary_expression(text)
    except RuntimeError:
        return False
    return True
