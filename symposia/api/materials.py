"""Materials for follow-up: proposed, approved by a second person, withdrawn."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.engagement.actions.materials import (
    approve_material,
    propose_material,
    withdraw_material,
)
from symposia.engagement.lists import MATERIALS
from symposia.engagement.models import ApprovedMaterial
from symposia.engagement.policies import LARGEST_FILE, LONGEST_WORDING, MaterialFacts

router = Router(tags=["follow-up"])
list_route(router, MATERIALS)


class MaterialIn(Schema):
    """A version of a material; an address, or a PDF beside the form."""

    name: str = Field(min_length=1, max_length=120)
    kind: str = Field(max_length=9)
    wording: str = Field(min_length=1, max_length=LONGEST_WORDING)
    modes: list[str] = Field(min_length=1, max_length=2)
    valid_until: date
    address: str = Field("", max_length=500)
    activity: uuid.UUID | None = None


class MaterialWithdrawalIn(Schema):
    """Why a material is given away no more."""

    reason: str = Field(min_length=1, max_length=500)


class MaterialOut(Schema):
    """A version of a material as it stands."""

    id: uuid.UUID
    name: str
    version: int
    kind: str
    wording: str
    modes: list[str]
    valid_until: date
    state: str
    proposed_by_name: str
    approved_by_name: str
    approved_at: datetime | None
    withdrawn_because: str


@router.post("", response={201: MaterialOut}, operation_id="propose_material")
@allowed(Permission.MANAGE_CURRICULUM)
def propose(
    request: Any, body: Form[MaterialIn], file: File[UploadedFile | None] = None
) -> Status[ApprovedMaterial]:
    """Propose a material, or the next version of one, as a form."""
    activity = None
    if body.activity:
        rows = Activity.objects.visible_to(request.access)
        activity = get_object_or_404(rows, pk=body.activity)
    facts = MaterialFacts(
        body.name,
        body.kind,
        body.wording,
        body.modes,
        body.valid_until,
        body.address,
        (file.name or "") if file else "",
        file.read(LARGEST_FILE + 1) if file else b"",
        activity.pk if activity else None,
    )
    return Status(201, propose_material(facts, by=request.actor))


@router.get("/{uuid:pk}", response=MaterialOut, operation_id="material")
@allowed(Permission.VIEW_CURRICULUM)
def show(request: Any, pk: uuid.UUID) -> ApprovedMaterial:
    """One version."""
    return _found(request, pk)


@router.post("/{uuid:pk}/approval", response=MaterialOut, operation_id="approve_material")
@allowed(Permission.DECIDE_APPROVALS)
def approve(request: Any, pk: uuid.UUID) -> ApprovedMaterial:
    """Let it be given away; somebody else than who proposed it."""
    return approve_material(_found(request, pk), by=request.actor)


@router.post("/{uuid:pk}/withdrawal", response=MaterialOut, operation_id="withdraw_material")
@allowed(Permission.DECIDE_APPROVALS)
def withdraw(request: Any, pk: uuid.UUID, body: MaterialWithdrawalIn) -> ApprovedMaterial:
    """Give it away no more; its links open nothing from now on."""
    return withdraw_material(_found(request, pk), reason=body.reason, by=request.actor)


def _found(request: Any, pk: uuid.UUID) -> ApprovedMaterial:
    return get_object_or_404(ApprovedMaterial.objects.visible_to(request.access), pk=pk)
