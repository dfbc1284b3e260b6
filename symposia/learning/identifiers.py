"""What in a text could tell who a patient is: found by its form, named with its place.

The forms are data with their source (`identifiers.json`). This finds what looks like an identifier,
not everything that is one, and the author answers each; what a text says of a rare illness or a
small place no form finds. In a reference, dates, numbers and names belong to the paper.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).resolve().with_name("identifiers.json")
# How many characters are shown on either side of what was found.
AROUND = 40
REMOVED = "[…]"


class IdentifierKind(TextChoices):
    """What something in a text looks like."""

    EMAIL = "email", _("E-mail address")
    BIRTH = "birth", _("Date of birth")
    DATE = "date", _("Date with its day")
    AADHAAR = "aadhaar", _("Number like an Aadhaar number")
    NPI = "npi", _("Number like an NPI")
    SOCIAL = "social", _("Number like a social security number")
    RECORD = "record", _("Record number")
    PHONE = "phone", _("Phone number")
    NUMBER = "number", _("Long number")
    NAME = "name", _("Name after a title")
    AGE = "age", _("Age above what may be told")


K = IdentifierKind
# What a citation is made of, and no patient.
_OF_A_PAPER = frozenset({K.DATE, K.NUMBER, K.NAME, K.NPI})


@dataclass(frozen=True)
class Finding:
    """Something that looks like an identifier: what, in which field, where, between which words."""

    kind: IdentifierKind
    field: str
    start: int
    quoted: str
    before: str
    after: str
    line: int

    @property
    def end(self) -> int:
        return self.start + len(self.quoted)

    @property
    def key(self) -> tuple[str, str, str]:
        """The same thing found again in the same field is answered once."""
        return (str(self.kind), self.field, self.quoted)


@lru_cache(maxsize=1)
def _data() -> Any:
    return json.loads(FILE.read_text(encoding="utf-8"))


def source_of_forms() -> str:
    """Where the forms come from."""
    said: str = _data()["citation"]
    return said


def oldest_age() -> int:
    """The highest age that may be told, in years."""
    said: int = _data()["oldest_age"]
    return said


def findings_in(texts: Mapping[str, str], *, of_papers: Iterable[str] = ()) -> list[Finding]:
    """Everything in the fields that looks like an identifier, in the order of reading; what
    stands within something that was found before is part of it."""
    papers = frozenset(of_papers)
    return [
        each
        for field, text in texts.items()
        for each in _in_field(field, text, _OF_A_PAPER if field in papers else frozenset())
    ]


def _in_field(field: str, text: str, left_out: frozenset[IdentifierKind]) -> list[Finding]:
    found: list[Finding] = []
    for kind, pattern, check in _forms():
        for match in pattern.finditer(text) if kind not in left_out else ():
            start, end = match.span("it")
            taken = any(each.start < end and start < each.end for each in found)
            if not taken and check(match["it"]):
                found.append(_finding(kind, field, text, start, end))
    return sorted(found, key=lambda each: each.start)


def _finding(kind: IdentifierKind, field: str, text: str, start: int, end: int) -> Finding:
    return Finding(
        kind,
        field,
        start,
        text[start:end],
        text[max(0, start - AROUND) : start],
        text[end : end + AROUND],
        text.count("\n", 0, start) + 1,
    )


def without(text: str, quoted: str) -> str:
    """A text from which something is taken out, with a mark where it stood."""
    return text.replace(quoted, REMOVED) if quoted else text


Form = tuple[IdentifierKind, "re.Pattern[str]", Callable[[str], bool]]


@lru_cache(maxsize=1)
def _forms() -> tuple[Form, ...]:
    """The forms, the more telling ones first."""
    dated = _dates()
    titles = "|".join(_data()["titles"])
    labels = "|".join(_data()["labels"])
    return (
        (K.EMAIL, _p(r"(?P<it>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+)"), _any),
        (
            K.BIRTH,
            _p(rf"\b(?P<it>(?:d\.?o\.?b\.?|born(?: on)?|date of birth)[\s:]{{0,3}}(?:{dated}))"),
            _any,
        ),
        (K.DATE, _p(rf"(?<![\w/.-])(?P<it>{dated})(?![\w/-])"), _is_no_fraction),
        (K.AADHAAR, _p(r"(?<!\d)(?P<it>[2-9]\d{3}[ -]?\d{4}[ -]?\d{4})(?!\d)"), _any),
        (K.SOCIAL, _p(r"(?<![\d-])(?P<it>\d{3}-\d{2}-\d{4})(?![\d-])"), _any),
        (
            K.RECORD,
            _p(
                rf"\b(?P<it>(?:{labels})(?: ?(?:no|nr|id|number|#))?[.:# ]{{0,3}}"
                r"(?=[a-z/-]{0,6}\d)[a-z0-9/-]{4,20})\b"
            ),
            _has_four_digits,
        ),
        (K.NPI, _p(r"(?<!\d)(?P<it>[12]\d{9})(?!\d)"), _is_npi),
        (
            K.PHONE,
            _p(r"(?<![\w.])(?P<it>\+?\(?\d{1,4}\)?(?:[ .-]?\(?\d{2,5}\)?){1,4})(?![\w])"),
            _is_phone,
        ),
        (K.NUMBER, _p(r"(?<![\w.,])(?P<it>\d{6,20})(?![\w])"), _any),
        (
            K.NAME,
            re.compile(
                rf"\b(?P<it>(?:{titles})\.?[ \u00a0](?:[A-Z]\.? ){{0,2}}"
                r"[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){0,2})"
            ),
            _any,
        ),
        (K.AGE, _p(r"(?<![\w.])(?P<it>\d{2,3}[ -]?(?:years?|yrs?|y/?o)\b)"), _is_too_old),
        (K.AGE, _p(r"\b(?P<it>aged? (?:of )?\d{2,3})(?![\d.])"), _is_too_old),
    )


def _p(pattern: str) -> "re.Pattern[str]":
    return re.compile(pattern, re.IGNORECASE)


def _dates() -> str:
    """Dates with their day: in figures, and with the month in words."""
    months = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _data()["months"])
    day, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:,? ?(?:19|20)\d{2})?"
    return "|".join(
        (
            r"(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}",
            r"\d{1,2}[-/.]\d{1,2}[-/.](?:(?:19|20)\d{2}|\d{2})",
            rf"{day}(?: of)?[ -](?:{months})\.?(?![a-z])(?:[ ,-]{{0,2}}(?:19|20)\d{{2}})?",
            rf"(?:{months})\.? {day}(?!\d){year}",
        )
    )


def _any(_quoted: str) -> bool:
    return True


def _digits(quoted: str) -> str:
    return "".join(each for each in quoted if each.isdigit())


def _is_no_fraction(quoted: str) -> bool:
    """Figures are a date where they are a day of some month; `1.2.30` may be a version."""
    numbers = [int(each) for each in re.findall(r"\d+", quoted)]
    if not re.fullmatch(r"[\d/.-]+", quoted):
        return 1 <= numbers[0] <= 31 or len(numbers) > 1
    return any(_is_day(order) for order in _orders(numbers))


def _orders(numbers: list[int]) -> Iterator[tuple[int, int, int]]:
    first, second, third = numbers
    yield first, second, third
    yield 2000 + third % 100, second, first
    yield 2000 + third % 100, first, second


def _is_day(order: tuple[int, int, int]) -> bool:
    try:
        date(*order)
    except ValueError:
        return False
    return True


def _has_four_digits(quoted: str) -> bool:
    return len(_digits(quoted)) >= 4


def _is_phone(quoted: str) -> bool:
    """Ten digits and more, or a plus before eight."""
    least = 8 if quoted.startswith("+") else 10
    return least <= len(_digits(quoted)) <= 15


def _is_npi(quoted: str) -> bool:
    """Ten digits whose check digit is right after the prefix 80840 (Luhn)."""
    total = 0
    for place, each in enumerate(reversed("80840" + quoted)):
        doubled = int(each) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _is_too_old(quoted: str) -> bool:
    return int(_digits(quoted)) > oldest_age()
