"""Imports clinicians from the NPPES dissemination file (CSV or its ZIP) or a CSV/XLSX file.

Columns of other files are recognised by their names, or mean what the last file like it meant;
whose the numbers are comes from the title of their column or from --numbers.
Exit code 1 when the file cannot be read, its columns are not understood, or no row is good.
"""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from symposia.accounts.models import Organisation
from symposia.directory.actions.import_files import map_columns, receive_clinicians
from symposia.directory.actions.imports import (
    Reading,
    begin_check,
    check_and_import_rows,
    check_rows,
)
from symposia.directory.import_words import REASONS
from symposia.directory.imports.load import Verdict
from symposia.directory.imports.table import meaning_of
from symposia.directory.models import OwnOf, Profession, Scheme
from symposia.directory.own_queries import own_fields_of
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from symposia.work.apart import Unreadable
from symposia.work.models import Import

NAME = "import-doctors"
HELP = "import clinicians from the NPPES file or a table of your own"
BY = Actor("system", None, "Command line")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV, XLSX, or the published ZIP")
    parser.add_argument("--organisation", required=True, metavar="SLUG", help="whose directory")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen, change nothing"
    )
    parser.add_argument(
        "--numbers", choices=Scheme.values, help="whose the numbers of an own table are"
    )
    parser.add_argument(
        "--profession", choices=Profession.values, help="of rows of an own table that say none"
    )
    parser.add_argument("--json", action="store_true", help="answer with one JSON object")


def run(options: argparse.Namespace) -> int:
    organisation = Organisation.objects.filter(slug=options.organisation).first()
    if organisation is None:
        return _fail(f"There is no organisation {options.organisation!r}.", options)
    if not options.file.is_file():
        return _fail(f"There is no file {options.file}.", options)
    try:
        made, verdict = _read(organisation, options)
    except (Refused, Unreadable) as no:
        return _fail(str(no), options)
    if made.problem:
        return _fail(made.problem, options)
    _tell(made, verdict, options)
    return 0 if verdict.new or verdict.changed or verdict.unchanged else 1


def _read(organisation: Organisation, options: argparse.Namespace) -> tuple[Import, Verdict]:
    with acting_in(organisation.pk):
        own = own_fields_of(OwnOf.CLINICIAN)
        made = receive_clinicians(options.file, name=options.file.name, by=BY, own=own)
        made = begin_check(_meant(made, options), by=BY)
    read = check_rows if options.dry_run else check_and_import_rows
    reading = Reading(organisation.pk, made.pk, options.file, _progress(options))
    verdict = read(reading, by=BY)
    with acting_in(organisation.pk):
        made.refresh_from_db()
    return made, verdict


def _meant(made: Import, options: argparse.Namespace) -> Import:
    """What the columns of an own table mean, with what the command line adds."""
    meaning = meaning_of(made.mapping)
    if meaning is None or not (options.numbers or options.profession):
        return made
    scheme = options.numbers or meaning.scheme
    profession = options.profession or meaning.profession
    return map_columns(made, replace(meaning, scheme=scheme, profession=profession), by=BY)


def _progress(options: argparse.Namespace) -> Any:
    def tell(rows: int) -> None:
        if not options.json and sys.stderr.isatty():
            sys.stderr.write(f"\r{rows:,} rows read")

    return tell


def _tell(made: Import, verdict: Verdict, options: argparse.Namespace) -> None:
    if options.json:
        facts = {"import": str(made.pk), "state": made.state, "sha256": made.sha256}
        print(json.dumps({**facts, "dry_run": options.dry_run, **verdict.as_json()}))
        return
    verb = "would be" if options.dry_run else "were"
    print(
        f"{verdict.rows:,} rows: {verdict.new:,} {verb} added, {verdict.changed:,} changed, "
        f"{verdict.unchanged:,} are unchanged, {verdict.rejected:,} rejected, "
        f"{verdict.skipped:,} skipped"
    )
    for reason, count in sorted(verdict.reasons.items()):
        print(f"  {count:,} x {REASONS[reason]}")


def _fail(problem: str, options: argparse.Namespace) -> int:
    if options.json:
        print(json.dumps({"problem": problem}))
    else:
        sys.stderr.write(f"{problem}\n")
    return 1
