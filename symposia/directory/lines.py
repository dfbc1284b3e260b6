"""Pasted lines, or a small file, about people who are in the directory: read and matched."""

import csv
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Access, Permission
from symposia.directory.affiliating import as_day
from symposia.directory.models import Clinician, Identifier
from symposia.directory.spelling import plain_number
from symposia.shared.refusals import Objection, refuse_if
from symposia.shared.sheets import unquoted
from symposia.work.imports.fields import TargetField, guess_columns

# More than this is work for the import of people.
MOST_LINES = 5_000
TOO_MANY_LINES = Objection(
    "too_many_lines",
    gettext_lazy(
        "These are %(count)s lines; at most %(most)s are read at once. Nothing was taken over."
    ),
)
LINE_UNREADABLE = Objection(
    "line_unreadable",
    gettext_lazy(
        "Line %(line)s cannot be read: a quotation mark opens there that does not close in the same"
        " line. Nothing was taken over."
    ),
)
# What the dictionaries of these files say alike.
WHO = gettext_lazy("Whom of the directory the line is about.")
WHO_WRITTEN = gettext_lazy("a number of any register, or the e-mail address in the directory")
PERSON = TargetField(
    "person",
    gettext_lazy("Number or e-mail"),
    ("number", "email", "npi", "person"),
    WHO,
    WHO_WRITTEN,
    gettext_lazy("yes"),
    "avery@example.org",
)
DAY = gettext_lazy("a day, as 2026-01-31")
_SEPARATORS = ("\t", ";", ",")
# Between the lines of one cell.
LINE_END = " | "


def objection_to_so_many(count: int, *, most: int = MOST_LINES) -> Objection | None:
    """All lines are read, or none: what stands further down is never left out without a word."""
    return TOO_MANY_LINES.about(count=count, most=most) if count > most else None


@dataclass(frozen=True)
class Line:
    """One line as it was given: its place, and what it says by the name of its column."""

    number: int
    said: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "").strip()


def lines_of(text: str, fields: Sequence[TargetField]) -> list[Line]:
    """The lines after the header, read by what its columns are called; refused if too many, or if
    one of them cannot be told from the next."""
    rows = [row for row in _rows(text) if any(row)]
    if not rows:
        return []
    refuse_if(objection_to_so_many(len(rows) - 1))
    columns = guess_columns(fields, rows[0])
    return [
        Line(number, {name: unquoted(row[at]) for name, at in columns.items() if at < len(row)})
        for number, row in enumerate(rows[1:], start=2)
    ]


def unreadable_days(line: Line) -> str:
    """Why the first or the last day of a line is none."""
    for name in ("from_on", "until_on"):
        if line[name] and as_day(line[name]) is None:
            return _("The day cannot be read: write it as 2026-01-31")
    return ""


def _rows(text: str) -> Iterator[list[str]]:
    """Each line for itself: an open quotation mark would swallow those that follow it."""
    separator = _separator(text)
    for number, line in enumerate(text.splitlines(), start=1):
        row, *behind = csv.reader([line, ""], delimiter=separator)
        refuse_if(None if behind else LINE_UNREADABLE.about(line=number))
        yield row


def _separator(text: str) -> str:
    first = text.lstrip("\ufeff\r\n ").partition("\n")[0]
    return max(_SEPARATORS, key=first.count)


def _key(text: str) -> str:
    return text.lower() if "@" in text else plain_number(text)


class People:
    """Clinicians one may see, found by the numbers and addresses of many lines at once."""

    def __init__(self, access: Access, known_by: Collection[str], permission: Permission) -> None:
        self._found = defaultdict[str, dict[uuid.UUID, Clinician]](dict)
        seen = Clinician.objects.within(access, permission)
        addresses = {text.lower() for text in known_by if "@" in text}
        numbers = {plain_number(text) for text in known_by if text and "@" not in text}
        for clinician in seen.filter(email__in=addresses):
            self._found[clinician.email.lower()][clinician.pk] = clinician
        held = Identifier.objects.filter(value__in=numbers).values_list("value", "clinician_id")
        by_id = seen.in_bulk({clinician_id for _value, clinician_id in held})
        for value, clinician_id in held:
            if clinician_id in by_id:
                self._found[value][clinician_id] = by_id[clinician_id]

    def all_named(self, text: str) -> list[Clinician]:
        """Everybody whom a number or an address names."""
        return list(self._found.get(_key(text.strip()), {}).values())

    def named(self, text: str) -> tuple[Clinician | None, str]:
        """The one person a number or an address names, or why there is none."""
        text = text.strip()
        if not text:
            return None, _("No number and no e-mail address")
        found = self.all_named(text)
        if not found:
            return None, _("Nobody you may see has this number or address")
        if len(found) > 1:
            return None, _("Several people have it: use another number")
        return found[0], ""
