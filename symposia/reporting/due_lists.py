"""What is owed to bodies, and by when."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.nearness import Near
from symposia.accounts.permissions import Permission
from symposia.reporting.models import OF_EDUCATION, DueReport, DueState
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either

DUE_TONES: dict[str, str] = {
    DueState.OPEN: "warn",
    DueState.SENT: "info",
    DueState.DONE: "ok",
    DueState.WAIVED: "",
}
_SOON = timedelta(days=30)
WHEN = [("late", _("Late")), ("soon", _("Within 30 days")), ("later", _("Later"))]


def _rows(access: Any, **_kwargs: Any) -> Rows:
    return DueReport.objects.visible_to(access).select_related("activity", "owner")


def _search(rows: Rows, text: str) -> Rows:
    said = Q(activity__number__iexact=text.strip()) | Q(activity__title__icontains=text)
    return rows.filter(said | Q(owner__full_name__icontains=text))


DUE_REPORTS = ListOf(
    name="due_reports",
    title=_("Reports to bodies"),
    permission=Permission.VIEW_CREDITS,
    rows=_rows,
    columns=(
        Column("due_on", _("By"), "due_on", sort="due_on", kind="day"),
        Column(
            *("kind", _("Report"), "kind"),
            sort="kind",
            url=lambda d: ("due_report", [d.pk]),
        ),
        Column(
            *("number", _("Number"), "activity__number"),
            sort="activity__number",
            kind="id",
            url=lambda d: ("activity_reports", [d.activity_id]),
        ),
        Column("title", _("Activity"), "activity__title", sort="activity__title"),
        Column("owner", _("Who sees to it"), either("owner__full_name", "owner__email")),
        Column(
            *("state", _("State"), "state"),
            sort="state",
            kind="state",
            tone=lambda d: DUE_TONES[d.state],
        ),
        Column("rule", _("Rule"), "rule", in_page=False),
        Column("because", _("Reason"), "waived_because", in_page=False),
    ),
    filters=(
        Search("q", _("Activity or person"), _search),
        Choice("kind", _("Report"), "kind", OF_EDUCATION),
        Choice("state", _("State"), "state", DueState.choices),
        Near("when", _("By"), "due_on", WHEN, within=_SOON, still=DueState.OPEN),
    ),
    sort="due_on",
    empty=_(
        "Nothing is owed. Once an activity that offers credit is over, what its bodies want to be"
        " told stands here."
    ),
)
