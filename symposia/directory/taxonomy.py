"""From the code of the NUCC taxonomy to a profession and a specialty, as far as we need them."""

import csv
from functools import lru_cache
from pathlib import Path

from symposia.directory.models import Profession

_FILE = Path(__file__).parent / "taxonomy.csv"


def _read() -> dict[str, tuple[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: (Profession(row["profession"]).value, row["specialty"])
            for row in csv.DictReader(file)
        }


_KNOWN = _read()


@lru_cache(maxsize=2048)
def profession_and_specialty(code: str) -> tuple[str, str]:
    """By the longest known beginning of the code; a code nobody knows is another profession."""
    for length in range(len(code), 1, -1):
        if found := _KNOWN.get(code[:length]):
            return found
    return Profession.OTHER.value, ""
