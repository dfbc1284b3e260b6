"""The NPPES dissemination file as it is published: 330 quoted columns, read a line at a time.

A line without escaped quotes is cut at its separators, which is several times faster than a
reader of CSV; every other line goes through that reader.
"""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from pathlib import Path

from symposia.directory.import_words import Reason
from symposia.directory.imports.rows import SEARCHED, Row, checked, staged
from symposia.directory.models import Scheme
from symposia.directory.numbers import is_npi
from symposia.directory.spelling import in_small_letters, search_form
from symposia.directory.taxonomy import profession_and_specialty

COLUMNS = tuple(
    (Path(__file__).parent.parent / "nppes_columns.txt").read_text(encoding="utf-8").splitlines()
)
NPI, ENTITY, LAST, FIRST, MIDDLE, SUFFIX, CREDENTIAL = 0, 1, 5, 6, 7, 9, 10
CITY, STATE, COUNTRY, PHONE = 30, 31, 33, 34
DEACTIVATED, REACTIVATED = 39, 40
TAXONOMY, PRIMARY, TAXONOMIES, TAXONOMY_WIDTH = 47, 50, 15, 4
# Everything we read stands before this column; what follows it is not cut.
READ = TAXONOMY + TAXONOMIES * TAXONOMY_WIDTH
# Nearly every row marks its first taxonomy as the primary one: then what follows is not cut either.
MOSTLY_READ = PRIMARY + 1
ORGANISATION = "2"
_CUT = '","'
_SCHEME = Scheme.NPI.value
_NOTHING_MORE = ("",) * (len(Row._fields) - 6)


def is_nppes(header: Sequence[str]) -> bool:
    """Whether these are the columns of the published file (later ones may be added at its end)."""
    return tuple(header[:READ]) == COLUMNS[:READ]


def staged_rows(lines: Iterator[str], columns: int) -> Iterator[str]:
    """The rows after the header, each as COPY reads it."""
    cuts = columns - 1
    for number, line in enumerate(lines, start=2):
        if line.count(_CUT) == cuts and _is_plain(line):
            fields = line[1:].split(_CUT, MOSTLY_READ)
            if fields[PRIMARY] != "Y":
                fields = line[1:].split(_CUT, READ)
            made = "\t".join(_values(number, fields))
            if '"' not in made and len(made) < 400:
                yield f"{made}\n"
                continue
        yield _with_care(number, line, lines, columns)


def _is_plain(line: str) -> bool:
    """Nothing to unquote or to escape, and nothing that goes on in the next line."""
    return line[0] == '"' and line[-2:] == '"\n' and "\\" not in line and "\t" not in line


def _with_care(number: int, line: str, lines: Iterator[str], columns: int) -> str:
    fields = next(csv.reader(chain([line], lines)), [])
    if len(fields) != columns:
        return staged(Row(number, Reason.WRONG_COLUMNS, number="".join(fields[:1])[:40]))
    return staged(checked(Row(number, *_values(number, fields)[1:])))


def _values(number: int, fields: Sequence[str]) -> tuple[str, ...]:
    """The values of a `Row`, in its order."""
    npi = fields[NPI]
    if fields[ENTITY] == ORGANISATION:
        return (str(number), Reason.ORGANISATION.value, _SCHEME, "", npi, "", *_NOTHING_MORE)
    name = " ".join(f"{fields[FIRST]} {fields[MIDDLE]} {fields[LAST]}".split())
    suffix = fields[SUFFIX]
    full_name = f"{name} {suffix}" if suffix else name
    off, on = fields[DEACTIVATED], fields[REACTIVATED]
    profession, specialty = profession_and_specialty(_primary_taxonomy(fields))
    return (
        str(number),
        _problem(fields),
        *(_SCHEME, "", npi, ""),
        full_name,
        _readable(name, suffix) if name.isupper() else "",
        search_form(full_name)[:SEARCHED],
        fields[CREDENTIAL],
        *(profession, specialty),
        *("", fields[PHONE], ""),
        _title(fields[CITY]),
        fields[STATE],
        fields[COUNTRY] or "US",
        *("", ""),
        day_of(off) if off and not on else "",
        day_of(on) if on else "",
        "",
    )


def _problem(fields: Sequence[str]) -> str:
    if not is_npi(fields[NPI]):
        return Reason.BAD_NUMBER
    off, on = fields[DEACTIVATED], fields[REACTIVATED]
    if any(date and not day_of(date) for date in (off, on)):
        return Reason.BAD_DATE
    return "" if fields[LAST].strip() or (off and not on) else Reason.NO_NAME


def _primary_taxonomy(fields: Sequence[str]) -> str:
    """The one marked as primary, else the first."""
    if fields[PRIMARY] != "Y":
        for place in range(TAXONOMIES):
            if fields[PRIMARY + place * TAXONOMY_WIDTH] == "Y":
                return fields[TAXONOMY + place * TAXONOMY_WIDTH]
    return fields[TAXONOMY]


def _readable(name: str, suffix: str) -> str:
    """The published capitals as people write them; numerals after a name stay."""
    written = in_small_letters(name)
    return f"{written} {suffix}" if suffix else written


@lru_cache(maxsize=65536)
def _title(city: str) -> str:
    return in_small_letters(city) if city.isupper() else city


@lru_cache(maxsize=4096)
def day_of(text: str) -> str:
    """MM/DD/YYYY as ISO has it; empty when it is not a date."""
    try:
        return datetime.strptime(text, "%m/%d/%Y").date().isoformat()  # noqa: DTZ007  # a date alone
    except ValueError:
        return ""
