"""The rules of STYLE.md that import-linter and ruff cannot see."""

import ast
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest
from django.apps import apps

from symposia.shared.tenancy import ReferenceModel

ROOT = Path(__file__).parents[2]
WRITES = {
    *("save", "create", "delete", "bulk_create", "bulk_update"),
    *("get_or_create", "update_or_create", "update"),
}
# Models of the sign-in library, which has no queries of ours.
LIBRARY = {"Authenticator.objects", "EmailAddress.objects"}
UNNAMED = {"all", "filter", "exclude", "get"}

linter = ConfigParser()
linter.read(ROOT / ".importlinter")
LAYERS = [
    name.strip().split(".")[1]
    for line in linter["importlinter:contract:contexts"]["layers"].split("\n")
    for name in line.split("|")
    if name.strip()
]
FILES = [
    path
    for path in (ROOT / "symposia").rglob("*.py")
    if not {"migrations", "node_modules"} & set(path.parts)
]
TREES = {path: ast.parse(path.read_text()) for path in FILES}


def layer(model) -> int:
    return LAYERS.index(model._meta.app_config.name.split(".")[1])


def crossing_keys() -> Iterator:
    ours = [m for m in apps.get_models() if m.__module__.startswith("symposia.")]
    for model in ours:
        for field in model._meta.get_fields():
            if (
                field.concrete
                and field.related_model in ours
                and layer(field.related_model) != layer(model)
            ):
                yield pytest.param(model, field, id=f"{model.__name__}.{field.name}")


@pytest.mark.parametrize(("model", "field"), list(crossing_keys()))
def test_a_crossing_key_points_down_and_hides_its_reverse(model, field):
    assert layer(model) < layer(field.related_model)
    assert field.remote_field.hidden, "use related_name='+'"


def test_a_context_tells_in_its_readme_what_it_announces_and_hears():
    """Whoever reads a context finds there which events come out of it and which go in."""
    untold = [
        f"{path.parent.name}: {name}"
        for path in FILES
        if path.name in {"events.py", "listeners.py"} and path.parent.name != "shared"
        for name in _announced_or_heard(path)
        if name not in (path.parent / "README.md").read_text(encoding="utf-8")
    ]

    assert untold == []


def _announced_or_heard(path: Path) -> Iterator[str]:
    for node in TREES[path].body:
        if path.name == "events.py" and isinstance(node, ast.ClassDef):
            yield node.name
        for call in getattr(node, "decorator_list", []):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "listens_to":
                yield ast.unparse(call.args[0])


def test_no_action_sets_a_state_past_its_table():
    """`move` and `move_each` take the steps; a state that is set by hand may jump."""
    by_hand = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        if path.name == "actions.py" or "actions" in path.parts
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Attribute)
        if node.attr == "state" and isinstance(node.ctx, ast.Store)
    ]

    assert by_hand == []


def test_files_and_functions_stay_small():
    large = []
    for path, tree in TREES.items():
        lines = len(path.read_text().splitlines())
        if lines > 300:
            large.append(f"{path.relative_to(ROOT)}: {lines} lines")
        large += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno > 40
        ]

    assert large == []


ACTIONS = [p for p in FILES if p.name == "actions.py" or p.parent.name == "actions"]
# The journal's own writers name their actor first; these only mark, count or follow.
WITHOUT_ACTOR = {
    "record",
    "record_each",
    "seal_installation",
    "seal_journal",
    "write_checkpoints",
    "next_numbers",
    "touch_figures",
    "note_open_points",
    "keep_for_sessions",
    "hold_standings",
    # Sums that follow from what somebody posted.
    "count_on",
    # Nothing may say who filled the box of an evaluation.
    "put_in_box",
    "write_questions",
    "note_provider_key_used",
}


def test_every_action_says_who_and_why():
    silent = []
    for path in ACTIONS:
        for node in TREES[path].body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = [a.arg for a in node.args.args + node.args.kwonlyargs]
                if "by" not in names and node.name not in WITHOUT_ACTOR:
                    silent.append(f"{path.relative_to(ROOT)} {node.name} has no actor")
                if not ast.get_docstring(node):
                    silent.append(f"{path.relative_to(ROOT)} {node.name} does not say what for")

    assert silent == []


def test_an_action_has_a_name_of_its_own():
    named = [
        node.name
        for path in ACTIONS
        for node in TREES[path].body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]

    assert sorted({name for name in named if named.count(name) > 1}) == []


