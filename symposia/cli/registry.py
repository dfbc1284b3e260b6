"""Loads files of a public register (NPPES) beside the directories, for every organisation here.

The file as it is disseminated (CSV or ZIP; whole, monthly or weekly), or the report of deactivated
numbers. A load that was broken off goes on where it was when the same file is given again.
"""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.utils.timezone import localdate

from symposia.directory.models import RegistryLoad
from symposia.directory.queries import registry_loads
from symposia.directory.registry.loading import load_registry
from symposia.shared.actors import Actor
from symposia.work.apart import Unreadable

NAME = "registry"
HELP = "load a file of the public register (NPPES), or say what is loaded"
NEEDS = "owner"
BY = Actor("system", None, "Command line")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["load", "status"])
    parser.add_argument("file", nargs="?", type=Path, help="CSV, ZIP, or the report as XLSX")
    parser.add_argument(
        "--as-of",
        type=date.fromisoformat,
        help="the day of the file (YYYY-MM-DD); today if left out",
    )
    parser.add_argument("--json", action="store_true", help="answer with one JSON object a file")


def run(options: argparse.Namespace) -> int:
    if options.what == "status":
        for load in registry_loads():
            _tell(load, as_json=options.json)
        return 0
    if options.file is None or not options.file.is_file():
        sys.stderr.write("Name the file: symposia registry load FILE\n")
        return 2
    try:
        told_on = options.as_of or localdate()
        load = load_registry(options.file, told_on=told_on, tell=_progress(options), by=BY)
    except Unreadable as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    _tell(load, as_json=options.json)
    return 0


def _progress(options: argparse.Namespace) -> Callable[[int], None]:
    def tell(rows: int) -> None:
        if not options.json and sys.stderr.isatty():
            sys.stderr.write(f"\r{rows:,} rows read")

    return tell


def _tell(load: RegistryLoad, *, as_json: bool) -> None:
    facts = {
        "file": load.file_name,
        "told_on": load.told_on.isoformat(),
        "rows": load.rows_done,
        "changed": load.changed,
        "rejected": load.rejected,
        "whole": load.ended_at is not None,
    }
    if as_json:
        print(json.dumps(facts))
        return
    whole = "" if load.ended_at else ", broken off"
    print(
        f"{load.file_name} of {load.told_on:%F}: {load.rows_done:,} rows, {load.changed:,} new or "
        f"changed, {load.rejected:,} rejected{whole}"
    )
