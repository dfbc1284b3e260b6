from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Application, ApplicationState, Type, Wish
from symposia.shared.lists import Choice, Column, ListOf, Search, either

APPLICATION_TONES: dict[str, str] = {
    ApplicationState.DRAFT: "",
    ApplicationState.SUBMITTED: "info",
    ApplicationState.RETURNED: "warn",
    ApplicationState.ACCEPTED: "ok",
    ApplicationState.REFUSED: "stop",
    ApplicationState.WITHDRAWN: "",
}


def _rows(access: Access) -> Any:
    rows = Application.objects.visible_to(access)
    return rows.select_related("reviewer", "activity", "series")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


APPLICATIONS = ListOf(
    name="applications",
    title=_("Applications"),
    permission=Permission.PLAN_ACTIVITIES,
    rows=_rows,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column(
            "title",
            _("Applied for"),
            "title",
            sort="title",
            url=lambda each: ("application", [each.pk]),
        ),
        Column("department", _("Department or partner"), "department", sort="department"),
        Column("applicant", _("Applicant"), "applicant", sort="applicant"),
        Column("day", _("Date"), "day", sort="day", kind="day"),
        Column("wish", _("How often"), "wish"),
        Column("type", _("Type"), "type", in_page=False),
        Column("mode", _("Mode"), "mode", in_page=False),
        Column("email", _("E-mail"), "email", in_page=False),
        Column("need", _("Why it is needed"), "need", in_page=False),
        Column("audience", _("For whom"), "audience", in_page=False),
        Column("city", _("City"), "city", in_page=False),
        Column("reviewer", _("Reviewer"), either("reviewer__full_name", "reviewer__email")),
        Column("became", _("Became"), either("activity__number", "series__number"), kind="id"),
        Column("submitted", _("Handed in"), "submitted_at", sort="submitted_at", in_page=False),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda each: APPLICATION_TONES[each.state],
        ),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("state", _("State"), "state", ApplicationState.choices),
        Choice("wish", _("How often"), "wish", Wish.choices),
        Choice("type", _("Type"), "type", Type.choices),
    ),
    sort="-number",
    empty=_("Departments and partners apply for activities; what they hand in waits here."),
)
