"""`python -m benchmarks.dedupe_weights`: learn anew what each outcome of a comparison is worth.

From labelled people of a seed of their own, so that the benchmark measures on others. Writes
`symposia/directory/duplicates/model.json`.
"""

import csv
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
from splink import Linker
from splink.internals.duckdb.database_api import DuckDBAPI

from benchmarks.noisy_people import Noted, noisy_people
from symposia.directory.duplicates.comparing import read_people
from symposia.directory.duplicates.model import OUTCOMES, WEIGHTS, settings
from symposia.directory.spelling import search_form

PEOPLE_LEARNED_FROM = 10_000
SEED = 1
COLUMNS = (
    *("id", "words", "email", "phone", "institution", "city", "region"),
    *("profession", "specialty", "register", "number"),
)
# An outcome that the lesson never showed is rare, not impossible: lists are worse than lessons.
LEAST = {"m": 0.01, "u": 0.000002}


def row(place: int, one: Noted) -> list[Any]:
    """A person as the process that compares reads them."""
    return [
        f"{place:08d}",
        *(search_form(one.name), one.email, one.phone, f"H{one.hospital}", one.city, one.region),
        *(one.profession, one.specialty, "npi" if one.number else "", one.number),
    ]


def write(path: Path, people: Iterable[Noted]) -> None:
    """The file of the process that compares."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(COLUMNS)
        lines.writerows(row(place, one) for place, one in enumerate(people))


def learn() -> dict[str, dict[str, list[float]]]:
    """How often each outcome comes of one person, and of two."""
    people = noisy_people(PEOPLE_LEARNED_FROM, seed=SEED)
    database = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "people.csv", people)
        read_people(database, Path(folder) / "people.csv")
    database.execute("CREATE TABLE who (id VARCHAR, person INTEGER)")
    who = [f"('{place:08d}', {one.person})" for place, one in enumerate(people)]
    database.execute(f"INSERT INTO who VALUES {', '.join(who)}")  # noqa: S608  # our own numbers
    database.execute("CREATE TABLE labelled AS SELECT * FROM people JOIN who USING (id)")
    linker = Linker(DuckDBAPI(database).register("labelled"), settings(len(people), {}))
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=SEED)
    linker.training.estimate_m_from_label_column("person")
    learned = linker.misc.save_model_to_json()
    return dict(_weights(learned["comparisons"]))


def _weights(comparisons: list[dict[str, Any]]) -> Iterable[tuple[str, dict[str, list[float]]]]:
    for each in comparisons:
        levels = [level for level in each["comparison_levels"] if not level.get("is_null_level")]
        yield (
            each["output_column_name"],
            {
                side: [
                    round(max(level.get(f"{side}_probability") or 0, LEAST[side]), 6)
                    for level in levels
                ]
                for side in ("m", "u")
            },
        )


def main() -> int:
    learned: dict[str, Any] = {
        "_": f"benchmarks/dedupe_weights.py, {PEOPLE_LEARNED_FROM} invented people, seed {SEED}"
    }
    learned |= {name: weights for name, weights in learn().items() if name in OUTCOMES}
    WEIGHTS.write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
