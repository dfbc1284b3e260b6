"""Writes the references that are made from the code: permissions, settings, states, tables."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

from django.apps import apps

from symposia.accounts.permissions import Permission
from symposia.accounts.role_templates import ROLE_TEMPLATES
from symposia.activities.modes import Mode
from symposia.activities.wall import Subject, level_of
from symposia.running.safety import (
    DatabaseFacts,
    Finding,
    findings_in_database,
    findings_in_settings,
)
from symposia.running.variables import GROUPS, Variable
from symposia.shared.guards import OUTSIDE, reference_models, tenant_models
from symposia.shared.states import Stateful
from symposia.web.routes import roles_with, routes

NAME = "reference"
HELP = "write docs/reference from the code, or say whether it is fresh"
NEEDS = "settings"
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say whether they are fresh")


def run(options: argparse.Namespace) -> int:
    stale = [name for name, text in documents().items() if _read(name) != text]
    if options.check:
        print("\n".join(f"{name} is stale" for name in stale) or "fresh")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(stale)} of {len(documents())} references were brought up to date")
    return 0


def documents() -> dict[str, str]:
    """Each reference as it should be now."""
    return {name: "\n".join(make()) + "\n" for name, make in _DOCUMENTS.items()}


def _read(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _permissions() -> Iterator[str]:
    yield "# Permissions"
    yield ""
    yield "Made from the code by `symposia reference`; a test says when it is stale."
    yield "Roles are rows that an organisation edits; these are the ones it starts with."
    yield ""
    yield "## Roles"
    yield ""
    for template in ROLE_TEMPLATES:
        yield f"- **{template.name}** (`{template.code}`): {template.description}"
    yield ""
    yield "## Permissions of each role"
    yield ""
    codes = [t.code for t in ROLE_TEMPLATES]
    yield "| permission | " + " | ".join(codes) + " |"
    yield "|---|" + "---|" * len(codes)
    for permission in Permission:
        marks = ["✓" if permission in t.permissions else "" for t in ROLE_TEMPLATES]
        yield f"| `{permission}` | " + " | ".join(marks) + " |"
    yield ""
    yield "## Every route and its gate"
    yield ""
    yield "| route | gate | shipped roles |"
    yield "|---|---|---|"
    for route in routes():
        roles = ", ".join(roles_with(route.permissions))
        address = route.path.replace("|", "\\|")
        yield f"| `{address}` | {route.gate} | {roles} |"


def _settings() -> Iterator[str]:
    yield "# Settings"
    yield ""
    yield "Made from the code by `symposia reference`; a test says when it is stale, or when the"
    yield "code reads a variable that is missing here."
    yield ""
    yield "An installation is told everything by its environment. A secret may also be in a file,"
    yield "named by the variable with `_FILE` behind it. What the doctor refuses stops web and"
    yield "worker in production; the demonstration lists it."
    for group in GROUPS:
        yield ""
        yield f"## {group.title}"
        yield ""
        yield "| variable | means | default | the doctor |"
        yield "|---|---|---|---|"
        yield from (_variable(one) for one in group.variables)
    yield ""
    yield "## What the doctor checks"
    yield ""
    yield "| code | it says | in production |"
    yield "|---|---|---|"
    for finding in every_finding():
        consequence = "does not start" if finding.stops else "warned of"
        yield f"| `{finding.code}` | {finding.sentence} | {consequence} |"


def _variable(one: Variable) -> str:
    name = f"`{one.name}`" + (f", `{one.name}_FILE`" if one.secret else "")
    checks = ", ".join(f"`{code}`" for code in one.findings)
    return f"| {name} | {one.means} | {one.default} | {checks} |"


def every_finding() -> list[Finding]:
    """What the doctor says where everything is unsafe that can be."""
    origin = "http://cme.example.org"
    nothing_safe = SimpleNamespace(
        **dict.fromkeys(("SECRET_KEY", "JOURNAL_KEY", "METRICS_TOKEN"), ""),
        **dict.fromkeys(("USE_TZ", "CONTENT_SECURITY_POLICY"), False),
        **dict.fromkeys(("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"), False),
        **dict.fromkeys(("ORIGIN", "CONTENT_ORIGIN"), origin),
        SESSION_COOKIE_HTTPONLY=False,
        DEBUG=True,
        ALLOWED_HOSTS=["*"],
    )
    facts = DatabaseFacts(
        superuser=True,
        bypasses_row_security=True,
        owns_tables=True,
        tables_without_row_security=("the tables without it",),
        fsync=False,
        full_page_writes=False,
        synchronous_commit=False,
        checksums=False,
        functions_not_leakproof=("the functions",),
    )
    return [*findings_in_settings(nothing_safe), *findings_in_database(facts)]


def _states() -> Iterator[str]:
    yield "# States"
    yield ""
    yield "Made from the tables of states that `move` obeys and the database enforces."
    for model in _stateful():
        yield ""
        yield f"## {model._meta.label}"
        yield ""
        yield (model.__doc__ or "").strip().splitlines()[0]
        yield ""
        yield "```mermaid"
        yield "stateDiagram-v2"
        for state, following in model.TRANSITIONS.items():
            for to in sorted(str(each) for each in following):
                yield f"    {state} --> {to}"
            if not following:
                yield f"    {state} --> [*]"
        yield "```"


def _stateful() -> list[type[Stateful]]:
    found = [m for m in apps.get_models() if issubclass(m, Stateful)]
    return sorted(found, key=lambda m: m._meta.label)


def _tables() -> Iterator[str]:
    yield "# Tables"
    yield ""
    yield "Every table belongs to one organisation, under forced row security, or has a reason."
    yield ""
    yield "| tenant table | what | grows only |"
    yield "|---|---|---|"
    for model in sorted(tenant_models(), key=lambda m: m._meta.db_table):
        what = (model.__doc__ or "").strip().splitlines()[0]
        yield f"| `{model._meta.db_table}` | {what} | {'yes' if model.APPEND_ONLY else ''} |"
    yield ""
    yield "| reference table, read-only at run time | what |"
    yield "|---|---|"
    for reference in sorted(reference_models(), key=lambda m: m._meta.db_table):
        what = (reference.__doc__ or "").strip().splitlines()[0]
        yield f"| `{reference._meta.db_table}` | {what} |"
    yield ""
    yield "| table without an organisation | reason |"
    yield "|---|---|"
    for table, reason in sorted(OUTSIDE.items()):
        yield f"| `{table}` | {reason} |"


def _wall() -> Iterator[str]:
    yield "# The wall"
    yield ""
    yield "Made from `symposia/activities/wall.py` by `symposia reference`. What each role is shown"
    yield "of an activity, by its mode: obeyed by pages, lists, files, search, the API and row"
    yield "policies. A role of an organisation's own making stands where `supporter` stands."
    for mode in Mode.values:
        yield ""
        yield f"## {mode}"
        yield ""
        yield "| role | " + " | ".join(Subject) + " |"
        yield "|---|" + "---|" * len(Subject)
        for template in ROLE_TEMPLATES:
            levels = [level_of(mode, template.code, each).name.lower() for each in Subject]
            yield f"| `{template.code}` | " + " | ".join(levels) + " |"


_DOCUMENTS: dict[str, Callable[[], Iterator[str]]] = {
    "permissions.md": _permissions,
    "settings.md": _settings,
    "states.md": _states,
    "tables.md": _tables,
    "wall.md": _wall,
}
