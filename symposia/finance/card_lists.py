"""Lines of cards of the house, the files they came by, and their rows, as lists."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.lists import IMPORT_FILTERS, OUTCOME_TONES, import_columns
from symposia.finance.card_rows import KIND, REASONS
from symposia.finance.models import CardLine, CardLineState
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search
from symposia.work.models import Import, ImportRow, Outcome

_GATE = Permission.POST_MONEY
CARD_TONES: dict[str, str] = {
    CardLineState.OPEN: "warn",
    CardLineState.MATCHED: "ok",
    CardLineState.EXPLAINED: "info",
}


def _lines(access: Access, **_kwargs: Any) -> Rows:
    return CardLine.objects.visible_to(access).select_related("expense")


def _find(rows: Any, text: str) -> Rows:
    found: Rows = rows.search(text)
    return found


CARD_LINES = ListOf(
    name="card_lines",
    title=_("Cards of the house"),
    permission=_GATE,
    of_all=True,
    rows=_lines,
    columns=(
        Column("spent_on", _("Day"), "spent_on", sort="spent_on", kind="day"),
        Column(
            "merchant",
            _("Paid to"),
            "merchant",
            sort="merchant",
            url=lambda c: ("card_line", [c.pk]),
        ),
        Column("holder", _("Holder"), "holder"),
        Column("tail", _("Card"), "tail", kind="id"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column(
            "amount",
            _("Amount"),
            Amount("amount_minor", "currency"),
            sort="amount_minor",
            kind="money",
        ),
        Column("expense", _("Receipt"), "expense__number", kind="id"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda c: CARD_TONES[c.state],
        ),
        Column("explained_because", _("Explained because"), "explained_because"),
        Column("decided_by", _("Decided by"), "decided_by_name", in_page=False),
        Column("reference", _("Reference"), "reference", in_page=False),
    ),
    filters=(
        Search("q", _("Payee, holder, receipt or last four digits"), _find),
        Choice("state", _("State"), "state", CardLineState.choices),
    ),
    sort="-spent_on",
    empty=_("No statement of a card was brought in yet."),
)


def _files(access: Access) -> Rows:
    made = Import.objects.of_kind(KIND)
    return made if access.everywhere(_GATE) else made.none()


def _rows_of(access: Access, pk: Any) -> Rows:
    return ImportRow.objects.filter(made__in=_files(access).filter(pk=pk))


CARD_IMPORTS = ListOf(
    name="card_imports",
    title=_("Statements of cards"),
    permission=_GATE,
    of_all=True,
    rows=_files,
    columns=import_columns("card_import_rows"),
    filters=IMPORT_FILTERS,
    sort="-made_at",
    empty=_("No file was handed in yet."),
)
CARD_IMPORT_ROWS = ListOf(
    name="card_import_rows",
    title=_("Rows of the file"),
    permission=_GATE,
    of_all=True,
    rows=_rows_of,
    columns=(
        Column("line", _("Line"), "line", sort="line", kind="n"),
        Column(
            "outcome",
            _("Outcome"),
            "outcome",
            kind="state",
            tone=lambda row: OUTCOME_TONES[row.outcome],
        ),
        Column("reason", _("Reason or changes"), "changes"),
        Column("number", _("Reference"), "number"),
        Column("name", _("Paid to"), "label"),
    ),
    filters=(
        Choice("outcome", _("Outcome"), "outcome", Outcome.choices),
        Choice("reason", _("Reason"), "reason", list(REASONS.items())),
    ),
    sort="line",
    empty=_("Nothing to report of this file."),
)
