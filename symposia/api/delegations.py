"""Delegations: who signs in whose place."""

import uuid
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.approvals.actions import DelegationFacts, delegate_signing, end_delegation
from symposia.approvals.lists import DELEGATIONS
from symposia.approvals.models import Delegation
from symposia.approvals.queries import possible_delegates

router = Router(tags=["approvals"])
list_route(router, DELEGATIONS)


class DelegationIn(Schema):
    """Who stands in, with which role (all without one), from when to when, and why."""

    delegate_id: uuid.UUID
    starts_on: date
    ends_on: date
    reason: str = Field(min_length=1, max_length=300)
    role: str = Field("", max_length=40)


class DelegationOut(Schema):
    """A delegation as it stands."""

    id: uuid.UUID
    giver_name: str
    delegate_name: str
    role: str
    starts_on: date
    ends_on: date
    reason: str
    is_over: bool


@router.post("", response={201: DelegationOut}, operation_id="delegate_signing")
@allowed(Permission.DECIDE_APPROVALS)
def delegate(request: Any, body: DelegationIn) -> dict[str, Any]:
    """A token signs for its owner alone, so it delegates nothing; a session does."""
    names = {each.pk: str(each) for each in possible_delegates(request.access, at=now())}
    facts = DelegationFacts(delegate_name=names.get(body.delegate_id, ""), **body.dict())
    return _out(delegate_signing(facts, access=request.access, by=request.actor))


@router.post("/{uuid:pk}/ending", response=DelegationOut, operation_id="end_delegation")
@allowed(Permission.DECIDE_APPROVALS)
def end(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Take one back."""
    found = get_object_or_404(Delegation.objects.visible_to(request.access), pk=pk)
    return _out(end_delegation(found, access=request.access, by=request.actor))


def _out(found: Delegation) -> dict[str, Any]:
    names = ("id", "giver_name", "delegate_name", "role", "starts_on", "ends_on", "reason")
    facts = {name: getattr(found, name) for name in names}
    return facts | {"is_over": found.ended_at is not None}
