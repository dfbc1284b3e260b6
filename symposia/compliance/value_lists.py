from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.compliance.models import ValueProposal
from symposia.shared.lists import Choice, Column, ListOf, Search
from symposia.shared.proposals import ProposalState

VALUE_TONES: dict[str, str] = {
    ProposalState.WAITING: "warn",
    ProposalState.AGREED: "ok",
    ProposalState.DROPPED: "",
}


def _proposals(access: Access) -> Any:
    return ValueProposal.objects.visible_to(access)


def _find(rows: Any, text: str) -> Any:
    return rows.filter(label__icontains=text) | rows.filter(pack_title__icontains=text)


VALUE_PROPOSALS = ListOf(
    name="value_proposals",
    title=_("Proposed values"),
    permission=Permission.VIEW_RULES,
    rows=_proposals,
    columns=(
        Column(
            "label",
            _("Value"),
            lambda p: p.label[:1].upper() + p.label[1:],
            sort="label",
            url=lambda p: ("value_proposal", [p.pk]),
        ),
        Column("pack", _("Pack"), "pack_title", sort="pack_title"),
        Column("was", _("Until then"), lambda p: p.was or _("not set"), kind="n"),
        Column("value", _("Amount"), lambda p: p.value or _("not set"), kind="n"),
        Column("unit", _("Unit"), "unit"),
        Column("from", _("From"), "effective_from", kind="day", sort="effective_from"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda p: VALUE_TONES.get(p.state, ""),
        ),
        Column("proposed_by", _("Proposed by"), "proposed_by_name"),
        Column("decided_by", _("Decided by"), "decided_by_name"),
        Column("reason", _("Why"), "reason", in_page=False),
        Column("proposed_at", _("Proposed"), "proposed_at", kind="moment", sort="proposed_at"),
    ),
    filters=(
        Search("q", _("Value or pack"), _find),
        Choice("state", _("State"), "state", ProposalState.choices),
    ),
    sort="-proposed_at",
    empty=_("Nobody has proposed a value."),
)
