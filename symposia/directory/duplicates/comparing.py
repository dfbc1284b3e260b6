"""The process that compares people: reads a file of them, prints the pairs that may be one.

Started by `finding.py`, so that neither a page nor a worker carries the library and its memory.
"""

import argparse
import json
import logging
import sys
from pathlib import Path
from typing import Any

import duckdb
from splink import Linker
from splink.internals.duckdb.database_api import DuckDBAPI

from symposia.directory.duplicates.model import MACROS, OUTCOMES, known_weights, outcome, settings

# From so many people on, how often an outcome comes by chance is counted among themselves.
COUNTED_FROM = 2_000
_PAIRS_TO_COUNT = 500_000
_SEED = 7

PEOPLE = r"""
CREATE TABLE people AS SELECT id, words, email, phone, institution, city, region,
  profession, specialty, register, number,
  array_to_string(list_sort(words), ' ') AS name, words[1] AS first_word, words[-1] AS last_word,
  words[1][1] AS initial, nullif(split_part(email, '@', 1), '') AS mailbox
FROM (SELECT id, string_split(trim(words), ' ') AS words, nullif(email, '') AS email,
    nullif(right(regexp_replace(phone, '\D', '', 'g'), 10), '') AS phone,
    nullif(institution, '') AS institution, nullif(lower(city), '') AS city,
    nullif(lower(region), '') AS region, nullif(profession, '') AS profession,
    nullif(lower(specialty), '') AS specialty, nullif(register, '') AS register,
    nullif(number, '') AS number
  FROM read_csv(?, header = true, all_varchar = true, nullstr = '\N') WHERE trim(words) <> '')
"""


def pairs(path: Path, *, least: float, total: int, memory: str) -> list[list[Any]]:
    """Every pair that is likely enough: two ids, the probability, the outcomes."""
    logging.disable(logging.WARNING)
    database = duckdb.connect()
    database.execute(f"SET memory_limit = '{memory}'")
    database.execute(f"SET temp_directory = '{path.parent}'")
    read_people(database, path)
    (people,) = database.execute("SELECT count(*) FROM people").fetchall()[0]
    if people < 2:  # a pair
        return []
    linker = _linker(database, max(total, people))
    if people >= COUNTED_FROM:
        linker.training.estimate_u_using_random_sampling(max_pairs=_PAIRS_TO_COUNT, seed=_SEED)
    found = linker.inference.predict(threshold_match_probability=least)
    gammas = ", ".join(f"gamma_{name}" for name in OUTCOMES)
    rows = database.execute(
        f"SELECT id_l, id_r, match_probability, {gammas} FROM {found.physical_name}"  # noqa: S608
        " ORDER BY match_probability DESC, id_l, id_r"
    ).fetchall()
    return [[row[0], row[1], row[2], _words(row[3:])] for row in rows]


def read_people(database: Any, path: Path) -> None:
    """The file as a table of what is compared."""
    database.execute(MACROS)
    database.execute(PEOPLE, [str(path)])


def _linker(database: Any, total: int) -> Linker:
    api = DuckDBAPI(database)
    return Linker(api.register("people"), settings(total, known_weights()), log_level=None)


def _words(values: tuple[int, ...]) -> list[str]:
    return [f"{name}:{outcome(name, value)}" for name, value in zip(OUTCOMES, values, strict=True)]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="comparing")
    parser.add_argument("path", type=Path)
    parser.add_argument("--least", type=float, required=True)
    parser.add_argument("--total", type=int, default=0)
    parser.add_argument("--memory", default="1GB")
    given = parser.parse_args(arguments)
    found = pairs(given.path, least=given.least, total=given.total, memory=given.memory)
    for pair in found:
        sys.stdout.write(json.dumps(pair) + "\n")
    sys.stdout.write(json.dumps({"ended": True}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
