"""A file of the user's own: which columns may mean what, and what each row then says."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from symposia.directory.import_words import Reason, own_detail
from symposia.directory.imports.rows import SEARCHED, Row, checked, staged
from symposia.directory.models import OwnField, Profession, Scheme
from symposia.directory.numbers import is_npi
from symposia.directory.own_queries import own_names
from symposia.directory.owning import plain_own, read_own
from symposia.directory.schemes import schemes
from symposia.directory.spelling import plain_number, search_form
from symposia.shared.refusals import Refused
from symposia.shared.sheets import unquoted

_CALLED = {
    **dict.fromkeys(("md", "do", "mbbs", "doctor", "dr", "consultant"), Profession.PHYSICIAN),
    **dict.fromkeys(("rn", "registered nurse", "crna", "midwife"), Profession.NURSE),
    **dict.fromkeys(("pa", "pa-c", "physician associate"), Profession.PHYSICIAN_ASSISTANT),
    **dict.fromkeys(("np", "aprn", "crnp"), Profession.NURSE_PRACTITIONER),
    **dict.fromkeys(("rph", "pharmd"), Profession.PHARMACIST),
    **dict.fromkeys(("dds", "dmd", "bds"), Profession.DENTIST),
}


@dataclass(frozen=True)
class Meaning:
    """What the columns mean, and what holds for newcomers whose row does not say it."""

    columns: Mapping[str, int]
    scheme: str = Scheme.OWN.value
    profession: str = Profession.OTHER.value
    country: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def own_codes(self) -> set[str]:
        """The fields of one's own that columns stand for."""
        return own_names(self.columns)

    @property
    def recognises_people(self) -> bool:
        """Whether there is a name, and something that tells two people apart."""
        has = self.columns.keys()
        return bool(has & {"full_name", "last_name"}) and bool(has & {"number", "email"})


# What is remembered of a file that is the register's own and says itself what it means.
REGISTER = {"register": "nppes"}


def meaning_of(mapping: dict[str, Any]) -> Meaning | None:
    """What the columns of a file mean, as it was remembered; nothing for the register's own."""
    return None if mapping == REGISTER else Meaning(**mapping)


def staged_rows(
    rows: Iterator[list[str]], columns: int, meaning: Meaning, own: Sequence[OwnField] = ()
) -> Iterator[str]:
    """The rows after the header, each as COPY reads it; an empty line before the last of them is
    skipped, and counted. `own` are the fields of one's own that columns stand for."""
    reader = _Reader(meaning, columns, own)
    empty: list[int] = []
    for line, cells in enumerate(rows, start=2):
        if any(cell.strip() for cell in cells):
            yield from (staged(Row(each, Reason.EMPTY)) for each in empty)
            empty.clear()
            yield staged(checked(reader.read(line, cells)))
        else:
            empty.append(line)


