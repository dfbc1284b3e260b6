"""What a row of a file of the past says, field by field; or which field says what nobody expects.
Pure."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from symposia.activities.models.activities import Type
from symposia.reporting.bodies.collecting import pars_words
from symposia.reporting.models import PastKind
from symposia.reporting.past.columns import COLUMNS
from symposia.shared.sheets import unquoted
from symposia.work.imports.fields import plain

_DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%d.%m.%Y")
# Longer than a column of the product keeps.
_LONGEST = {
    "old_number": 60,
    "activity_number": 60,
    "certificate_number": 60,
    "body_number": 40,
    "title": 200,
    "name": 200,
    "company": 200,
    "provider": 200,
    "joint_with": 200,
    "nature": 120,
    "mitigated_by": 300,
    "role": 80,
    "city": 120,
}
_GIFT = re.compile(r"^(?P<source>.*?)\s+(?P<amount>[\d.,]+)$")


@dataclass(frozen=True)
class Fault:
    """One field of a row that says what nobody expects."""

    field: str
    expected: str
    said: str


@dataclass(frozen=True)
class Read:
    """A row as it is read: what it says, or its first fault; where it belongs in the sums."""

    line: int
    label: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    fault: Fault | None = None
    # Of which year it is, under which heading it is summed, and how much it adds.
    year: int = 0
    heading: str = ""
    amount: Decimal = Decimal(0)


class Unexpected(Exception):
    """A field cannot be read; it says what was expected."""


@lru_cache(maxsize=1)
def _words() -> Any:
    return json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))


def reads_of(
    kind: str, rows: Iterable[Sequence[str]], columns: Mapping[str, int]
) -> Iterator[Read]:
    """The rows of a table, empty ones left out; lines count the header as the first."""
    for line, row in enumerate(rows, start=2):
        said = {
            name: unquoted(str(row[place]).strip()) if place < len(row) else ""
            for name, place in columns.items()
        }
        if any(said.values()):
            yield _read(kind, line, said)


def _read(kind: str, line: int, said: Mapping[str, str]) -> Read:
    label = (said.get("title") or said.get("name") or "")[:200]
    facts: dict[str, Any] = {}
    fault = None
    for one in COLUMNS[kind]:
        text = said.get(one.name, "")
        try:
            facts[one.name] = _value(one.name, text, is_needed=bool(one.needed))
        except Unexpected as problem:
            # The first one is said; the others are read all the same, for the sums.
            fault = fault or Fault(str(one.label), str(problem), text[:200])
            facts[one.name] = None
    fault = fault or _together(kind, facts)
    day = facts.get("starts_on") or facts.get("earned_on") or facts.get("disclosed_on")
    heading = facts.get("system") or facts.get("type") or ""
    if kind == PastKind.ACTIVITIES:
        day, heading = facts["ends_on"] or day, facts["type"] or ""
    year = day.year if day else 0
    return Read(line, label, facts, fault, year, str(heading), facts.get("amount") or Decimal(0))


def _together(kind: str, facts: Mapping[str, Any]) -> Fault | None:
    """What single fields do not say wrong and their row does."""
    starts, ends = facts.get("starts_on"), facts.get("ends_on")
    if starts and ends and ends < starts:
        return Fault(_("Last day"), _("not before the first day"), ends.isoformat())
    if kind == PastKind.DISCLOSURES and facts.get("company") and not facts.get("nature"):
        return Fault(_("Relationship"), _("which relationship with the company it was"), "")
    return None


def _value(name: str, text: str, *, is_needed: bool) -> Any:
    if not text and is_needed and name not in {"nature", "system"}:
        raise Unexpected(_("something"))
    if (longest := _LONGEST.get(name)) and len(text) > longest:
        raise Unexpected(_("at most %d signs") % longest)
    return _READERS.get(name, _text)(text)


def _text(text: str) -> str:
    return text.replace("\x00", "")


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in _DAYS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        if date(1960, 1, 1) <= found:
            return found
    raise Unexpected(_("a day since 1960, as 2026-01-31 or 01/31/2026"))


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        found = Decimal(text.replace(",", ".") if text.count(",") == 1 else text)
    except InvalidOperation as error:
        raise Unexpected(_("a number, as 1.25")) from error
    if not found.is_finite() or not 0 <= found < 100_000:
        raise Unexpected(_("a number, as 1.25"))
    return found


def _count(text: str) -> int | None:
    if not text:
        return None
    whole = text.removesuffix(".0")
    if not (whole.isdecimal() and len(whole) < 10):
        raise Unexpected(_("a whole number"))
    return int(whole)


def _type(text: str) -> str:
    word = plain(text)
    found = _words()["types"].get(word) or _types_in(get_language()).get(word)
    if found is None:
        raise Unexpected(_("a type of Symposia or PARS, as Live Course"))
    return str(found)


@lru_cache
def _types_in(_language: str | None) -> Mapping[str, str]:
    """Our own types by their codes, and by their names in the language of now."""
    by_code = {plain(each.value): each.value for each in Type}
    return by_code | {plain(str(each.label)): each.value for each in Type}


def _system(text: str) -> str:
    """The code of a credit system, as far as its words are known; the rest is asked of the table
    of systems."""
    return str(_words()["systems"].get(plain(text), text))


def _country(text: str) -> str:
    word, by_three = text.upper(), _by_three()
    if not word or (len(word) == 2 and word.isalpha()):
        return word
    if word not in by_three:
        raise Unexpected(_("a country by two or three letters, as US or USA"))
    return str(by_three[word])


@lru_cache(maxsize=1)
def _by_three() -> Mapping[str, str]:
    return {three: two for two, three in pars_words()["countries"].items()}


def _region(text: str) -> str:
    if text and not re.fullmatch(r"[A-Za-z]{2}", text):
        raise Unexpected(_("a state by its two letters"))
    return text.upper()


def _yes(text: str) -> bool | None:
    word = plain(text)
    if not word:
        return None
    if word in _words()["yes"]:
        return True
    if word in _words()["no"]:
        return False
    raise Unexpected(_("yes or no"))


def _joint(text: str) -> str:
    word = plain(text)
    if word not in {"", "direct", "joint", "directly", "jointly"}:
        raise Unexpected(_("Direct or Joint"))
    return "joint" if word.startswith("joint") else "direct"


def _changes(text: str) -> list[str]:
    words = [plain(each) for each in re.split("[,;]", text) if each.strip()]
    unknown = [word for word in words if word not in _words()["outcomes"]]
    if unknown:
        raise Unexpected(_("competence, performance or patient outcomes, commas between"))
    return list(dict.fromkeys(_words()["outcomes"][word] for word in words))


def _gifts(text: str) -> list[tuple[str, Decimal]]:
    """Who gave, and how much; without an amount it was something in kind."""
    found = []
    for each in filter(None, (part.strip() for part in text.split(";"))):
        said = _GIFT.match(each)
        amount = _number(said["amount"].replace(",", "")) if said else None
        found.append(((said["source"] if said else each)[:200], amount or Decimal(0)))
    return found


_READERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("starts_on", "ends_on", "earned_on", "disclosed_on"), _day),
    **dict.fromkeys(("physicians", "others"), _count),
    "amount": _number,
    "type": _type,
    "system": _system,
    "country": _country,
    "region": _region,
    "supported": _yes,
    "providership": _joint,
    "supporters": _gifts,
    **dict.fromkeys(("designed", "measured"), _changes),
}
