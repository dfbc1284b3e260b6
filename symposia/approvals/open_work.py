"""What waits for somebody who leaves, and who signs in whose place."""

import uuid

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.open_work import OpenWork, knows_open_work
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of_ids
from symposia.approvals.models import ApprovalRequest, Delegation
from symposia.approvals.queries import requests_waiting_for
from symposia.shared.tenancy import current_organisation_id


def approvals_of(user_id: uuid.UUID) -> QuerySet[ApprovalRequest]:
    """Those that wait for a role of theirs; with the role gone they wait for its other holders."""
    organisation = current_organisation_id()
    access = access_of_ids(user_id, organisation, at=now()) if organisation else None
    return requests_waiting_for(access) if access else ApprovalRequest.objects.none()


def delegations_of(user_id: uuid.UUID) -> QuerySet[Delegation]:
    """Those given or received that still run or are to come."""
    living = Delegation.objects.filter(ended_at=None, ends_on__gte=localdate())
    return living.filter(Q(giver_id=user_id) | Q(delegate_id=user_id))


def register_open_work() -> None:
    """Tell accounts what waits for a person here."""
    waits = OpenWork(
        _("Approvals that wait for a role of theirs"),
        Permission.VIEW_APPROVALS,
        approvals_of,
        "approval",
        handed_over=False,
    )
    knows_open_work("approvals", waits)
    lent = OpenWork(
        _("Signing in another's place, which ends"),
        Permission.VIEW_APPROVALS,
        delegations_of,
        "delegations",
        title="giver_name",
        has_page=False,
        handed_over=False,
    )
    knows_open_work("delegations", lent)
