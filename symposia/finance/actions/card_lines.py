"""Statements of cards by file: looked at first, matched with receipts, explained where none is."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy

from symposia.accounts.queries import person_behind
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.finance.card_matching import (
    objection_to_explaining,
    objection_to_matching,
    objection_to_parting,
    only_one,
)
from symposia.finance.card_receipts import receipts_for
from symposia.finance.card_rows import FIELDS, KIND, KNOWN, MOST_ROWS, REASONS, CardRow, rows_of
from symposia.finance.models import CardLine, CardLineState, Expense
from symposia.finance.payable import standing_payment
from symposia.finance.queries import books_currency
from symposia.shared.actors import Actor
from symposia.shared.money import Money
from symposia.shared.refusals import Objection, refuse_if
from symposia.work.imports.dry_runs import Fate, RowFile, at_most, bring_in, look_at, refused_as
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.shapes import Shape, shape_of, table_rows
from symposia.work.models import Import, ImportState, Outcome

NO_COLUMN = Objection(
    "cards_no_column",
    gettext_lazy("No column is called “Day”, “Paid to” or “Amount”. Take the empty table."),
)
UNREADABLE = Objection("cards_unreadable", gettext_lazy("This file cannot be read: %(why)s"))
NOT_LOOKED_AT = Objection(
    "cards_not_checked", gettext_lazy("These rows came in already, or were never looked at.")
)
NOT_BROUGHT_IN = Objection("cards_not_in", gettext_lazy("Only what was brought in goes back."))
EXPLAINED = Objection(
    "cards_explained", gettext_lazy("A line of this file was explained; part it first.")
)
_NEEDED = {"spent_on", "merchant", "amount"}


@transaction.atomic
def check_cards(path: Path, *, name: str, storage_name: str = "", by: Actor) -> Import:
    """The dry run: keep what the file is, and say of every row what it would do."""
    with refused_as(UNREADABLE):
        shape = shape_of(path)
        columns = guess_columns(FIELDS, shape.header)
        refuse_if(None if set(columns) >= _NEEDED else NO_COLUMN)
        file = RowFile(path, name, storage_name, shape, columns)
        bring = partial(_fates, made=None, by=by)
        made = look_at(file, KIND, bring, by=by, person=person_behind(by))
    record(by, "cards.checked", made, details=made.counts)
    return made


@transaction.atomic
def import_cards(made: Import, *, by: Actor) -> Import:
    """Bring in what the dry run showed; a line of which one receipt alone can be meant has it."""
    made = Import.objects.locked(made.pk)

    refuse_if(None if made.state == ImportState.CHECKED else NOT_LOOKED_AT)

    bring_in(made, partial(_fates, made=made, by=by))
    for line in CardLine.objects.filter(taken_from=made).order_by("spent_on", "pk"):
        expense = only_one(receipts_for(line))
        if expense is not None and standing_payment(expense) is None:
            _match(line, expense, by=by)
    record(by, "cards.imported", made, details=made.counts)
    return made


@transaction.atomic
def undo_cards(made: Import, *, by: Actor) -> Import:
    """Take back what a file brought, as a whole; its receipts stay and are open again."""
    made = Import.objects.locked(made.pk)
    lines = list(CardLine.objects.filter(taken_from=made))

    refuse_if(None if made.state == ImportState.DONE else NOT_BROUGHT_IN)
    is_explained = any(each.state == CardLineState.EXPLAINED for each in lines)
    refuse_if(EXPLAINED if is_explained else None)

    for each in lines:
        record(by, "card_line.taken_back", each, details={"amount": str(each.amount)})
        each.delete()
    made.move(ImportState.UNDONE, finished_at=now())
    record(by, "cards.undone", made)
    return made


@transaction.atomic
def match_card_line(line: CardLine, expense: Expense, *, by: Actor) -> CardLine:
    """Say which receipt a line of a card is of; nobody is paid back for it any more."""
    Activity.objects.locked(expense.activity_id)
    line, expense = CardLine.objects.locked(line.pk), Expense.objects.get(pk=expense.pk)
    has_line = CardLine.objects.filter(expense=expense).exists()
    payment = standing_payment(expense)

    refuse_if(objection_to_matching(line, expense, has_line=has_line, payment=payment))

    return _match(line, expense, by=by)


@transaction.atomic
def explain_card_line(line: CardLine, *, reason: str, by: Actor) -> CardLine:
    """Say why a line of a card has no receipt."""
    line = CardLine.objects.locked(line.pk)

    refuse_if(objection_to_explaining(line, reason=reason))

    line.move(
        CardLineState.EXPLAINED,
        decided_at=now(),
        decided_by_name=by.name,
        explained_because=reason.strip()[:300],
    )
    record(by, "card_line.explained", line, reason=reason)
    return line


@transaction.atomic
def part_card_line(line: CardLine, *, reason: str, by: Actor) -> CardLine:
    """It was another receipt, or the explanation was none: the line is open again."""
    line = CardLine.objects.locked(line.pk)

    refuse_if(objection_to_parting(line, reason=reason))

    line.move(
        CardLineState.OPEN,
        expense=None,
        decided_at=None,
        decided_by_name="",
        explained_because="",
    )
    record(by, "card_line.parted", line, reason=reason)
    return line


def _match(line: CardLine, expense: Expense, *, by: Actor) -> CardLine:
    line.move(CardLineState.MATCHED, expense=expense, decided_at=now(), decided_by_name=by.name)
    record(by, "card_line.matched", line, details={"expense": expense.number})
    return line


def _fates(
    path: Path, shape: Shape, columns: Mapping[str, int], *, made: Import | None, by: Actor
) -> list[Fate]:
    with table_rows(path, shape) as table:
        rows = list(at_most(rows_of(table, columns, books_currency()), MOST_ROWS))
    references = [row.reference for row in rows]
    known = set(
        CardLine.objects.filter(reference__in=references).values_list("reference", flat=True)
    )
    return [_fate(row, made, known, by=by) for row in rows]


def _fate(row: CardRow, made: Import | None, known: set[str], *, by: Actor) -> Fate:
    if row.problem:
        return _told(row, Outcome.REJECTED, row.problem)
    if row.reference in known:
        return _told(row, Outcome.UNCHANGED, KNOWN)
    known.add(row.reference)
    if made is not None and row.spent_on is not None:
        line = CardLine.objects.create(
            reference=row.reference,
            spent_on=row.spent_on,
            merchant=row.merchant,
            amount_minor=Money(row.amount, row.currency).minor,
            currency=row.currency,
            holder=row.holder,
            tail=row.tail,
            taken_from=made,
        )
        record(by, "card_line.taken_in", line)
    return _told(row, Outcome.NEW)


def _told(row: CardRow, outcome: Outcome, reason: str = "") -> Fate:
    said = str(REASONS[reason]) if reason else ""
    return Fate(row.line, outcome, reason, row.reference[:60], row.merchant[:200], said)
