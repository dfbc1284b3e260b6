"""What accreditors and professions publish, as dated data: limits of words, competencies, weights.

The files beside this module hold it; a changed number is a new line with its own day.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class WordLimit:
    """How many words an accreditor's form takes for a statement, from a day on."""

    statement: str
    words: int
    body: str
    effective_from: date
    citation: str
    confidence: str

    @property
    def is_to_verify(self) -> bool:
        return self.confidence != "sourced"


@dataclass(frozen=True)
class Competency:
    """One attribute of a framework that an objective may belong to."""

    code: str
    title: str
    framework: str
    citation: str
    confidence: str


@lru_cache(maxsize=1)
def word_limits() -> tuple[WordLimit, ...]:
    """Every limit, the latest first."""
    found = [
        WordLimit(**(each | {"effective_from": date.fromisoformat(each["effective_from"])}))
        for each in _read("word_limits")["limits"]
    ]
    return tuple(sorted(found, key=lambda limit: limit.effective_from, reverse=True))


def word_limit(statement: str, on: date) -> WordLimit | None:
    """The limit of a statement on a day; nothing where no form has one."""
    fitting = (m for m in word_limits() if m.statement == statement and m.effective_from <= on)
    return next(fitting, None)


@lru_cache(maxsize=1)
def competencies() -> dict[str, Competency]:
    """Every competency of every framework, by its code, in the order of the frameworks."""
    return {
        each["code"]: Competency(
            each["code"],
            each["title"],
            framework["title"],
            framework["citation"],
            framework["confidence"],
        )
        for framework in _read("competencies")["frameworks"]
        for each in framework["competencies"]
    }


def competency_title(code: str) -> str:
    """How a competency is called; a code of a framework that is gone stays as it was kept."""
    known = competencies().get(code)
    return known.title if known else code


def competency_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Competencies as a form offers them, a group for each framework."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in competencies().values():
        groups.setdefault(each.framework, []).append((each.code, each.title))
    return list(groups.items())


@lru_cache(maxsize=1)
def starting_weights() -> dict[str, int]:
    """What each criterion counts while an organisation has not set its own weights."""
    weights: dict[str, int] = _read("priorities")["weights"]
    return weights


def words_of(text: str) -> int:
    """How many words a statement has, as the accreditors' forms count them."""
    return len(text.split())


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
