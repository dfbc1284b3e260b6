"""Figures from somebody's records as rows of a file: which columns there are, what a row says."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.assessment.models import MeasureLevel, Phase
from symposia.shared.sheets import unquoted
from symposia.work.imports.fields import TargetField, plain

KIND = "measures"
MOST_ROWS = 2_000
FIELDS = (
    TargetField("activity", _("Activity"), (), _("Its number, such as ACT-2026-0142.")),
    TargetField("level", _("Level"), (), _("performance or patient.")),
    TargetField("measure", _("Measure"), (), _("What is counted, in one wording always.")),
    TargetField("phase", _("When"), ("phase",), _("before or after.")),
    TargetField("numerator", _("How many"), ("numerator",), _("Those that met it.")),
    TargetField("denominator", _("Of how many"), ("denominator",), _("All that were looked at.")),
    TargetField("starts", _("From"), ("start",), _("First day, as 2026-01-31.")),
    TargetField("ends", _("To"), ("end",), _("Last day.")),
    TargetField("source", _("Source"), (), _("Whose records, such as the stroke registry.")),
    TargetField("gap", _("Gap"), (), _("Its number, if it tells about a gap.")),
)
NEEDED = {"activity", "level", "measure", "phase", "numerator", "denominator"}
NO_LEVEL, NO_PHASE, NO_COUNT, NO_DAY, NO_WORDS = ("level", "phase", "count", "day", "words")
NO_ACTIVITY, NO_GAP, THERE = ("activity", "gap", "there")
REASONS: dict[str, str | Promise] = {
    NO_LEVEL: _("The level is performance or patient"),
    NO_PHASE: _("It is from before or after"),
    NO_COUNT: _("How many is a whole number, and no more than of how many"),
    NO_DAY: _("A day is written as 2026-01-31, the first not after the last"),
    NO_WORDS: _("Measure and source are missing or too long"),
    NO_ACTIVITY: _("There is no such activity whose evaluation you work on"),
    NO_GAP: _("There is no such gap"),
    THERE: _("The same figure stands twice in this file"),
}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$")


@dataclass(frozen=True)
class MeasureWish:
    """What one row of a file says, or why nobody can know."""

    line: int
    activity: str
    measure: str
    level: str = ""
    phase: str = ""
    numerator: int = 0
    denominator: int = 0
    starts_on: date = date.min
    ends_on: date = date.min
    source: str = ""
    gap: str = ""
    problem: str = ""


def wishes_of(rows: Iterable[Sequence[str]], columns: Mapping[str, int]) -> Iterator[MeasureWish]:
    """The rows of a table as wishes, empty ones left out; the header is the first line."""
    levels, phases = _words(MeasureLevel.choices), _words(Phase.choices)
    for line, row in enumerate(rows, start=2):
        said = {
            name: unquoted(row[place].strip()) if place < len(row) else ""
            for name, place in columns.items()
        }
        if any(said.values()):
            yield _wish(line, said, levels, phases)


def _words(choices: Iterable[tuple[str, str | Promise]]) -> dict[str, str]:
    """Each code by itself, and by its label in the reader's language."""
    return {plain(str(word)): code for code, label in choices for word in (code, label)}


def _wish(
    line: int, said: Mapping[str, str], levels: Mapping[str, str], phases: Mapping[str, str]
) -> MeasureWish:
    get = said.get
    level, phase = (
        levels.get(plain(get("level", "")), ""),
        phases.get(plain(get("phase", "")), ""),
    )
    counts = [_count(get(name, "")) for name in ("numerator", "denominator")]
    days = [_day(get(name, "")) for name in ("starts", "ends")]
    measure, source = get("measure", ""), get("source", "")
    numerator, denominator = (each or 0 for each in counts)
    first, last = (each or date.min for each in days)
    wrong = (
        (not level, NO_LEVEL),
        (not phase, NO_PHASE),
        (None in counts or denominator < 1 or numerator > denominator, NO_COUNT),
        (None in days or first > last, NO_DAY),
        (not (0 < len(measure) <= 200 and 0 < len(source) <= 300), NO_WORDS),
    )
    return MeasureWish(
        line=line,
        activity=get("activity", "").upper()[:20],
        measure=measure[:200],
        level=level,
        phase=phase,
        numerator=numerator,
        denominator=denominator,
        starts_on=first,
        ends_on=last,
        source=source[:300],
        gap=get("gap", "").upper()[:20],
        problem=next((reason for holds, reason in wrong if holds), ""),
    )


def _count(text: str) -> int | None:
    whole = text.removesuffix(".0")
    return int(whole) if whole.isdecimal() and len(whole) < 10 else None


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
