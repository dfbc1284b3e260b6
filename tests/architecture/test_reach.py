"""A right may hold for a part of the directory: who changes somebody asks if it reaches them."""

import ast

from tests.architecture.test_boundaries import FILES, ROOT, TREES

FINDS = {"clinician_or_404"}
# These show a person, or note what the person or a colleague asks for; a second person decides.
LOOKING = {"VIEW_DIRECTORY", "_SEES"}


def gate_of(function):
    """What a view asks for, as it is written."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "requires":
            return ast.unparse(decorator.args[0]).rpartition(".")[2]
    return ""


def finding(function):
    """The calls of a view that find one person, and by which right."""
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in FINDS:
            by = ast.unparse(call.args[2]).rpartition(".")[2] if len(call.args) > 2 else ""
            yield by, call.lineno


def views():
    for path in FILES:
        for function in TREES[path].body:
            if isinstance(function, ast.FunctionDef) and (gate := gate_of(function)):
                yield path.relative_to(ROOT), function, gate


def test_a_view_finds_a_person_by_the_right_that_opens_it():
    found = [
        (f"{path}:{line}", gate, by)
        for path, function, gate in views()
        for by, line in finding(function)
    ]

    assert len(found) > 15
    assert [one for one in found if one[1] not in LOOKING and one[1] != one[2]] == []
