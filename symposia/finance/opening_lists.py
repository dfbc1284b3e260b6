"""Opening balances as lists: what is still open, the files they came by, and their rows."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.lists import IMPORT_FILTERS, OUTCOME_TONES, import_columns
from symposia.finance.models import OpeningCommitment, OpeningState
from symposia.finance.opening_rows import KIND, REASONS
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search
from symposia.work.models import Import, ImportRow, Outcome

_GATE = Permission.POST_MONEY


def _open_ones(access: Access, **_kwargs: Any) -> Rows:
    return OpeningCommitment.objects.visible_to(access).select_related("node")


def _find(rows: Rows, text: str) -> Rows:
    code = text.strip()
    return rows.filter(
        Q(number__iexact=code) | Q(supplier__icontains=text) | Q(node__code__iexact=code)
    )


OPENING_COMMITMENTS = ListOf(
    name="opening_commitments",
    title=_("Commitments from before"),
    permission=Permission.VIEW_MONEY,
    rows=_open_ones,
    columns=(
        Column(
            "number",
            _("Number"),
            "number",
            sort="number",
            kind="id",
            url=lambda o: ("opening_commitment", [o.pk]),
        ),
        Column("supplier", _("Supplier"), "supplier", sort="supplier"),
        Column("what_for", _("What for"), "what_for"),
        Column("node", _("Node"), "node__code", kind="id"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column(
            "amount",
            _("Amount"),
            Amount("amount_minor", "currency"),
            sort="amount_minor",
            kind="money",
        ),
        Column("state", _("State"), "state", sort="state", kind="state"),
        Column("made_at", _("Taken in"), "made_at", sort="made_at", kind="moment"),
        Column("ended_because", _("Ended because"), "ended_because"),
    ),
    filters=(
        Search("q", _("Number, supplier or code of a node"), _find),
        Choice("state", _("State"), "state", OpeningState.choices),
    ),
    sort="-made_at",
    empty=_("Nothing was open when these books began."),
)


def _files(access: Access) -> Rows:
    made = Import.objects.of_kind(KIND)
    return made if access.everywhere(_GATE) else made.none()


def _rows_of(access: Access, pk: Any) -> Rows:
    return ImportRow.objects.filter(made__in=_files(access).filter(pk=pk))


OPENING_IMPORTS = ListOf(
    name="opening_imports",
    title=_("Files of opening balances"),
    permission=_GATE,
    of_all=True,
    rows=_files,
    columns=import_columns("opening_import_rows"),
    filters=IMPORT_FILTERS,
    sort="-made_at",
    empty=_("No file was handed in yet."),
)
OPENING_IMPORT_ROWS = ListOf(
    name="opening_import_rows",
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
        Column("number", _("Number"), "number"),
        Column("name", _("Name"), "label"),
    ),
    filters=(
        Choice("outcome", _("Outcome"), "outcome", Outcome.choices),
        Choice("reason", _("Reason"), "reason", list(REASONS.items())),
    ),
    sort="line",
    empty=_("Nothing to report of this file."),
)
