from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.approvals.models import ApprovalRequest, RequestQuerySet, Risk, State
from symposia.shared.lists import Choice, Column, ListOf, Search

RISK_TONES: dict[str, str] = {Risk.HIGH: "stop", Risk.MEDIUM: "warn", Risk.LOW: "ok"}
TONES: dict[str, str] = {State.APPROVED: "ok", State.REFUSED: "stop", State.RETURNED: "warn"}


def _rows(access: Access, **_kwargs: Any) -> RequestQuerySet:
    return ApprovalRequest.objects.visible_to(access)


def _search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return cast(RequestQuerySet, rows).search(text)


APPROVALS = ListOf(
    name="approvals",
    title=_("Approvals"),
    permission=Permission.VIEW_APPROVALS,
    rows=_rows,
    columns=(
        Column(
            "number",
            _("Request"),
            "number",
            sort="number",
            url=lambda r: ("approval", [r.pk]),
            kind="id",
        ),
        Column("title", _("What"), "title", sort="title"),
        Column("version", _("Version"), "version", kind="n"),
        Column(
            "risk",
            _("Risk"),
            "risk",
            sort="risk",
            kind="state",
            tone=lambda r: RISK_TONES.get(r.risk, ""),
        ),
        Column("rules", _("Rules"), "risk_note"),
        Column("step", _("Waits for"), lambda r: r.step.name if r.is_open else ""),
        Column("asked_by", _("Asked by"), "opened_by_name", sort="opened_by_name"),
        Column("opened_at", _("Asked"), "opened_at", sort="opened_at", kind="moment"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda r: TONES.get(r.state, ""),
        ),
    ),
    filters=(
        Search("q", _("Number or title"), find=_search),
        Choice("state", _("State"), field="state", choices=State.choices),
        Choice("risk", _("Risk"), field="risk", choices=Risk.choices),
        Choice(
            "step",
            _("Waits for"),
            field="current_role",
            choices=(
                ("compliance_officer", _("Compliance")),
                ("finance_officer", _("Finance")),
                ("publisher", _("Publish")),
            ),
        ),
    ),
    sort="-opened_at",
    empty=_("Nothing has been submitted for approval yet."),
)
