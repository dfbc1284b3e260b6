"""How the numbers of each register are written and checked: data with the source that says so.

A register that is not here, or has no pattern, is taken as it is written, and shown as not checked.
"""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from symposia.directory.numbers import is_npi, is_orcid, is_rpps

_DATA = Path(__file__).with_name("schemes.csv")
# Codes that are everyday words: a column called so names no register.
_EVERYDAY = frozenset({"licence", "own"})
# The checks that the data may name.
CHECKS: Mapping[str, Callable[[str], bool]] = {
    "npi": is_npi,
    "orcid": is_orcid,
    "rpps": is_rpps,
}


@dataclass(frozen=True)
class NumberScheme:
    """A register's numbers: their form, their check, and where that is written."""

    code: str
    pattern: str
    check: str
    says: str
    source: str
    # "yes" where the register knows each person by one number, whatever they do or move.
    one_each: str = ""

    @property
    def is_checked(self) -> bool:
        return bool(self.pattern or self.check)

    def holds(self, value: str) -> bool:
        """Whether a number, as it is compared, can be one of this register."""
        if self.pattern and not re.fullmatch(self.pattern, value):
            return False
        return CHECKS[self.check](value) if self.check else True


@lru_cache(maxsize=1)
def schemes() -> dict[str, NumberScheme]:
    """Every register the product knows the numbers of."""
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {row["code"]: NumberScheme(**row) for row in csv.DictReader(file)}


def scheme_named(title: str) -> str:
    """The register that the title of a column names ("NPI", "GMC no"); nothing where it names
    none, or only says that it is a number or a licence."""
    words = set(re.findall(r"[a-z]+", title.casefold()))
    named = sorted(words & (schemes().keys() - _EVERYDAY))
    return named[0] if len(named) == 1 else ""


def is_checked(code: str) -> bool:
    """Whether numbers of this register can be told from mistyped ones."""
    known = schemes().get(code)
    return known is not None and known.is_checked


def one_each() -> frozenset[str]:
    """The registers that give nobody a second number."""
    return frozenset(code for code, scheme in schemes().items() if scheme.one_each == "yes")
