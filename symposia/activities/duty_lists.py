from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import (
    DocumentSlot,
    DocumentSlotQuerySet,
    DutyState,
    Milestone,
    MilestoneQuerySet,
)
from symposia.shared.lists import Choice, Column, ListOf, Search, either

DUTY_TONES: dict[str, str] = {
    DutyState.OPEN: "",
    DutyState.OVERDUE: "stop",
    DutyState.DONE: "ok",
}


def _milestones(access: Access) -> MilestoneQuerySet:
    rows = Milestone.objects.visible_to(access).judged(local_day())
    return rows.select_related("activity__owner", "owner")


def _documents(access: Access) -> DocumentSlotQuerySet:
    rows = DocumentSlot.objects.visible_to(access).judged(local_day())
    return rows.select_related("activity")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


_STATE = Column(
    "state",
    _("State"),
    lambda each: str(DutyState(each.state).label),
    kind="state",
    tone=lambda each: DUTY_TONES[each.state],
)
_FILTERS = (
    Search("q", _("Words or number"), _search),
    Choice("state", _("State"), "state", DutyState.choices),
)
MILESTONES = ListOf(
    name="milestones",
    title=_("Milestones"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_milestones,
    columns=(
        Column("due", _("Due"), "due_on", sort="due_on", kind="day"),
        Column(
            "title",
            _("What"),
            "title",
            sort="title",
            url=lambda each: ("activity_tasks", [each.activity_id]),
        ),
        Column("activity", _("Activity"), lambda each: str(each.activity)),
        Column("owner", _("Owner"), either("owner__full_name", "activity__owner__full_name")),
        _STATE,
        Column("done_by", _("Done by"), "done_by_name", in_page=False),
    ),
    filters=_FILTERS,
    sort="due_on",
    empty=_("Each activity begins with the milestones of its type."),
)
DOCUMENTS = ListOf(
    name="documents",
    title=_("Documents"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_documents,
    columns=(
        Column("due", _("Due"), "due_on", sort="due_on", kind="day"),
        Column(
            "title",
            _("Document"),
            "title",
            sort="title",
            url=lambda each: ("document", [each.pk]),
        ),
        Column("activity", _("Activity"), lambda each: str(each.activity)),
        Column("version", _("Version"), "latest", sort="latest", kind="n"),
        _STATE,
        Column("waived", _("Not needed because"), "waived_because", in_page=False),
    ),
    filters=_FILTERS,
    sort="due_on",
    empty=_("Each activity begins with the documents of its type."),
)
