"""Checks this installation: unsafe settings, the database, its role, its tables."""

import argparse
import json
import sys
from dataclasses import asdict

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from symposia.cli.migrate import refuse_between_versions
from symposia.running.problems import CannotRun
from symposia.running.safety import Finding, all_findings

NAME = "doctor"
HELP = "check this installation and say what is unsafe"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer for a program")


def run(options: argparse.Namespace) -> int:
    findings = [*all_findings(), *_pending_migrations()]
    stopped = any(finding.stops for finding in findings) and not settings.DEMO
    if options.json:
        answer = {
            "mode": settings.MODE,
            "may_start": not stopped,
            "findings": [asdict(finding) for finding in findings],
        }
        sys.stdout.write(f"{json.dumps(answer)}\n")
        return int(stopped)
    for finding in findings:
        sys.stdout.write(f"{_weight(finding):<8} {finding.code}: {finding.sentence}\n")
    sys.stdout.write(f"{_verdict(findings, stopped=stopped)}\n")
    return int(stopped)


def _pending_migrations() -> list[Finding]:
    try:
        refuse_between_versions()
    except CannotRun as problem:
        return [Finding("between_versions", str(problem))]
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return [Finding("pending_migrations", "The tables are older than this version: migrate.")]
    return []


def _weight(finding: Finding) -> str:
    if not finding.stops:
        return "warning"
    return "listed" if settings.DEMO else "refused"


def _verdict(findings: list[Finding], *, stopped: bool) -> str:
    if stopped:
        return "Symposia does not start in production with these settings."
    if settings.DEMO:
        return "This is the demonstration: it serves this machine alone."
    return "Nothing stops the start." if findings else "Everything checked is safe."
