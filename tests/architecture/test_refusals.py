"""What the product says no with: the API answers with these codes, so each has one meaning."""

import ast
from collections import defaultdict

from tests.architecture.test_boundaries import FILES, ROOT, TREES


def objections():
    """Code, sentence and place of every objection that is written down."""
    for path in FILES:
        for call in ast.walk(TREES[path]):
            if (
                isinstance(call, ast.Call)
                and ast.unparse(call.func) == "Objection"
                and isinstance(call.args[0], ast.Constant)
            ):
                where = f"{path.relative_to(ROOT)}:{call.lineno}"
                yield call.args[0].value, ast.unparse(call.args[1]), where


def test_a_code_of_a_refusal_means_one_thing():
    places = defaultdict(list)
    for code, _sentence, where in objections():
        places[code].append(where)

    assert {code: found for code, found in places.items() if len(found) > 1} == {}
    assert len(places) > 300


# What a route says of its answers stands in the schema that it makes.
WITHOUT_CONTEXT = {"api"}


def test_a_rule_an_event_and_a_state_say_what_they_are():
    silent = [
        f"{path.relative_to(ROOT)} {node.name}"
        for path in FILES
        if path.relative_to(ROOT).parts[1] not in WITHOUT_CONTEXT and path.name != "apps.py"
        for node in TREES[path].body
        if (isinstance(node, ast.FunctionDef) and node.name.startswith("objection_to"))
        or (isinstance(node, ast.ClassDef) and not node.name.endswith("QuerySet"))
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []
