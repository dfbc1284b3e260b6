"""Every row of a list as the database itself writes it: no row becomes an object on the way out.

The list's own query is the inner statement, so filters, order and row security are those of the
screen. Around it each cell is written as text, for CSV or for a workbook, and COPY streams the
lines.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db import DEFAULT_DB_ALIAS, connection, models

from symposia.shared.columns import Amount, Column
from symposia.shared.lists import ListOf, Rows
from symposia.shared.money import EXPONENTS
from symposia.shared.sheets import DANGEROUS
from symposia.shared.wall import WallTimeField

# Between two cells of a workbook's line; XML may not hold it.
CELL_END = b"\x1f"
_CSV = "FORMAT csv"
_LINES = "FORMAT text, DELIMITER E'\\x1f', NULL ''"
# The most a workbook's cell holds.
_LONGEST = 32_767
_PIECE = 1_000
_NUMBERS = (models.IntegerField, models.DecimalField, models.FloatField)


@dataclass(frozen=True)
class Written:
    """SQL that writes one cell as text, and what the text is: s(tring), n(umber), b(oolean),
    d(ay), m(oment)."""

    sql: str
    values: tuple[Any, ...] = ()
    kind: str = "s"


@dataclass(frozen=True)
class Copying:
    """A statement that writes every row of a list."""

    sql: str
    values: tuple[Any, ...]
    kinds: str


Writer = Callable[[str, Any], Written]


def is_copied(listed: ListOf) -> bool:
    """Whether the database can write every column; else its rows are worked out one by one."""
    return all(column.sources for column in listed.columns)


def as_csv(listed: ListOf, rows: Rows) -> Copying:
    """The lines of a CSV file, none of them a live formula."""
    return _copying(listed, rows, _for_csv, _CSV)


def as_lines(listed: ListOf, rows: Rows) -> Copying:
    """The lines that a workbook is made of: numbers and days as a spreadsheet counts them."""
    return _copying(listed, rows, _for_workbook, _LINES)


def _copying(listed: ListOf, rows: Rows, writer: Writer, form: str) -> Copying:
    names = list(dict.fromkeys(name for column in listed.columns for name in column.sources))
    compiler = rows.values_list(*names).query.get_compiler(DEFAULT_DB_ALIAS, elide_empty=False)
    inner, inner_values = compiler.as_sql()
    fields = [selected[0].output_field for selected in compiler.select]
    cells = [f"c{place}" for place in range(len(names))]
    known = dict(zip(names, zip(cells, fields, strict=True), strict=True))
    written = [_written(column, known, writer) for column in listed.columns]
    outer = ", ".join(one.sql for one in written)
    return Copying(
        f"COPY (SELECT {outer} FROM ({inner}) AS rows ({', '.join(cells)})) TO STDOUT ({form})",  # noqa: S608  # our own words
        (*(value for one in written for value in one.values), *inner_values),
        "".join(one.kind for one in written),
    )


def _written(column: Column, known: dict[str, tuple[str, Any]], writer: Writer) -> Written:
    cell, field = known[column.sources[0]]
    if isinstance(column.read, Amount):
        return _money(cell, known[column.read.currency][0])
    if choices := getattr(field, "flatchoices", None):
        return _label(cell, choices)
    return writer(cell, field)


def _money(minor: str, currency: str) -> Written:
    powers = " ".join(f"WHEN '{code}' THEN {_unit(places)}" for code, places in EXPONENTS.items())
    return Written(f"({minor} * CASE {currency} {powers} ELSE 0.01 END)::text", kind="n")


def _unit(places: int) -> str:
    return f"{10**-places:.{places}f}"


def _label(cell: str, choices: Sequence[tuple[Any, Any]]) -> Written:
    """The label of a choice in the language of whoever asks."""
    whens = "WHEN %s THEN %s " * len(choices)
    pairs = tuple(text for value, label in choices for text in (value, str(label)))
    return Written(f"CASE {cell} {whens}ELSE {_safe(f'{cell}::text')} END", pairs)


def _for_csv(cell: str, field: Any) -> Written:  # noqa: PLR0911  # one answer per type
    match field:
        case models.BooleanField():
            return Written(f"CASE {cell} WHEN true THEN 'yes' WHEN false THEN 'no' END")
        case WallTimeField():
            return Written(f"to_char({cell}, 'YYYY-MM-DD HH24:MI')")
        case models.DateTimeField():
            utc = f"{cell} AT TIME ZONE 'UTC'"
            return Written(f"to_char({utc}, 'YYYY-MM-DD HH24:MI:SS\"Z\"')")
        case models.DateField():
            return Written(f"to_char({cell}, 'YYYY-MM-DD')")
        case models.UUIDField():
            return Written(f"{cell}::text")
        case _ if isinstance(field, _NUMBERS):
            return Written(f"{cell}::text")
        case _:
            return Written(_safe(cell))


def _safe(text: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe before it."""
    codes = ", ".join(str(ord(character)) for character in DANGEROUS if character != "\0")
    return f"CASE WHEN ascii({text}) IN ({codes}) THEN '''' || {text} ELSE {text} END"


def _for_workbook(cell: str, field: Any) -> Written:  # noqa: PLR0911  # one answer per type
    match field:
        case models.BooleanField():
            return Written(f"{cell}::integer::text", kind="b")
        case WallTimeField():
            return Written(_days(cell), kind="m")
        case models.DateTimeField():
            return Written(_days(f"{cell} AT TIME ZONE 'UTC'"), kind="m")
        case models.DateField():
            return Written(f"({cell} - DATE '1899-12-30')::text", kind="d")
        case _ if isinstance(field, _NUMBERS):
            return Written(f"{cell}::text", kind="n")
        case _:
            return Written(f"left({cell}::text, {_LONGEST})")


def _days(moment: str) -> str:
    """Days since the day from which a spreadsheet counts."""
    seconds = f"extract(epoch FROM {moment} - TIMESTAMP '1899-12-30')"
    return f"({seconds} / 86400)::double precision::text"


def write_lines(copying: Copying, file: IO[bytes]) -> None:
    """Write every line at the database's speed, in this transaction; whoever reads may be slow."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '64MB'")  # for the order of many rows
        with cursor.copy(copying.sql, copying.values) as copy:
            for piece in _pieces(copy):
                file.write(piece)


def _pieces(lines: Iterator[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    for line in lines:
        held.append(line)
        if len(held) == _PIECE:
            yield b"".join(held)
            held.clear()
    yield b"".join(held)
