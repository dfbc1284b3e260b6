from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.credits.models import ExternalCredit, ExternalState
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search

EXTERNAL_TONES: dict[str, str] = {
    ExternalState.HANDED_IN: "warn",
    ExternalState.ACCEPTED: "ok",
    ExternalState.RETURNED: "stop",
    ExternalState.WITHDRAWN: "",
}


def _rows(access: Any, **_kwargs: Any) -> Rows:
    return ExternalCredit.objects.visible_to(access).select_related("clinician", "system")


def _find(rows: Any, text: str) -> Rows:
    found: Rows = rows.search(text)
    return found


EXTERNAL_CREDITS = ListOf(
    name="external_credits",
    title=_("Credit from elsewhere"),
    permission=Permission.VIEW_CREDITS,
    rows=_rows,
    columns=(
        Column(
            "title",
            _("What it was"),
            "title",
            sort="title",
            url=lambda e: ("external_credit", [e.pk]),
        ),
        Column("name", _("Name"), "clinician__full_name", sort="clinician__search_text"),
        Column("provider", _("Provider"), "provider", sort="provider"),
        Column("earned_on", _("Day it was earned"), "earned_on", sort="earned_on", kind="day"),
        Column("system", _("Credit system"), "system__name", sort="system__name"),
        Column("amount", _("Credit"), "amount", sort="amount", kind="n"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda e: EXTERNAL_TONES[e.state],
        ),
        Column("handed_in_at", _("Handed in"), "handed_in_at", sort="handed_in_at", kind="moment"),
        Column("decided_at", _("Decided"), "decided_at", kind="moment", in_page=False),
        Column("decided_by", _("Decided by"), "decided_by_name", in_page=False),
        Column("decided_because", _("Reason"), "decided_because", in_page=False),
        Column("sha256", _("Hash of the file"), "sha256", in_page=False),
    ),
    filters=(
        Search("q", _("Name, title or provider"), _find),
        Choice("state", _("State"), "state", ExternalState.choices),
    ),
    sort="-handed_in_at",
    empty=_("No learner has entered credit from elsewhere yet."),
)
