"""Runs the suite of ADL against the product's own server; needs the frame's settings."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from benchmarks.clients import web_server
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.statements.actions.keys import make_provider_key
from symposia.statements.models import Scope
from tests.factories.accounts import OrganisationFactory

# Tools of the earlier version hear of it, also when they name none.
BASES = {"1.0.3": "/1.0.3", "2.0.0": ""}


def run(suite: Path, versions: list[str], grep: str) -> int:
    """Run the suite by each version and print its figure; 0 when everything passed."""

    username, secret = _key()
    connection.close()
    failed = 0
    with web_server() as port:
        for version in versions:
            base = f"http://localhost:{port}/xapi{BASES[version]}"
            command = [
                *("node", "bin/console_runner.js", "-x", version, "-z"),
                *("-e", base, "-a", "-u", username, "-p", secret),
                *(("-g", grep) if grep else ()),
            ]
            told = subprocess.run(  # noqa: S603  # our own command
                command, cwd=suite, check=False, capture_output=True, text=True
            )
            summary = _summary(told.stdout)
            if summary is None:
                sys.stderr.write(told.stdout[-2000:] + told.stderr[-2000:])
                return 2
            print(json.dumps({"suite": version, **summary}), flush=True)
            failed += summary["failed"]
            _list_failures(suite)
    return int(failed > 0)


def _key() -> tuple[str, str]:
    """A throw-away organisation, and a key of it that may do everything."""

    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        key, secret = make_provider_key("Conformance", Scope.ALL, days=1, by=SYSTEM)
    return key.username, secret


def _summary(printed: str) -> dict[str, int] | None:
    """The last count that the suite printed."""
    for line in reversed(printed.splitlines()):
        if line.startswith("{") and '"passed"' in line:
            found: dict[str, int] = json.loads(line)
            return found
    return None


def _list_failures(suite: Path) -> None:
    """What its newest log says of tests that failed."""
    logs = sorted((suite / "logs").glob("*.log"), key=lambda file: file.stat().st_mtime)
    if not logs:
        return
    for title, error in _failures(json.loads(logs[-1].read_text(encoding="utf-8")).get("log")):
        print(f"  failed: {title}\n          {error}", flush=True)


def _failures(part: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
    if not part:
        return
    inner = [each for each in part.get("tests") or () if each]
    if part.get("status") == "failed" and not inner:
        said = str(part.get("error") or "").strip().splitlines()
        yield str(part.get("title")), said[0] if said else ""
    for each in inner:
        yield from _failures(each)
