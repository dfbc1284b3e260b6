from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.curriculum.models import Plan, PlanQuerySet, PlanState
from symposia.shared.lists import Amount, Choice, Column, ListOf, Search

PLAN_TONES: dict[str, str] = {
    PlanState.DRAFT: "",
    PlanState.SUBMITTED: "info",
    PlanState.RETURNED: "warn",
    PlanState.APPROVED: "ok",
    PlanState.ENDED: "",
}


def _rows(access: Access) -> PlanQuerySet:
    return Plan.objects.visible_to(access).select_related("parent", "owner")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


PLANS = ListOf(
    name="plans",
    title=_("Plans"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_rows,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column("title", _("Plan"), "title", sort="title", url=lambda p: ("plan", [p.pk])),
        Column("parent", _("Part of"), "parent__title"),
        Column("therapy", _("Therapy area"), "therapy_area", sort="therapy_area"),
        Column("product", _("Product"), "product", in_page=False),
        Column("starts", _("From"), "starts_on", sort="starts_on", kind="day"),
        Column("ends", _("Until"), "ends_on", sort="ends_on", kind="day"),
        Column(
            "envelope",
            _("Envelope"),
            Amount("envelope_minor", "currency"),
            sort="envelope_minor",
            kind="money",
        ),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column("owner", _("Owner"), "owner__full_name", in_page=False),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda p: PLAN_TONES[p.state],
        ),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("state", _("State"), "state", PlanState.choices),
    ),
    sort="-starts_on",
    empty=_("A plan holds the activities of a year or a part of one, with an envelope."),
)