def test_pages_and_routes_hand_on_what_was_seen_and_not_what_is_there():
    """A guard against overwriting compares with what the person had before them, or it is none."""
    found = [
        f"{path.relative_to(ROOT)}:{word.value.lineno} {word.arg}={ast.unparse(word.value)}"
        for path in FILES
        if {"web", "api"} & set(path.parts)
        for word in ast.walk(TREES[path])
        if isinstance(word, ast.keyword)
        and word.arg in {"seen_version", "seen_revision", "seen_hash", "seen_sha256"}
        and isinstance(word.value, ast.Attribute)
        and word.value.attr in {"version", "revision", "frozen_hash", "sha256"}
    ]

    assert found == []


def test_pages_and_routes_never_write_and_never_query_by_hand():
    found = []
    for path in FILES:
        if not {"web", "api"} & set(path.parts):
            continue
        for call in ast.walk(TREES[path]):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            source, name = ast.unparse(call.func.value), call.func.attr
            by_hand = name in UNNAMED and source.endswith(".objects") and source not in LIBRARY
            writes = name in WRITES and "objects" in source
            if by_hand or writes or (name == "save" and "form" not in source):
                found.append(f"{path.relative_to(ROOT)}:{call.lineno} {ast.unparse(call)[:80]}")

    assert found == []


def test_a_page_finds_a_row_among_those_that_its_reader_may_see():
    """By an id alone only what belongs to nobody is read; the rest is found among rows that are
    visible, or through a row that was."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("symposia.")]
    held = {m.__name__ for m in ours if not issubclass(m, ReferenceModel)}
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno} {ast.unparse(call)[:80]}"
        for path in FILES
        if {"web", "api"} & set(path.parts) and "public" not in path.parts
        for call in ast.walk(TREES[path])
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in {"get_object_or_404", "get_list_or_404"}
        and ast.unparse(call.args[0]) in held
        and {each.arg for each in call.keywords} <= {"pk", "id", "number"}
    ]

    assert found == []


def test_there_is_no_place_for_what_has_no_name():
    forbidden = {"utils", "helpers", "services", "managers", "signals", "common", "core", "misc"}

    assert [p for p in FILES if p.stem in forbidden and p.parts[-2] != "account"] == []


def test_templates_stay_small():
    large = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "symposia/web/templates").rglob("*.html")
        if len(path.read_text().splitlines()) > 120 and path.name != "style.html"
    ]

    assert large == []


# A file of ours, or data that a file of ours reads.
SCRIPTS_WITHOUT_CODE = ("src=", 'type="application/json"')


def test_nothing_is_styled_or_scripted_inline():
    bad = []
    for path in (ROOT / "symposia/web/templates").rglob("*.html"):
        text = path.read_text()
        for mark in (' style="', "<style", " onclick=", " onload=", "javascript:", "|safe"):
            if mark in text:
                bad.append(f"{path.relative_to(ROOT)}: {mark}")
        bad += [
            f"{path.relative_to(ROOT)}: inline script"
            for part in text.split("<script")[1:]
            if not any(mark in part.split(">")[0] for mark in SCRIPTS_WITHOUT_CODE)
        ]

    assert bad == []


# What the owner's migrations bring in, what the next version of a request keeps, and the public
# register, of which one line of the journal stands for a file.
WRITE_WITHOUT_ACTION = {
    *("compliance/loading.py", "credits/systems.py", "approvals/versions.py"),
    *("directory/registry/loading.py", "credits/shipped_packs.py"),
}


def test_only_actions_write_the_rows_of_a_context():
    """The kits of `work` apart, which write what every context hands them."""
    found = []
    for path in FILES:
        place = path.relative_to(ROOT / "symposia")
        if place.parts[0] in {"work", "shared", "web", "api"} or path in ACTIONS:
            continue
        if place.parts[1:2] == ("actions",) or str(place) in WRITE_WITHOUT_ACTION:
            continue
        for call in ast.walk(TREES[path]):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                source, name = ast.unparse(call.func.value), call.func.attr
                if name in WRITES and "objects" in source:
                    found.append(f"{place}:{call.lineno} {ast.unparse(call)[:80]}")

    assert found == []


def test_below_the_pages_a_day_is_that_of_an_organisation_or_a_venue():
    """`localdate` is the day of whoever reads, and in a job that of Greenwich."""
    above = {"web", "api", "cli"}
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        if path.relative_to(ROOT / "symposia").parts[0] not in above
        for node in ast.walk(TREES[path])
        if (isinstance(node, ast.Attribute) and node.attr == "localdate")
        or (isinstance(node, ast.ImportFrom) and "localdate" in {one.name for one in node.names})
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in {"date.today", "now().date"})
    ]

    assert named == []
