"""A file of the public register into this installation: in pieces, each in a transaction of its
own, so that a load that was broken off goes on where it was.

Two files are understood: NPPES as it is disseminated (whole, monthly or weekly), and its report of
deactivated numbers. Who is not in a file stays as the last file said.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.audit.actions import record
from symposia.directory.import_words import Reason
from symposia.directory.imports import nppes
from symposia.directory.imports.load import CHUNK
from symposia.directory.imports.rows import Row, staged
from symposia.directory.imports.staging import close_staging, open_staging, read, run, stage
from symposia.directory.models import RegistryLoad, Scheme
from symposia.directory.numbers import is_npi
from symposia.shared.actors import Actor
from symposia.shared.tenancy import INSTALLATION, acting_in
from symposia.work.apart import Unreadable
from symposia.work.imports.kept import sha256_of
from symposia.work.imports.shapes import Shape, shape_of, table_rows, text_lines

UPSERT = """
INSERT INTO directory_registryentry AS known (number, full_name, display_name, profession,
  credential, specialty, phone, city, region, country, deactivated_on, told_on, search_text)
SELECT DISTINCT ON (r.number) r.number, r.full_name, r.display_name, r.profession, r.credential,
  r.specialty, r.phone, r.city, r.region, r.country, nullif(r.deactivated_on, '')::date,
  %(told_on)s::date, r.search_text
  FROM clinician_rows r WHERE r.problem = '' ORDER BY r.number, r.line DESC
ON CONFLICT (number) DO UPDATE SET
  full_name = coalesce(nullif(excluded.full_name, ''), known.full_name),
  display_name = CASE WHEN excluded.full_name = '' THEN known.display_name
    ELSE excluded.display_name END,
  search_text = CASE WHEN excluded.full_name = '' THEN known.search_text
    ELSE excluded.search_text END,
  profession = coalesce(nullif(excluded.profession, ''), known.profession),
  credential = CASE WHEN excluded.full_name = '' THEN known.credential
    ELSE excluded.credential END,
  specialty = coalesce(nullif(excluded.specialty, ''), known.specialty),
  phone = coalesce(nullif(excluded.phone, ''), known.phone),
  city = coalesce(nullif(excluded.city, ''), known.city),
  region = coalesce(nullif(excluded.region, ''), known.region),
  country = coalesce(nullif(excluded.country, ''), known.country),
  deactivated_on = excluded.deactivated_on,
  told_on = excluded.told_on
WHERE known.told_on <= excluded.told_on
"""
REJECTED = "SELECT count(*) FROM clinician_rows WHERE problem NOT IN ('', 'organisation')"
_NUMBER, _DAY = "npi", "deactivation date"


def load_registry(
    path: Path, *, told_on: date, tell: Callable[[int], None], by: Actor
) -> RegistryLoad:
    """Read a file of the register; the same file again goes on where it was broken off. One line of
    the installation's journal stands for the file.

    Raises Unreadable in words where it is neither of the two files.
    """
    shape = shape_of(path)
    sha256 = sha256_of(path)
    unfinished = RegistryLoad.objects.filter(sha256=sha256, ended_at=None)
    load = unfinished.order_by("-begun_at").first()
    if load is None:
        load = RegistryLoad(file_name=path.name[:200], sha256=sha256, told_on=told_on)
    with _rows(path, shape) as rows:
        load.save()
        more = bool(list(islice(rows, load.rows_done))) or load.rows_done == 0
        while more:
            count = _take_piece(load, rows)
            tell(load.rows_done)
            more = count == CHUNK
    load.ended_at = now()
    with acting_in(INSTALLATION):
        load.save(update_fields=["ended_at"])
        record(by, "register.loaded", details=_counts(load))
    return load


def _counts(load: RegistryLoad) -> dict[str, str | int]:
    return {
        "file": load.file_name,
        "sha256": load.sha256,
        "told_on": load.told_on.isoformat(),
        "rows": load.rows_done,
        "changed": load.changed,
        "rejected": load.rejected,
    }


@transaction.atomic
def _take_piece(load: RegistryLoad, rows: Iterator[str]) -> int:
    open_staging()
    count = stage(islice(rows, CHUNK))
    load.changed += run(UPSERT, told_on=load.told_on)
    load.rejected += read(REJECTED)[0][0]
    load.rows_done += count
    load.save(update_fields=["changed", "rejected", "rows_done"])
    close_staging()
    return count


@contextmanager
def _rows(path: Path, shape: Shape) -> Iterator[Iterator[str]]:
    if nppes.is_nppes(shape.header):
        with text_lines(path, shape) as lines:
            yield nppes.staged_rows(lines, len(shape.header))
        return
    names = [name.casefold() for name in shape.header]
    day = next((name for name in names if _DAY in name), "")
    if _NUMBER not in names or not day:
        raise Unreadable(
            _("This is neither the NPPES file as published nor its report of deactivated numbers.")
        )
    places = names.index(_NUMBER), names.index(day)
    with table_rows(path, shape) as rows:
        yield _deactivated(rows, *places)


def _deactivated(rows: Iterator[list[str]], number_at: int, day_at: int) -> Iterator[str]:
    for line, cells in enumerate(rows, start=2):
        number = cells[number_at].strip() if number_at < len(cells) else ""
        day = _day(cells[day_at]) if day_at < len(cells) else ""
        problem = "" if is_npi(number) and day else Reason.BAD_NUMBER.value
        row = Row(line, problem, Scheme.NPI.value, number=number[:40], deactivated_on=day)
        yield staged(row)


def _day(text: str) -> str:
    """A day as the report writes it (MM/DD/YYYY), or as a workbook gives it."""
    plain = text.strip()[:10]
    try:
        found = parse_date(plain)
    except ValueError:
        return ""
    return found.isoformat() if found else nppes.day_of(plain)
