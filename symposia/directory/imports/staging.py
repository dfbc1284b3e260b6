"""The staged rows of one file: temporary tables of this connection, filled by COPY."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from symposia.directory.imports.rows import COLUMNS
from symposia.directory.models import IN_ORDER

# As the column it is compared with.
_COLLATED = {"search_text": f' COLLATE "{IN_ORDER}"'}
_TABLES = {
    "clinician_rows": "line integer NOT NULL, "
    + ", ".join(f"{name} text{_COLLATED.get(name, '')} NOT NULL" for name in COLUMNS[1:]),
    "clinician_pairs": "line integer NOT NULL, clinician_id uuid NOT NULL,"
    " adds_number boolean NOT NULL",
    "clinician_matches": "line integer NOT NULL, clinician_id uuid NOT NULL,"
    " adds_number boolean NOT NULL, changes text NOT NULL, asked text[] NOT NULL",
    "clinician_places": "line integer NOT NULL, institution_id uuid, territory_id uuid",
    "clinician_own": "line integer NOT NULL, field_id uuid NOT NULL, text text, number numeric,"
    " day date, truth boolean, several varchar[]",
}
# COPY gets pieces of about this many rows, so that neither side waits for the other.
_PIECE = 2_000


def open_staging() -> None:
    """Start with empty tables; an earlier file of this connection leaves nothing behind."""
    close_staging()
    with connection.cursor() as cursor:
        for name, columns in _TABLES.items():
            cursor.execute(f"CREATE TEMPORARY TABLE {name} ({columns})")


def close_staging() -> None:
    with connection.cursor() as cursor:
        for name in _TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")


def stage(rows: Iterable[str]) -> int:
    """Append rows; how many they were."""
    count = 0
    with connection.cursor() as cursor, cursor.copy("COPY clinician_rows FROM STDIN") as copy:
        piece: list[str] = []
        for row in rows:
            piece.append(row)
            if len(piece) == _PIECE:
                copy.write("".join(piece))
                count += _PIECE
                piece.clear()
        copy.write("".join(piece))
    return count + len(piece)


def run(statement: str, **values: Any) -> int:
    """One rule over all staged rows; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.rowcount)


def read(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def refresh_statistics(*tables: str) -> None:
    """After a load the planner has to know what came; for our own temporary tables."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {table}")
