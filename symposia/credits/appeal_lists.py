from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.credits.models import AppealState, CreditAppeal
from symposia.shared.lists import Choice, Column, ListOf, Rows

APPEAL_TONES: dict[str, str] = {
    AppealState.WAITING: "warn",
    AppealState.GRANTED: "ok",
    AppealState.REFUSED: "stop",
}


def _rows(access: Any, **_kwargs: Any) -> Rows:
    return CreditAppeal.objects.visible_to(access).select_related("clinician", "activity")


APPEALS = ListOf(
    name="credit_appeals",
    title=_("Appeals about credit"),
    permission=Permission.VIEW_CREDITS,
    rows=_rows,
    columns=(
        Column(
            "name",
            _("Name"),
            "clinician__full_name",
            sort="clinician__search_text",
            url=lambda a: ("credit_appeal", [a.pk]),
        ),
        Column("activity", _("Activity"), "activity__number", sort="activity__number", kind="id"),
        Column("said", _("What is wrong"), "said"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda a: APPEAL_TONES[a.state],
        ),
        Column("asked_at", _("Asked"), "asked_at", sort="asked_at", kind="moment"),
        Column("decided_at", _("Decided"), "decided_at", kind="moment", in_page=False),
        Column("decided_by", _("Decided by"), "decided_by_name", in_page=False),
        Column("decided_because", _("Reason"), "decided_because", in_page=False),
    ),
    filters=(Choice("state", _("State"), "state", AppealState.choices),),
    sort="-asked_at",
    empty=_("No learner has found their credit wrong."),
)