class _Reader:
    """Reads the rows of one file."""

    def __init__(self, meaning: Meaning, columns: int, own: Sequence[OwnField]) -> None:
        self._meaning = meaning
        self._columns = columns
        self._own = own
        self._professions = _profession_names()

    def read(self, line: int, cells: Sequence[str]) -> Row:
        """One row; a value that cannot be understood makes it a problem with its reason."""
        if len(cells) > self._columns and any(cell.strip() for cell in cells[self._columns :]):
            return Row(line, Reason.WRONG_COLUMNS)
        given = {
            name: cells[place]
            for name, place in self._meaning.columns.items()
            if place < len(cells)
        }
        if wrong := unreadable_cell(given):
            return Row(line, wrong, full_name=_beginning_of(given))
        said = {name: _plain(cell) for name, cell in given.items()}
        name = said.get("full_name") or " ".join(
            filter(
                None, (said.get(part, "") for part in ("first_name", "middle_name", "last_name"))
            )
        )
        written = said.get("number", "")
        number = plain_number(written)
        row = Row(
            line,
            scheme=self._meaning.scheme if number else "",
            issuer=said.get("issuer", "") if number else "",
            number=number,
            written=written if written != number else "",
            full_name=name,
            search_text=search_form(name)[:SEARCHED],
            email=said.get("email", "").lower(),
            profession=self._profession(said.get("profession", "")),
            country=said.get("country", "").upper(),
            **{each: said.get(each, "") for each in _AS_WRITTEN},
        )
        row = row._replace(problem=_problem(row))
        if row.problem == Reason.NOT_OF_REGISTER:
            return row._replace(own=row.scheme)
        return self._with_own(row, said) if self._own and not row.problem else row

    def _with_own(self, row: Row, said: Mapping[str, str]) -> Row:
        """The row with what fields of one's own say in it, or with why one of them cannot."""
        kept: dict[str, Any] = {}
        for field in self._own:
            try:
                value = read_own(field, said.get(field.name, ""))
            except Refused as no:
                told = {"expected": "", **no.objection.facts}
                detail = own_detail(no.objection.code, **told)
                return row._replace(problem=Reason.OWN_VALUE.value, own=detail)
            if value is not None:
                kept[field.code] = list(value) if isinstance(value, tuple) else plain_own(value)
        return row._replace(own=json.dumps(kept) if kept else "")

    def _profession(self, text: str) -> str:
        if not text:
            return ""
        return self._professions.get(text.casefold().replace(".", ""), _UNKNOWN)


def unreadable_cell(given: Mapping[str, str]) -> str:
    """Why the cells of a row are not taken for text, before anybody asks what they say."""
    checks = (
        (any(len(cell) > _LONGEST for cell in given.values()), Reason.TOO_LONG),
        (any(_NOT_TEXT.search(cell) for cell in given.values()), Reason.NOT_TEXT),
        (any(_FORMULA.match(cell) for cell in given.values()), Reason.FORMULA),
        (any("\n" in given.get(name, "").strip() for name in _KEYS), Reason.BROKEN_LINE),
    )
    return next((reason.value for is_wrong, reason in checks if is_wrong), "")


def _plain(cell: str) -> str:
    return " ".join(unquoted(cell).split())


def _beginning_of(given: Mapping[str, str]) -> str:
    """Enough of a name for the report."""
    name = given.get("full_name") or given.get("last_name", "")
    return " ".join(_NOT_TEXT.sub("", name[:200]).split())


# Longer than anything the directory keeps, blanks included.
_LONGEST = 10_000
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd\ufffe\uffff]")
# What a spreadsheet would run; a telephone number may begin with a plus.
_FORMULA = re.compile(r"\s*(?:[=@\uff1d\uff20]|[+\-\uff0b\uff0d][A-Za-z])")
_KEYS = ("full_name", "first_name", "middle_name", "last_name", "number", "email")
_AS_WRITTEN = (
    *("credential", "specialty", "phone", "institution", "city", "region"),
    *("territory", "language"),
)
_UNKNOWN = "?"


def _profession_names() -> dict[str, str]:
    """What people call the professions, in the language of this moment too."""
    names = {word: profession.value for word, profession in _CALLED.items()}
    for profession in Profession:
        names[profession.value] = names[str(profession.label).casefold()] = profession.value
    return names


def _problem(row: Row) -> str:
    checks = (
        (not row.full_name, Reason.NO_NAME),
        (not row.number and not row.email, Reason.NO_KEY),
        (row.scheme == Scheme.NPI and not is_npi(row.number), Reason.BAD_NUMBER),
        (not _can_be_of_register(row), Reason.NOT_OF_REGISTER),
        (bool(row.email) and not _is_email(row.email), Reason.BAD_EMAIL),
        (row.profession == _UNKNOWN, Reason.UNKNOWN_PROFESSION),
        (bool(row.country) and not _is_country(row.country), Reason.UNKNOWN_COUNTRY),
    )
    return next((reason.value for is_wrong, reason in checks if is_wrong), "")


def _can_be_of_register(row: Row) -> bool:
    """What holds for a number by hand. Files bring millions of NPIs, which were looked at."""
    if not row.scheme or row.scheme == Scheme.NPI:
        return True
    return schemes()[row.scheme].holds(row.number)


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _is_country(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha()
