"""What activities cost, who owes what, and the codes by which people pay less."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician
from symposia.finance.models import Charge, ChargeState, Discount, Fee, Method
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search

_SEES = Permission.VIEW_MONEY
CHARGE_TONES: dict[str, str] = {
    ChargeState.OPEN: "warn",
    ChargeState.PAID: "ok",
    ChargeState.ENDED: "",
    ChargeState.REFUNDED: "info",
}


def _of_activity(rows: Rows, kwargs: dict[str, Any]) -> Rows:
    return rows.filter(activity=kwargs["activity_pk"]) if kwargs else rows


def _fees(access: Any, **kwargs: Any) -> Rows:
    rows: Rows = Fee.objects.visible_to(access).filter(withdrawn_at=None)
    return _of_activity(rows.select_related("activity"), kwargs)


FEES = ListOf(
    name="activity_fees",
    title=_("Fees"),
    permission=_SEES,
    rows=_fees,
    columns=(
        Column("name", _("Fee"), "name", sort="name", url=lambda f: ("fee", [f.pk])),
        Column("profession", _("Profession"), "profession", sort="profession"),
        Column(
            "amount",
            _("Amount"),
            Amount("amount_minor", "currency"),
            sort="amount_minor",
            kind="money",
        ),
        Column("until_on", _("Until"), "until_on", sort="until_on", kind="day"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    sort="name",
    empty=_("Nothing is asked for: the activity is free for everybody who comes."),
)


def _charges(access: Any, **kwargs: Any) -> Rows:
    rows: Rows = Charge.objects.visible_to(access)
    people = ("activity", "fee", "discount", "invoice", "registration__clinician")
    return _of_activity(rows.select_related(*people), kwargs)


def _search(rows: Rows, text: str) -> Rows:
    people = Clinician.objects.search(text).values("pk")
    reference = "".join(text.split()).upper()
    return rows.filter(Q(registration__clinician__in=people) | Q(reference=reference))


CHARGES = ListOf(
    name="activity_charges",
    title=_("Who owes what"),
    permission=_SEES,
    rows=_charges,
    columns=(
        Column(
            "name",
            _("Name"),
            "registration__clinician__full_name",
            sort="registration__clinician__search_text",
            url=lambda c: ("charge", [c.pk]),
        ),
        Column("fee", _("Fee"), "fee__name", sort="fee__name"),
        Column(
            "amount",
            _("Amount"),
            Amount("amount_minor", "currency"),
            sort="amount_minor",
            kind="money",
        ),
        Column("reference", _("Reference"), "reference", sort="reference", kind="id"),
        Column("due_on", _("Pay by"), "due_on", sort="due_on", kind="day"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda c: CHARGE_TONES[c.state],
        ),
        Column("method", _("How"), "method", sort="method"),
        Column("place", _("Place"), "registration__state", in_page=False),
        Column("discount", _("Discount"), "discount__code", in_page=False),
        Column("invoice", _("Invoice"), "invoice__number", in_page=False),
        Column("tax", _("Tax"), lambda c: c.tax_said or None, in_page=False),
        Column("paid_at", _("Paid on"), "paid_at", "paid_at", kind="moment", in_page=False),
        Column(
            "reminded_at", _("Reminded"), "reminded_at", "reminded_at", kind="moment", in_page=False
        ),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column("email", _("E-mail"), "registration__clinician__email", in_page=False),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or reference"), _search),
        Choice("state", _("State"), "state", ChargeState.choices),
        Choice("method", _("How"), "method", Method.choices),
    ),
    sort="registration__clinician__search_text",
    empty=_("Nobody owes anything. Whoever gets a place from now on is charged by the fees."),
)


def _discounts(access: Any, **kwargs: Any) -> Rows:
    rows: Rows = Discount.objects.visible_to(access).filter(withdrawn_at=None)
    return _of_activity(rows.select_related("activity"), kwargs)


DISCOUNTS = ListOf(
    name="activity_discounts",
    title=_("Discount codes"),
    permission=_SEES,
    rows=_discounts,
    columns=(
        Column(
            "code", _("Code"), "code", sort="code", kind="id", url=lambda d: ("discount", [d.pk])
        ),
        Column("percent", _("Off, in %"), "percent", sort="percent", kind="n"),
        Column("until_on", _("Until"), "until_on", sort="until_on", kind="day"),
        Column("most", _("For how many"), "most", sort="most", kind="n"),
        Column("used", _("Used"), "used", sort="used", kind="n"),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    sort="code",
    empty=_("Nobody pays less by a code."),
)
