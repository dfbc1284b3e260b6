"""Opening balances as the rows of a file: which columns there are, and what each row says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.finance.models import NodeKind
from symposia.shared.sheets import unquoted
from symposia.work.imports.fields import TargetField, plain

KIND = "opening_balances"
MOST_ROWS = 2_000
COMMITMENT = "commitment"
FIELDS = (
    TargetField(
        "kind",
        _("Divides by"),
        ("kind", "row"),
        _("What the node divides by, such as region or brand; or: commitment."),
        needed=_("Always"),
        example="region",
    ),
    TargetField(
        "node",
        _("Node"),
        ("code",),
        _("The code of the node; of a commitment, the node it is held against."),
        needed=_("Always"),
        example="SOUTH",
    ),
    TargetField("name", _("Name"), ("what for",), _("Of a commitment: what it is for.")),
    TargetField("parent", _("Part of"), ("parent",), _("The code of the node above; first rows.")),
    TargetField("amount", _("Envelope"), ("amount",), _("In the currency of the books.")),
    TargetField("territory", _("Territory"), (), _("Its code.")),
    TargetField("product", _("Brand"), ("product",), _("As activities name it.")),
    TargetField("therapy_area", _("Therapy area"), ("therapy",), _("As plans name it.")),
    TargetField("starts_on", _("From"), (), _("The first day."), _("YYYY-MM-DD")),
    TargetField("ends_on", _("Until"), (), _("The last day."), _("YYYY-MM-DD")),
    TargetField("cost_centre", _("Cost centre"), (), _("Of the company's books.")),
    TargetField("independent", _("Independent education"), (), _("yes or no.")),
    TargetField("number", _("Number"), ("reference",), _("Of a commitment: that of its order.")),
    TargetField("supplier", _("Supplier"), ("paid to",), _("Of a commitment: to whom.")),
)
NO_KIND, NO_AMOUNT, NO_DAY, NO_PARENT, NO_NODE, NO_TERRITORY, OTHER, TWICE, UNNAMED, REFUSED = (
    *("kind", "amount", "day", "parent", "node", "territory", "other", "twice", "unnamed"),
    "refused",
)
REASONS: dict[str, str | Promise] = {
    NO_KIND: _("Nobody knows what this divides by"),
    NO_AMOUNT: _("This is no amount"),
    NO_DAY: _("This is no day"),
    NO_PARENT: _("There is no node of this code above it"),
    NO_NODE: _("There is no node of this code"),
    NO_TERRITORY: _("There is no territory of this code"),
    OTHER: _("The node is there with another envelope: change it on its page"),
    TWICE: _("A commitment of this number is open with another amount"),
    UNNAMED: _("A commitment has a number, a supplier and what it is for"),
    REFUSED: _("A rule says no"),
}
_YES = {"yes", "y", "true", "1"}


@dataclass(frozen=True)
class OpeningRow:
    """What one row of a file asks for, or why nobody can know."""

    line: int
    kind: str
    amount: Decimal
    said: Mapping[str, str] = field(default_factory=dict)
    days: tuple[date | None, date | None] = (None, None)
    problem: str = ""

    @property
    def is_commitment(self) -> bool:
        return self.kind == COMMITMENT

    @property
    def is_independent(self) -> bool:
        return self.said.get("independent", "").casefold() in _YES

    def text(self, name: str) -> str:
        return self.said.get(name, "")


def rows_of(table: Iterable[Sequence[str]], columns: Mapping[str, int]) -> Iterator[OpeningRow]:
    """The rows of a table, empty ones left out; lines count the header as the first."""
    kinds = {plain(COMMITMENT): COMMITMENT}
    for each in NodeKind:
        kinds |= {plain(each.value): each.value, plain(str(each.label)): each.value}
    for line, row in enumerate(table, start=2):
        said = {
            name: unquoted(row[place].strip()) if place < len(row) else ""
            for name, place in columns.items()
        }
        if any(said.values()):
            yield _row(line, said, kinds)


def _row(line: int, said: dict[str, str], kinds: Mapping[str, str]) -> OpeningRow:
    kind, amount = kinds.get(plain(said.get("kind", "")), ""), _amount(said.get("amount", ""))
    days = tuple(_day(said.get(name, "")) for name in ("starts_on", "ends_on"))
    wrong_day = any(
        said.get(name) and day is None
        for name, day in zip(("starts_on", "ends_on"), days, strict=True)
    )
    problems = ((not kind, NO_KIND), (amount is None, NO_AMOUNT), (wrong_day, NO_DAY))
    problem = next((reason for holds, reason in problems if holds), "")
    return OpeningRow(line, kind, amount or Decimal(0), said, (days[0], days[1]), problem)


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < Decimal(10) ** 13 else None


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
