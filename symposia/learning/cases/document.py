"""A case as its author writes it: one document, which a version freezes whole. Pure.

A document holds whatever an author has written so far, also what is not right yet: whether it may
be published, `problems.py` says. Steps, options and findings are named by short codes that stay.
"""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import Field, TypeAdapter

# The time that has passed and the points so far, which a condition may ask for beside the values.
MINUTES, POINTS = "minutes", "points"
MOST_STEPS, MOST_OPTIONS, MOST_FINDINGS, MOST_VALUES, MOST_TURNS = 60, 8, 12, 12, 3
_NO_NUL = r"^[^\x00]*$"
Code = Annotated[str, Field(pattern=r"^[a-z0-9]{0,12}$")]
Line = Annotated[str, Field(max_length=300, pattern=_NO_NUL)]
Short = Annotated[str, Field(max_length=60, pattern=_NO_NUL)]
Text = Annotated[str, Field(max_length=4000, pattern=_NO_NUL)]
Points = Annotated[int, Field(ge=-100, le=100)]
Minutes = Annotated[int, Field(ge=0, le=1440)]


class CaseAsking(models.TextChoices):
    """How a learner gets to know a finding."""

    HISTORY = "history", _("History")
    EXAMINATION = "examination", _("Examination")
    INVESTIGATION = "investigation", _("Investigation")


class CaseQuality(models.TextChoices):
    """How good a decision is."""

    RIGHT = "right", _("Right")
    POSSIBLE = "possible", _("Possible, not the best")
    WRONG = "wrong", _("Not right")


class CaseOutcome(models.TextChoices):
    """How a case ends for the patient; a step without any goes on."""

    GOOD = "good", _("Ends well")
    FAIR = "fair", _("Ends fairly")
    POOR = "poor", _("Ends badly")


class CaseCompare(models.TextChoices):
    """How a condition looks at a value of the patient."""

    BELOW = "below", _("is below")
    AT_MOST = "at_most", _("is at most")
    ABOVE = "above", _("is above")
    AT_LEAST = "at_least", _("is at least")
    IS = "is", _("is")
    IS_NOT = "is_not", _("is not")


@dataclass(frozen=True)
class PatientValue:
    """A named value of the patient: a vital sign, or a finding that decisions change."""

    code: Code
    label: Short = ""
    unit: Short = ""
    start: Short = ""
    # What is usual, where that is a number; outside of it the value stands out.
    low: Short = ""
    high: Short = ""


@dataclass(frozen=True)
class CaseFinding:
    """What can be asked for at a step: what it shows, and what it costs in points and time."""

    code: Code
    kind: CaseAsking = CaseAsking.HISTORY
    label: Line = ""
    shows: Text = ""
    # What it is worth: below zero it costs.
    points: Points = 0
    minutes: Minutes = 0


@dataclass(frozen=True)
class CaseTurn:
    """Where an option leads instead, where the patient is so."""

    value: Code
    compare: CaseCompare
    than: Short
    to: Code = ""


@dataclass(frozen=True)
class CaseEffect:
    """What a decision does to a value: `+10` and `-10` change it, anything else is its new value,
    `=-4` a number below zero."""

    value: Code
    does: Short


@dataclass(frozen=True)
class CaseOption:
    """One way to decide at a step, why it is good or not, and where that stands."""

    code: Code
    label: Line = ""
    quality: CaseQuality = CaseQuality.POSSIBLE
    points: Points = 0
    minutes: Minutes = 0
    rationale: Text = ""
    source: Line = ""
    to: Code = ""
    effects: Annotated[tuple[CaseEffect, ...], Field(max_length=MOST_VALUES)] = ()
    turns: Annotated[tuple[CaseTurn, ...], Field(max_length=MOST_TURNS)] = ()

    def effect_on(self, value: str) -> str:
        """What it does to a value; nothing where it leaves it alone."""
        return next((each.does for each in self.effects if each.value == value), "")


@dataclass(frozen=True)
class CaseStep:
    """One moment of the case: what one sees, may ask for and decides; or how it ended."""

    code: Code
    title: Line = ""
    text: Text = ""
    ending: CaseOutcome | None = None
    findings: Annotated[tuple[CaseFinding, ...], Field(max_length=MOST_FINDINGS)] = ()
    options: Annotated[tuple[CaseOption, ...], Field(max_length=MOST_OPTIONS)] = ()

    def option(self, code: str) -> CaseOption | None:
        return next((each for each in self.options if each.code == code), None)

    def finding(self, code: str) -> CaseFinding | None:
        return next((each for each in self.findings if each.code == code), None)


@dataclass(frozen=True)
class CaseDocument:
    """A whole case: the patient's values at the start, and the steps; it begins with the first."""

    values: Annotated[tuple[PatientValue, ...], Field(max_length=MOST_VALUES)] = ()
    steps: Annotated[tuple[CaseStep, ...], Field(max_length=MOST_STEPS)] = ()

    @property
    def start(self) -> CaseStep | None:
        return self.steps[0] if self.steps else None

    def step(self, code: str) -> CaseStep | None:
        return next((each for each in self.steps if each.code == code), None)

    def value(self, code: str) -> PatientValue | None:
        return next((each for each in self.values if each.code == code), None)


_ADAPTER: TypeAdapter[CaseDocument] = TypeAdapter(CaseDocument)


def document_of(kept: Any) -> CaseDocument:
    """The document as it was kept. Raises pydantic.ValidationError on anything else."""
    return _ADAPTER.validate_python(kept)


def as_kept(document: CaseDocument) -> dict[str, Any]:
    """The document as the database and files keep it."""
    kept: dict[str, Any] = _ADAPTER.dump_python(document, mode="json")
    return kept


def sha256_of(document: CaseDocument) -> str:
    """The hash of everything in a document: anything else in it is another one."""
    text = json.dumps(as_kept(document), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def number_in(text: str) -> Decimal | None:
    """The number that a text is; nothing where it is words."""
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**9 else None


def written(number: Decimal) -> str:
    """A number as one reads it: without zeros that say nothing."""
    return f"{number.normalize():f}" if number else "0"
