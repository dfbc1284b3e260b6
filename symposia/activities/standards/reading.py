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


def titles(name: str) -> list[tuple[str, str]]:
    """Codes and words of a list: natures, exceptions, mitigations, exemptions."""
    return [(each["code"], str(each["title"])) for each in _data()[name]]


def title_of(name: str, code: str) -> str:
    """How a code is called; one of a list that is gone stays as it was kept."""
    return dict(titles(name)).get(code, code)


def citation_of(name: str) -> str:
    """Where a list comes from."""
    said: str = _data()[f"{name}_citation"]
    return said


def excluding_natures() -> frozenset[str]:
    """The natures that keep a person out: an owner or employee of an ineligible company."""
    return frozenset(each["code"] for each in _data()["natures"] if each["excludes"])


def steps_for(*, is_planner: bool) -> list[tuple[str, str]]:
    """The steps of mitigation that fit the role a person takes."""
    role = "planner" if is_planner else "faculty"
    fitting = [each["code"] for each in _data()["mitigations"] if role in each["for"]]
    return [(code, title) for code, title in titles("mitigations") if code in fitting]


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
