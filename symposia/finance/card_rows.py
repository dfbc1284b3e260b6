"""The statement of a card as the rows of a file: which columns there are, and what each says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.shared.sheets import unquoted
from symposia.work.imports.fields import TargetField

KIND = "card_statement"
MOST_ROWS = 5_000
FIELDS = (
    TargetField(
        "spent_on",
        _("Day"),
        ("date", "transaction date", "posting date"),
        _("The day it was paid."),
        _("YYYY-MM-DD"),
        needed=_("Always"),
        example="2026-11-02",
    ),
    TargetField(
        "merchant",
        _("Paid to"),
        ("merchant", "description", "details"),
        _("As the card has it."),
        needed=_("Always"),
        example="BAY HOTELS",
    ),
    TargetField(
        "amount",
        _("Amount"),
        ("amount", "debit"),
        _("What was paid; below nothing where it came back."),
        needed=_("Always"),
        example="1250.00",
    ),
    TargetField("currency", _("Currency"), (), _("That of the books where it says none.")),
    TargetField("holder", _("Holder"), ("cardholder", "name"), _("Whose card it is.")),
    TargetField("card", _("Card"), ("card number", "card no"), _("Its last four digits are kept.")),
    TargetField("reference", _("Reference"), ("transaction id", "id"), _("The bank's own.")),
)
NO_DAY, NO_AMOUNT, NO_MERCHANT, KNOWN = "day", "amount", "merchant", "known"
REASONS: dict[str, str | Promise] = {
    NO_DAY: _("This is no day"),
    NO_AMOUNT: _("This is no amount"),
    NO_MERCHANT: _("It says not to whom"),
    KNOWN: _("It came with another file"),
}


@dataclass(frozen=True)
class CardRow:
    """What one row of a statement says, or why nobody can know."""

    line: int
    merchant: str
    spent_on: date | None
    amount: Decimal
    currency: str
    holder: str
    tail: str
    reference: str
    problem: str = ""


def rows_of(
    table: Iterable[Sequence[str]], columns: Mapping[str, int], currency: str
) -> Iterator[CardRow]:
    """The rows of a table, empty ones left out; equal rows of one file are as many payments."""
    seen: Counter[str] = Counter()
    for line, row in enumerate(table, start=2):
        said = {
            name: unquoted(row[place].strip()) if place < len(row) else ""
            for name, place in columns.items()
        }
        if any(said.values()):
            yield _row(line, said, currency, seen)


def _row(line: int, said: dict[str, str], currency: str, seen: Counter[str]) -> CardRow:
    day, amount = _day(said.get("spent_on", "")), _amount(said.get("amount", ""))
    tail = "".join(each for each in said.get("card", "") if each.isdigit())[-4:]
    merchant = said.get("merchant", "")[:200]
    problems = ((day is None, NO_DAY), (not amount, NO_AMOUNT), (not merchant, NO_MERCHANT))
    problem = next((reason for holds, reason in problems if holds), "")
    money = said.get("currency", "").upper()[:3] or currency
    words = f"{day}|{tail}|{merchant.casefold()}|{amount}|{money}"
    seen[words] += 1
    own = sha256(f"{words}|{seen[words]}".encode()).hexdigest()[:40]
    return CardRow(
        line,
        *(merchant, day, amount or Decimal(0), money, said.get("holder", "")[:200], tail),
        said.get("reference", "")[:80] or own,
        problem,
    )


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
