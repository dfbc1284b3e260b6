"""Verifies the journals and what was exported from them: has anybody changed what happened?"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from symposia.accounts.queries import all_journals, organisation_by_slug
from symposia.audit.actions import seal_installation
from symposia.audit.checking import Checked, check_export
from symposia.audit.export_keys import public_key
from symposia.audit.verification import Report, verify_journal
from symposia.shared.tenancy import acting_in

NAME = "audit"
HELP = "verify the journals and name the first broken position; check an exported journal"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["verify", "check-export", "export-key"])
    parser.add_argument("file", nargs="?", type=Path, help="the exported journal to check")
    parser.add_argument("--key", default="", help="the public key that must have signed it")
    parser.add_argument("--organisation", metavar="SLUG", help="only this organisation's journal")
    parser.add_argument("--json", action="store_true", help="one JSON object per journal")


def run(options: argparse.Namespace) -> int:
    if options.what == "export-key":
        print(public_key())
        return 0
    if options.what == "check-export":
        return _check(options)
    return _verify(options)


def _check(options: argparse.Namespace) -> int:
    if options.file is None:
        print("Name the file: symposia audit check-export journal.zip")
        return 2
    checked = check_export(options.file, key=options.key)
    print(json.dumps(asdict(checked)) if options.json else _checked_text(checked))
    return 0 if checked.holds else 1


def _checked_text(checked: Checked) -> str:
    if not checked.holds:
        return "\n".join(["does not hold", *(f"  {fault}" for fault in checked.faults)])
    said = checked.statement
    positions = f"positions {said['first_position']} to {said['last_position']}"
    codes = "codes worked out again" if checked.with_codes else "signature and hash compared"
    return f"holds: {checked.entries} entries, {positions}, {codes}"


def _verify(options: argparse.Namespace) -> int:
    seal_installation()
    journals = all_journals()
    if options.organisation:
        found = organisation_by_slug(options.organisation)
        if found is None:
            print(f"There is no organisation called {options.organisation}.")
            return 2
        journals = [found.pk]
    reports = {}
    for organisation_id in journals:
        with acting_in(organisation_id):
            reports[str(organisation_id)] = verify_journal()
    for organisation, report in reports.items():
        print(_as_json(organisation, report) if options.json else _as_text(organisation, report))
    return 0 if all(report.holds for report in reports.values()) else 1


def _as_json(organisation: str, report: Report) -> str:
    return json.dumps({"organisation": organisation, "holds": report.holds} | asdict(report))


def _as_text(organisation: str, report: Report) -> str:
    counted = f"{report.entries} links, {report.unsealed} unsealed, {report.rows} rows compared"
    if report.first is None:
        return f"{organisation}: holds ({counted})"
    where = f" at position {report.first.position}" if report.first.position else ""
    faults = "\n".join(f"  {fault.sentence}" for fault in report.faults)
    return f"{organisation}: broken{where} ({counted})\n{faults}"
