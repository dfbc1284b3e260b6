"""What people asked to have changed, as a list and as a queue."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.changing import shown
from symposia.directory.models import ChangeRequest, ChangeState, Clinician, Proposable
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, either

TONES = {
    ChangeState.WAITING: "warn",
    ChangeState.ACCEPTED: "ok",
    ChangeState.REFUSED: "stop",
    ChangeState.WITHDRAWN: "",
}


def _of_person(rows: Rows, text: str) -> Rows:
    return rows.filter(clinician__in=Clinician.objects.search(text))


def _by(rows: Any, text: str) -> Rows:
    found: Rows = rows.filter(proposed_by_name__icontains=text)
    return found


CHANGE_REQUESTS = ListOf(
    name="change_requests",
    title=_("Changes of the directory"),
    permission=Permission.VIEW_DIRECTORY,
    rows=lambda access: ChangeRequest.objects.visible_to(access).for_list(),
    columns=(
        Column(
            "person",
            _("Name"),
            either("clinician__display_name", "clinician__full_name"),
            url=lambda row: ("change_request", [row.pk]),
        ),
        Column("field", _("What"), lambda row: row.called),
        Column("was", _("Was"), lambda row: shown(row.field, row.was, row.own_field)),
        Column("now", _("Shall be"), lambda row: shown(row.field, row.now, row.own_field)),
        Column("by", _("Asked for by"), "proposed_by_name", sort="proposed_by_name"),
        Column("at", _("Asked"), "proposed_at", kind="moment", sort="proposed_at"),
        Column(
            "state",
            _("State"),
            "state",
            kind="state",
            tone=lambda row: TONES[row.state],
        ),
        Column("evidence", _("What shows it"), "evidence", in_page=False),
        Column("decided_by", _("Decided by"), "decided_by_name", in_page=False),
        Column("decided_at", _("Decided"), "decided_at", kind="moment", in_page=False),
        Column("reason", _("Reason"), "reason", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _of_person),
        Choice("state", _("State"), "state", ChangeState.choices),
        Choice("field", _("What"), "field", Proposable.choices),
        Search("by", _("Asked for by"), _by),
    ),
    sort="-proposed_at",
    empty=_("Nobody has asked for a change."),
)
