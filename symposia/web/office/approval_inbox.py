"""The inbox of approvals: it opens on what waits for whoever looks."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from symposia.accounts.permissions import Permission
from symposia.approvals.lists import APPROVALS
from symposia.approvals.models import ApprovalRequest
from symposia.approvals.queries import requests_waiting_for, waiting_for
from symposia.web.office.approval_sight import lent_here
from symposia.web.parts import Tab
from symposia.web.requests import UserRequest
from symposia.web.shell import counts

_OPEN = "state=open&sort=-risk"


@counts("approvals")
def waiting(request: UserRequest) -> list[QuerySet[ApprovalRequest]]:
    """Behind the number beside Approvals on the rail: what waits for this person's signature.

    What was lent is counted in the inbox: to read it on every page costs a statement.
    """
    return [requests_waiting_for(request.access, [])]


def opens_on(request: UserRequest) -> str:
    """What the inbox shows where no view is asked for: what waits for this person, the riskiest
    first; whoever decides nothing sees everything."""
    holders = [request.access, *(each.access for each in lent_here(request))]
    roles = [access.roles_with(Permission.DECIDE_APPROVALS) for access in holders]
    mine = sorted(frozenset().union(*roles))
    return "&".join([_OPEN, *(f"step={role}" for role in mine)]) if mine else ""


def inbox(request: UserRequest) -> dict[str, Any]:
    """Around the list: what waits for me, what waits at all, everything."""
    here, query, own = reverse("approvals"), request.GET, opens_on(request)
    lent = lent_here(request)
    is_open, is_mine = query.get("state") == "open", "step" in query
    views = [
        Tab(_("Open"), f"{here}?{_OPEN}", current=is_open and not is_mine),
        Tab(_("All"), f"{here}?sort={APPROVALS.sort}", current="state" not in query),
    ]
    if own:
        count = waiting_for(request.access, lent)
        current = is_open and is_mine
        views.insert(0, Tab(_("Waits for you"), f"{here}?{own}", current=current, count=count))
    may_decide = request.access.holds(Permission.DECIDE_APPROVALS)
    return {"views": views, "may_decide": may_decide, "lent": lent}
