from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import Agreement, AgreementState, Rate, Service, Tier
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search

TONES: dict[str, str] = {
    AgreementState.SIGNED: "ok",
    AgreementState.SENT: "warn",
    AgreementState.DRAFT: "",
    AgreementState.ENDED: "",
}


def _agreements(access: Any, **_kwargs: Any) -> Rows:
    return Agreement.objects.visible_to(access).select_related(
        "activity", "contributor", "rate", "under"
    )


def _find(rows: Rows, text: str) -> Rows:
    by_person = Q(contributor__name__icontains=text) | Q(number__iexact=text.strip())
    return rows.filter(by_person | Q(activity__number__iexact=text.strip()))


AGREEMENTS = ListOf(
    name="agreements",
    title=_("Agreements with faculty"),
    permission=Permission.VIEW_MONEY,
    rows=_agreements,
    columns=(
        Column("number", _("Number"), "number", kind="id", url=lambda a: ("agreement", [a.pk])),
        Column("person", _("Person"), "contributor__name", sort="contributor__name"),
        Column(
            "activity",
            _("Activity"),
            "activity__number",
            kind="id",
            url=lambda a: ("activity_agreements", [a.activity_id]),
        ),
        Column("service", _("As"), "service"),
        Column("tier", _("Tier"), "tier", in_page=False),
        Column("quantity", _("How many"), "quantity", kind="n"),
        Column("unit", _("Unit"), "unit"),
        Column("each", _("Rate agreed"), Amount("each_minor", "currency"), kind="money"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda a: TONES[a.state],
        ),
        Column("sent_at", _("Sent"), "sent_at", kind="moment", in_page=False),
        Column("accepted_at", _("Accepted"), "accepted_at", kind="moment", in_page=False),
        Column("signed_at", _("Signed"), "signed_at", sort="signed_at", kind="moment"),
        Column("signed_by", _("Signed by"), "signed_by_name", in_page=False),
        Column("covers_until", _("Covers until"), "covers_until", kind="day", in_page=False),
        Column("under", _("Engaged under"), "under__number", in_page=False),
        Column("sha256", _("Hash of the file"), "sha256", in_page=False),
    ),
    filters=(
        Search("q", _("Person, number or activity"), _find),
        Choice("state", _("State"), "state", AgreementState.choices),
    ),
    sort="-made_at",
    empty=_("No agreement has been written yet."),
)

RATES = ListOf(
    name="rates",
    title=_("Rate card"),
    permission=Permission.VIEW_RULES,
    rows=lambda access, **_kwargs: Rate.objects.visible_to(access),
    columns=(
        Column("service", _("Service"), "service", sort="service"),
        Column("tier", _("Tier"), "tier", sort="tier"),
        Column("unit", _("Unit"), "unit"),
        Column("amount", _("Rate"), Amount("amount_minor", "currency"), kind="money"),
        Column("ceiling", _("Ceiling"), Amount("ceiling_minor", "currency"), kind="money"),
        Column("currency", _("Currency"), "currency"),
        Column("from_on", _("From"), "from_on", sort="from_on", kind="day"),
        Column("until_on", _("Until"), "until_on", sort="until_on", kind="day"),
        Column("source", _("Where it comes from"), "source"),
        Column("set_by", _("Set by"), "set_by_name", in_page=False),
        Column("set_at", _("Set"), "set_at", kind="moment", in_page=False),
    ),
    filters=(
        Choice("service", _("Service"), "service", Service.choices),
        Choice("tier", _("Tier"), "tier", Tier.choices),
    ),
    sort="-from_on",
    empty=_("No rate is on the card yet. Until there is, every fee needs a second person's word."),
)
