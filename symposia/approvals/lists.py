from typing import Any, cast

from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.approvals.conditions import as_text
from symposia.approvals.models import (
    ApprovalRequest,
    Delegation,
    RequestQuerySet,
    Risk,
    Route,
    RouteProposal,
    State,
)
from symposia.approvals.queries import deciding_roles, lent_to
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search
from symposia.shared.proposals import ProposalState

RISK_TONES: dict[str, str] = {
    Risk.HIGH: "stop",
    Risk.MEDIUM: "warn",
    Risk.LOW: "ok",
    Risk.UNKNOWN: "",
}
TONES: dict[str, str] = {
    State.APPROVED: "ok",
    State.REFUSED: "stop",
    State.RETURNED: "warn",
    State.OPEN: "",
    State.WITHDRAWN: "",
}


def _rows(access: Access, **_kwargs: Any) -> RequestQuerySet:
    lent = lent_to(access, at=now()) if access.holds(Permission.DECIDE_APPROVALS) else []
    return ApprovalRequest.objects.visible_to(access, lent=[each.access for each in lent])


class _Role(Choice):
    """Those that wait for a role, beside whichever others."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        known = [value for value, _label in self.options() if value in values]
        return rows.filter(waiting_roles__overlap=known) if known else rows


class _InForce(Choice):
    """Versions that new requests take, or those they no longer take."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        known = {value for value, _label in self.options() if value in values}
        return rows.filter(ended_at__isnull="yes" in known) if len(known) == 1 else rows


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
            tone=lambda r: RISK_TONES[r.risk],
        ),
        Column("rules", _("Rules"), "risk_note"),
        Column("step", _("Waits for"), lambda r: ", ".join(step.name for step in r.waits_for)),
        Column("asked_by", _("Asked by"), "opened_by_name", sort="opened_by_name"),
        Column("opened_at", _("Asked"), "opened_at", sort="opened_at", kind="moment"),
        Column("due_at", _("Decide by"), "due_at", sort="due_at", kind="moment"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda r: TONES[r.state],
        ),
    ),
    filters=(
        Search("q", _("Number or title"), find=_search),
        Choice("state", _("State"), field="state", choices=State.choices),
        Choice("risk", _("Risk"), field="risk", choices=Risk.choices),
        _Role(
            "step",
            _("Waits for"),
            field="waiting_roles",
            choices=deciding_roles,
        ),
    ),
    sort="-opened_at",
    empty=_("No request that you may see was submitted for approval yet."),
)


def _route_state(route: Route) -> Any:
    return _("No longer in force") if route.ended_at else _("In force")


ROUTES = ListOf(
    name="approval_routes",
    title=_("Routes of approval"),
    permission=Permission.VIEW_APPROVALS,
    rows=lambda access, **_kwargs: Route.objects.visible_to(access),
    columns=(
        Column("name", _("Route"), "name", sort="name", url=lambda r: ("approval_route", [r.pk])),
        Column("applies_to", _("For"), "applies_to", sort="applies_to"),
        Column("number", _("Version"), lambda r: r.number, kind="n"),
        Column("taken_if", _("Taken if"), lambda r: as_text(r.taken_if).replace("\n", "; ")),
        Column("steps", _("Steps"), lambda r: ", ".join(s.name for s in r.route_steps)),
        Column("made_by", _("Made by"), "created_by_name", sort="created_by_name"),
        Column("created_at", _("In force since"), "created_at", sort="created_at", kind="moment"),
        Column("ended_at", _("Until"), "ended_at", sort="ended_at", kind="moment"),
        Column(
            "state",
            _("State"),
            _route_state,
            kind="state",
            tone=lambda r: "" if r.ended_at else "ok",
        ),
    ),
    filters=(
        Search("q", _("Name"), find=lambda rows, text: rows.filter(name__icontains=text)),
        _InForce(
            "force",
            _("State"),
            field="ended_at",
            choices=(("yes", _("In force")), ("no", _("No longer in force"))),
        ),
    ),
    sort="-created_at",
    empty=_("No route of approval is set up yet."),
)

ROUTE_PROPOSALS = ListOf(
    name="route_proposals",
    title=_("Proposed changes of routes"),
    permission=Permission.VIEW_APPROVALS,
    rows=lambda access, **_kwargs: RouteProposal.objects.visible_to(access),
    columns=(
        Column("name", _("Route"), "name", url=lambda p: ("route_proposal", [p.pk])),
        Column("what", _("What"), "what"),
        Column("applies_to", _("For"), "applies_to", sort="applies_to"),
        Column("proposed_by", _("Proposed by"), "proposed_by_name"),
        Column("proposed_at", _("Proposed"), "proposed_at", sort="proposed_at", kind="moment"),
        Column(
            "state",
            _("State"),
            "state",
            kind="state",
            tone=lambda p: "warn" if p.is_waiting else "ok" if p.state == "agreed" else "",
        ),
        Column("decided_by", _("Decided by"), "decided_by_name"),
        Column("decided_at", _("Decided"), "decided_at", kind="moment"),
    ),
    filters=(
        Choice("state", _("State"), "state", ProposalState.choices),
        Search("q", _("Name"), find=lambda rows, text: rows.filter(name__icontains=text)),
    ),
    sort="-proposed_at",
    empty=_("Nobody has proposed a change of a route."),
)

DELEGATIONS = ListOf(
    name="delegations",
    title=_("Delegations"),
    permission=Permission.DECIDE_APPROVALS,
    rows=lambda access, **_kwargs: Delegation.objects.visible_to(access).with_role_names(),
    columns=(
        Column(
            "giver", _("For"), "giver_name", sort="giver_name", url=lambda d: ("delegation", [d.pk])
        ),
        Column("delegate", _("Signs in their place"), "delegate_name", sort="delegate_name"),
        Column("role", _("With the role"), lambda d: d.role_called or d.role or _("all")),
        Column("starts_on", _("First day"), "starts_on", kind="day", sort="starts_on"),
        Column("ends_on", _("Last day"), "ends_on", kind="day", sort="ends_on"),
        Column("reason", _("Why"), "reason"),
        Column("ended_at", _("Taken back"), "ended_at", sort="ended_at", kind="moment"),
    ),
    filters=(
        Search(
            "q",
            _("Person"),
            find=lambda rows, text: (
                rows.filter(giver_name__icontains=text) | rows.filter(delegate_name__icontains=text)
            ),
        ),
    ),
    sort="-starts_on",
    empty=_("Nobody signs in anybody's place."),
)
