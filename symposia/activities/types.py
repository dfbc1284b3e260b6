"""Types of activities as data: what each asks for, by when, and what it usually looks like.

The file beside this module holds what the product ships; an organisation may edit copies.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().with_name("types.json")


@dataclass(frozen=True)
class Due:
    """Something that is owed a number of days before (less than 0) or after the activity."""

    title: str
    days: int
    role: str


@dataclass(frozen=True)
class TypeOfActivity:
    """A type with its defaults, its own questions, its milestones and its documents."""

    code: str
    title: str
    about: str
    family: str
    modes: tuple[str, ...]
    delivery: str
    minutes: int
    longest_days: int
    milestones: tuple[Due, ...]
    documents: tuple[Due, ...]
    fields: tuple[str, ...]
    is_own: bool = False

    @property
    def longest(self) -> timedelta:
        return timedelta(days=self.longest_days)


@lru_cache(maxsize=1)
def shipped_types() -> dict[str, TypeOfActivity]:
    """Every type the product knows, by its code, in the order of the file."""
    found = json.loads(FILE.read_text(encoding="utf-8"))["types"]
    return {each["code"]: _read(each) for each in found}


def enduring_types() -> list[str]:
    """The codes of the types that are offered for a while, and held at no time."""
    return [code for code, kind in shipped_types().items() if kind.family == "enduring"]


def _read(each: dict[str, object]) -> TypeOfActivity:
    given = dict(each)
    given["modes"] = tuple(each["modes"])  # type: ignore[arg-type]
    for name in ("milestones", "documents"):
        given[name] = tuple(Due(**line) for line in each[name])  # type: ignore[attr-defined]
    given["fields"] = tuple(line["title"] for line in each["fields"])  # type: ignore[attr-defined]
    return TypeOfActivity(**given)  # type: ignore[arg-type]
