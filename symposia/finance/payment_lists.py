"""Batches of payments and their payments, as lists."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.finance.models import (
    BatchState,
    PayeeKind,
    Payment,
    PaymentBatch,
    PaymentState,
)
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search

BATCH_TONES: dict[str, str] = {
    BatchState.OPEN: "warn",
    BatchState.RELEASED: "info",
    BatchState.SETTLED: "ok",
    BatchState.DROPPED: "",
}
PAYMENT_TONES: dict[str, str] = {
    PaymentState.PLANNED: "warn",
    PaymentState.RELEASED: "info",
    PaymentState.PAID: "ok",
    PaymentState.FAILED: "stop",
    PaymentState.DROPPED: "",
}


def _batches(access: Access, **_kwargs: Any) -> Rows:
    return PaymentBatch.objects.visible_to(access).select_related("account")


PAYMENT_BATCHES = ListOf(
    name="payment_batches",
    title=_("Payments"),
    permission=Permission.VIEW_MONEY,
    of_all=True,
    rows=_batches,
    columns=(
        Column(
            "number",
            _("Batch"),
            "number",
            sort="number",
            kind="id",
            url=lambda b: ("payment_batch", [b.pk]),
        ),
        Column("account", _("Paid from"), "account__name"),
        Column("pays_on", _("Day to pay"), "pays_on", sort="pays_on", kind="day"),
        Column("currency", _("Currency"), "currency"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda b: BATCH_TONES[b.state],
        ),
        Column("made_at", _("Begun"), "made_at", sort="made_at", kind="moment"),
        Column("made_by", _("Put together by"), "made_by_name"),
        Column("released_at", _("Released"), "released_at", kind="moment"),
        Column("released_by", _("Released by"), "released_by_name"),
        Column("sha256", _("Hash of the file"), "sha256", in_page=False),
    ),
    filters=(Choice("state", _("State"), "state", BatchState.choices),),
    sort="-made_at",
    empty=_("Nothing has been paid from here yet."),
)


def _payments(access: Access, **_kwargs: Any) -> Rows:
    rows = Payment.objects.visible_to(access).select_related("batch", "payee", "activity")
    return rows.annotate(
        paper_number=Coalesce("bill__number", "expense__number", "agreement__number")
    )


def _find(rows: Rows, text: str) -> Rows:
    exact = text.strip()
    return rows.filter(
        Q(payee__name__icontains=text)
        | Q(reference__iexact=exact)
        | Q(batch__number__iexact=exact)
        | Q(activity__number__iexact=exact)
    )


PAYMENTS = ListOf(
    name="payments",
    title=_("Single payments"),
    permission=Permission.VIEW_MONEY,
    rows=_payments,
    columns=(
        Column("reference", _("Reference"), "reference", kind="id"),
        Column("batch", _("Batch"), "batch__number", kind="id"),
        Column("payee", _("Paid to"), "payee__name", sort="payee__name"),
        Column("kind", _("Kind"), "payee__kind", in_page=False),
        Column("paper", _("Pays"), "paper_number", kind="id"),
        Column("activity", _("Activity"), "activity__number", kind="id"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column(
            "amount",
            _("Amount"),
            Amount("amount_minor", "currency"),
            sort="amount_minor",
            kind="money",
        ),
        Column("withheld", _("Withheld"), Amount("withheld_minor", "currency"), kind="money"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda p: PAYMENT_TONES[p.state],
        ),
        Column("added_at", _("Planned"), "added_at", sort="added_at", kind="moment"),
        Column("told_at", _("Told by the bank"), "told_at", kind="moment"),
        Column("told", _("Words of the bank"), "told", in_page=False),
    ),
    filters=(
        Search("q", _("Payee, reference, batch or activity"), _find),
        Choice("state", _("State"), "state", PaymentState.choices),
        Choice("kind", _("Kind"), "payee__kind", PayeeKind.choices),
    ),
    sort="-added_at",
    empty=_("Nothing has been paid from here yet."),
)
