"""A frozen subject in words: its facts and tables, and what differs between two versions."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from symposia.activities.signed import SignedFile
from symposia.approvals.queries import FactChange
from symposia.shared.countries import country_name
from symposia.shared.money import Money
from symposia.web import formats
from symposia.web.parts import Change, Column, Document, Fact, Words

LABELS: dict[str, Words] = {
    "number": _("Number"),
    "title": _("Title"),
    "summary": _("Why it is needed"),
    "product": _("Product"),
    "mode": _("Mode"),
    "type": _("Type"),
    "when": _("Time"),
    "starts": _("Starts"),
    "ends": _("Ends"),
    "zone": _("Zone"),
    "place": _("Place"),
    "delivery": _("Delivery"),
    "venue": _("Venue"),
    "address": _("Address"),
    "city": _("City"),
    "country": _("Country"),
    "online": _("Online at"),
    "places": _("Places"),
    "capacity": _("Capacity"),
    "expected": _("Expected attendance"),
    "objectives": _("Objectives"),
    "objective": _("Objective"),
    "gap": _("Gap"),
    "therapy_area": _("Therapy area or specialty"),
    "part_of": _("Part of"),
    "envelope": _("Envelope"),
    "parts": _("Parts"),
    "sessions": _("Agenda"),
    "minutes": _("Minutes"),
    "creditable_minutes": _("Creditable minutes"),
    "room": _("Room"),
    "marketing": _("Marketing"),
    "faculty": _("Faculty"),
    "budget": _("Budget"),
    "currency": _("Currency"),
    "lines": _("Budget lines"),
    "line": _("Line"),
    "category": _("Category"),
    "estimate": _("Estimate"),
    "total": _("Total"),
    "team": _("Team"),
    "role": _("Role"),
    "name": _("Name"),
    "organiser": _("Organised with"),
    "part": _("Part"),
    "council": _("Council"),
    "approval": _("Approval number"),
    "documents": _("Documents"),
    "content": _("Content"),
    "sha256": _("Hash of the file"),
}
_PLACES = {key: place for place, key in enumerate(LABELS)}
# Words that routes compare; people read the same beside them.
_FOR_ROUTES = "codes"
# What is money whatever its size, and what is a count.
_MONEY = frozenset({"estimate", "total", "envelope"})
_COUNTS = frozenset({"minutes", "creditable_minutes", "capacity", "places"})
# Said as one fact, since its parts mean nothing alone.
_WHOLE = frozenset({"organiser"})
# Long amounts are grouped, as everywhere else.
_AMOUNT = re.compile(r"^-?\d{4,}\.\d{2}$")
_ANY_AMOUNT = re.compile(r"^-?\d+\.\d{2}$")
_INSTANT = re.compile(r"^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$")
# The parts of a subject that are files.
_FILES = ("documents", "content")
# A record of a list is called by the first of these that it has.
_NAMES = ("title", "line", "objective", "name")


# What is known of the files of a subject, by what each is the file of and its hash.
Files = Mapping[tuple[str, str], SignedFile]


@dataclass(frozen=True)
class Table:
    """Records of one kind, a row each."""

    label: Words
    heads: list[Column]
    rows: list[list[Fact]]


@dataclass(frozen=True)
class Sheet:
    """Everything that was submitted: single facts first, then what comes in records."""

    facts: list[Fact]
    tables: list[Table]


def _order(key: str) -> tuple[int, str]:
    """The order people read facts in; a frozen record itself keeps none."""
    return (_PLACES.get(key, len(_PLACES)), key)


def label_of(key: str) -> Words:
    return LABELS.get(key) or key.replace("_", " ").capitalize()


def sheet_of(frozen: Mapping[str, Any], files: Files | None = None) -> Sheet:
    """A frozen subject as a page shows it; empty facts are left out. Where its files are at hand,
    they are told as people know them."""
    facts: list[Fact] = []
    tables: list[Table] = []
    speaks = _Speaks(_currency_of(frozen))
    for key in sorted(frozen.keys() - {_FOR_ROUTES}, key=_order):
        if files is not None and key in _FILES and frozen[key]:
            tables.append(_files_table(key, frozen[key], files))
        else:
            _add(key, frozen[key], facts, tables, speaks)
    return Sheet(facts, tables)


def files_of(frozen: Mapping[str, Any], files: Files) -> list[Document]:
    """The files that are signed with a subject, each with its name, version, size and hash."""
    return [
        Document(": ".join(filter(None, (str(each["title"]), _said(each, files)))), each["sha256"])
        for part in _FILES
        for each in frozen.get(part) or []
    ]


def _said(record: Mapping[str, Any], files: Files) -> str:
    file = files.get((record["id"], record["sha256"]))
    if file is None:
        return ""
    words = _("%(name)s (version %(n)d, %(size)s)")
    return words % {"name": file.name, "n": file.number, "size": filesizeformat(file.size)}


def _files_table(key: str, records: Sequence[Mapping[str, Any]], files: Files) -> Table:
    """Each file by its name and version, the short hash after them."""
    heads = [
        Column(label_of("title")),
        Column(_("File")),
        Column(_("Version"), "n"),
        Column(_("Size"), "n"),
        Column(_("Hash")),
    ]
    rows = []
    for each in records:
        file = files.get((each["id"], each["sha256"]))
        said = (file.name, str(file.number), filesizeformat(file.size)) if file else ("", "", "")
        values = (each["title"], *said, formats.short_hash(each["sha256"]))
        kinds = ("", "", "n", "n", "id")
        rows.append(
            [
                Fact(head.label, value, kind=kind)
                for head, value, kind in zip(heads, values, kinds, strict=True)
            ]
        )
    return Table(label_of(key), heads, rows)


def _add(key: str, value: Any, facts: list[Fact], tables: list[Table], speaks: "_Speaks") -> None:
    if isinstance(value, Mapping) and key not in _WHOLE:
        for name in sorted(value, key=_order):
            _add(name, value[name], facts, tables, speaks)
    elif _is_records(value):
        tables.append(_table(key, value, speaks))
    elif (said := speaks.of(key, value)) != "":
        facts.append(Fact(label_of(key), said))


def _currency_of(value: Any) -> str:
    """The one currency that a frozen subject names, if it has a budget."""
    if isinstance(value, list):
        value = dict(enumerate(value))
    if not isinstance(value, Mapping):
        return ""
    own = value.get("currency")
    return str(own) if own else next(filter(None, map(_currency_of, value.values())), "")


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _table(key: str, records: Sequence[Mapping[str, Any]], speaks: "_Speaks") -> Table:
    heads = sorted({name for each in records for name in each if name != "id"}, key=_order)
    return Table(
        label_of(key),
        [Column(label_of(name), _kind(name)) for name in heads],
        [[_cell(name, record.get(name), speaks) for name in heads] for record in records],
    )


def _kind(key: str) -> Literal["", "n"]:
    """Whether a column holds numbers, which stand one below another by their last digit."""
    return "n" if key in _MONEY | _COUNTS else ""


def _cell(key: str, value: Any, speaks: "_Speaks") -> Fact:
    return Fact(label_of(key), speaks.of(key, value), kind=_kind(key))


@dataclass(frozen=True)
class _Speaks:
    """Says values as people read them: days, countries by name, amounts as their currency does."""

    currency: str
    # Whether a hash is shown to be compared by eye, or in full.
    is_brief: bool = False

    def of(self, key: str, value: Any) -> str:
        if isinstance(value, Mapping):
            parts = (self.of(k, value[k]) for k in sorted(value, key=_order) if k != "id")
            return ", ".join(filter(None, parts))
        if isinstance(value, list):
            return "; ".join(self.of(key, item) for item in value)
        text = "" if value is None else self._brief(key, str(value))
        if key == "country":
            return country_name(text)
        if _INSTANT.match(text):
            at = datetime.fromisoformat(text)
            return f"{formats.day(at)}, {formats.clock(at)}"
        is_amount = (_ANY_AMOUNT if key in _MONEY else _AMOUNT).match(text)
        return self._amount(Decimal(text)) if is_amount else text

    def _brief(self, key: str, text: str) -> str:
        return formats.short_hash(text) if key == "sha256" and self.is_brief else text

    def _amount(self, value: Decimal) -> str:
        """An amount is never without its currency, where there is one."""
        if not self.currency:
            return formats.number(value, 2)
        return f"{self.currency}\u00a0{formats.signed_amount(Money(value, self.currency))}"


def changes_in_words(changes: Iterable[FactChange], *versions: Mapping[str, Any]) -> list[Change]:
    """Differences with the names people know: `Agenda, Who benefits?: Minutes`."""
    names: dict[str, str] = {}
    for frozen in versions:
        _collect_names(frozen, names)
    currency = next(filter(None, map(_currency_of, reversed(versions))), "")
    speaks = _Speaks(currency, is_brief=True)
    return [
        Change(
            _path(change.path, names),
            speaks.of(change.path[-1], change.was),
            speaks.of(change.path[-1], change.now),
        )
        for change in changes
        if change.path[0] != _FOR_ROUTES
    ]


def _collect_names(value: Any, names: dict[str, str]) -> None:
    if isinstance(value, Mapping):
        if "id" in value:
            name = next((str(value[key]) for key in _NAMES if value.get(key)), "")
            names[str(value["id"])] = name
        for item in value.values():
            _collect_names(item, names)
    elif isinstance(value, list):
        for item in value:
            _collect_names(item, names)


def _path(path: Sequence[str], names: Mapping[str, str]) -> str:
    words = [_word(part, names) for part in path]
    return ", ".join(filter(None, words[:-1])) + (": " if len(words) > 1 else "") + words[-1]


def _word(part: str, names: Mapping[str, str]) -> str:
    if part in names:
        return names[part]
    try:
        uuid.UUID(part)
    except ValueError:
        return str(label_of(part))
    return ""
