"""Changes of the directory that two people make: list, ask, decide."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.changes import decide_change, propose_change, take_back_change
from symposia.directory.actions.guarding import guard_fields
from symposia.directory.change_lists import CHANGE_REQUESTS
from symposia.directory.changing import ChangeFacts
from symposia.directory.models import (
    GUARDED,
    ChangeRequest,
    Clinician,
    OwnField,
    OwnOf,
    Proposable,
)
from symposia.directory.own_queries import own_fields_seen
from symposia.directory.policies.own import NO_SUCH_FIELD
from symposia.directory.queries import guarded_fields
from symposia.shared.refusals import needed

router = Router(tags=["clinicians"])
list_route(router, CHANGE_REQUESTS)


class GuardedFields(Schema):
    """The fields that two people change."""

    model_config = ConfigDict(extra="forbid")

    fields: list[Proposable] = Field(max_length=20)


@router.get("/fields", response=GuardedFields, operation_id="guarded_fields")
@allowed(Permission.VIEW_DIRECTORY)
def guarded(request: Any) -> dict[str, Any]:
    """What two people change here: what they always do, and what was added."""
    return {"fields": sorted(guarded_fields())}


@router.put("/fields", response=GuardedFields, operation_id="guard_fields")
@allowed(Permission.MANAGE_ORGANISATION)
def guard(request: Any, body: GuardedFields) -> dict[str, Any]:
    """Say what two people change besides what they always do."""
    return {"fields": sorted(guard_fields(set(body.fields) - GUARDED, by=request.actor))}


class ChangeIn(Schema):
    """A field of a person, what it should say, and what shows that."""

    model_config = ConfigDict(extra="forbid")

    clinician: uuid.UUID
    field: Proposable
    # With field `own`: the code of which field of one's own.
    own: str = Field("", max_length=40)
    now: str = Field("", max_length=254)
    was: str = Field("", max_length=60)
    scheme: str = Field("", max_length=10)
    issuer: str = Field("", max_length=80)
    evidence: str = Field("", max_length=500)


class ChangeDecisionIn(Schema):
    """Yes, or no with the reason."""

    accepted: bool
    reason: str = Field("", max_length=500)


class ChangeOut(Schema):
    """A change that was asked for, as kept."""

    id: uuid.UUID
    clinician_id: uuid.UUID
    field: str
    own: str
    was: str
    now: str
    evidence: str
    state: str
    proposed_by_name: str
    proposed_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    reason: str

    @staticmethod
    def resolve_own(row: ChangeRequest) -> str:
        return row.own_field.code if row.own_field else ""


@router.post("", response={201: ChangeOut}, operation_id="propose_change")
@allowed(Permission.VIEW_DIRECTORY)
def propose(request: Any, body: ChangeIn) -> ChangeRequest:
    """Ask to have a field changed; a second person decides."""
    people = Clinician.objects.visible_to(request.access)
    clinician = get_object_or_404(people, pk=body.clinician)
    facts = ChangeFacts(**body.dict(exclude={"clinician", "own"}), own=_own(request, body))
    return propose_change(clinician, facts, by=request.actor)


def _own(request: Any, body: ChangeIn) -> OwnField | None:
    """Which field of one's own is meant, of those one sees."""
    if body.field != Proposable.OWN:
        return None
    seen = {each.code: each for each in own_fields_seen(request.access, OwnOf.CLINICIAN)}
    return needed(seen.get(body.own), NO_SUCH_FIELD.about(name=body.own))


@router.post("/{pk}/decision", response=ChangeOut, operation_id="decide_change")
@allowed(Permission.STEWARD_DIRECTORY)
def decide(request: Any, pk: uuid.UUID, body: ChangeDecisionIn) -> ChangeRequest:
    """Agree or refuse; never what one asked for oneself."""
    rows = ChangeRequest.objects.visible_to(request.access, Permission.STEWARD_DIRECTORY)
    change = get_object_or_404(rows, pk=pk)
    return decide_change(change, accepted=body.accepted, by=request.actor, reason=body.reason)


@router.post("/{pk}/withdrawal", response=ChangeOut, operation_id="take_back_change")
@allowed(Permission.VIEW_DIRECTORY)
def take_back(request: Any, pk: uuid.UUID) -> ChangeRequest:
    """Not wanted any more."""
    change = get_object_or_404(ChangeRequest.objects.visible_to(request.access), pk=pk)
    return take_back_change(change, by=request.actor)
