"""What accreditors ask of disclosures, as dated data with its citation."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Period:
    """How far back a person looks, and how long what was said counts, from a day on."""

    look_back_months: int
    renew_after_months: int
    effective_from: date
    citation: str
    confidence: str


@lru_cache(maxsize=1)
def _data() -> Any:
    return json.loads((FOLDER / "disclosure.json").read_text(encoding="utf-8"))


def period_on(day: date) -> Period:
    """The period that counts on a day; before the first of them, the first."""
    found = sorted(
        (
            Period(**(p | {"effective_from": date.fromisoformat(p["effective_from"])}))
            for p in _data()["periods"]
        ),
        key=lambda p: p.effective_from,
    )
    return max((p for p in found if p.effective_from <= day), key=_start, default=found[0])


def _start(period: Period) -> date:
    return period.effective_from


@dataclass(frozen=True)
class Entry:
    """One line of a list, as it is worded from a day on until another, and whom it is for."""

    code: str
    title: str
    begins: date
    ends: date | None
    excludes: bool
    roles: frozenset[str]

    def counts_on(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)


@lru_cache(maxsize=4)
def _entries(name: str) -> tuple[Entry, ...]:
    """Every wording of a list: natures, exceptions, mitigations, exemptions; the oldest first."""
    found = (
        Entry(
            each["code"],
            each["title"],
            date.fromisoformat(each["from"]),
            date.fromisoformat(each["until"]) if "until" in each else None,
            each.get("excludes", False),
            frozenset(each.get("for", ())),
        )
        for each in _data()[name]
    )
    return tuple(sorted(found, key=_begins))


def _begins(entry: Entry) -> date:
    return entry.begins


def titles(name: str, *, on: date) -> list[tuple[str, str]]:
    """Codes and words of a list as they count on a day."""
    return [(each.code, each.title) for each in _entries(name) if each.counts_on(on)]


def title_of(name: str, code: str) -> str:
    """How a code was called last, for what was kept without its words."""
    return {each.code: each.title for each in _entries(name)}.get(code, code)


def citation_of(name: str) -> str:
    """Where a list comes from."""
    said: str = _data()[f"{name}_citation"]
    return said


def excluding_natures(*, on: date) -> frozenset[str]:
    """The natures that keep a person out: an owner or employee of an ineligible company."""
    counting = (each for each in _entries("natures") if each.counts_on(on))
    return frozenset(each.code for each in counting if each.excludes)


def steps_for(*, is_planner: bool, on: date) -> list[tuple[str, str]]:
    """The steps of mitigation that fit the role a person takes, as they count on a day."""
    role = "planner" if is_planner else "faculty"
    counting = (each for each in _entries("mitigations") if each.counts_on(on))
    return [(each.code, each.title) for each in counting if role in each.roles]


@dataclass(frozen=True)
class Question:
    """One question of the checklist that a reviewer answers for each content item."""

    code: str
    title: str
    may_not_apply: bool


@lru_cache(maxsize=1)
def _checklist() -> Any:
    return json.loads((FOLDER / "content_review.json").read_text(encoding="utf-8"))


def review_questions() -> list[Question]:
    """What a reviewer answers, in its order."""
    return [Question(**each) for each in _checklist()["questions"]]


def review_citation() -> str:
    """Where the checklist comes from."""
    said: str = _checklist()["citation"]
    return said


def largest_content() -> int:
    """How many bytes a file of content may have."""
    return int(_checklist()["largest_megabytes"]) * 1024 * 1024
