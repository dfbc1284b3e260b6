"""What the tests of imports share: rows of invented people in the published shape."""

import csv
import random
from pathlib import Path

from benchmarks import nppes_file
from symposia.directory.actions.import_files import receive_clinicians
from symposia.directory.actions.imports import (
    Reading,
    begin_check,
    check_and_import_rows,
    check_rows,
)
from symposia.shared.actors import SYSTEM


def nppes_row(number=1, **columns):
    """The same number is always the same invented person, unless columns say otherwise."""
    chance = random.Random(number)  # noqa: S311  # invented people, not secrets
    return nppes_file.row(number, chance, **columns)


def nppes_path(folder: Path, rows) -> Path:
    path = folder / "npidata_pfile.csv"
    lines = [nppes_file.line(list(nppes_file.COLUMNS)), *map(nppes_file.line, rows)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def table_path(folder: Path, *rows) -> Path:
    path = folder / "doctors.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def bring_in(organisation, path, *, meaning=None, by=SYSTEM):
    """Receive a file, check and import it; the import and its verdict."""
    made = receive_clinicians(path, name=path.name, by=by)
    if meaning:
        made.mapping = meaning.as_json()
        made.save()
    begin_check(made, by=SYSTEM)
    verdict = check_and_import_rows(Reading(organisation.pk, made.pk, path), by=SYSTEM)
    made.refresh_from_db()
    return made, verdict


def try_out(organisation, path, *, meaning=None):
    made = receive_clinicians(path, name=path.name, by=SYSTEM)
    if meaning:
        made.mapping = meaning.as_json()
        made.save()
    begin_check(made, by=SYSTEM)
    verdict = check_rows(Reading(organisation.pk, made.pk, path), by=SYSTEM)
    made.refresh_from_db()
    return made, verdict


def slow_npi(text):
    """The rule as the regulation words it: Luhn over 80840 and the ten digits."""
    digits = [int(c) for c in "80840" + text]
    for place in range(len(digits) - 2, -1, -2):
        digits[place] = sum(divmod(digits[place] * 2, 10))
    return sum(digits) % 10 == 0
