"""Institutions: list, note, correct."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.institutions import (
    InstitutionFacts,
    change_institution,
    enter_institution,
)
from symposia.directory.affiliation_lists import INSTITUTIONS
from symposia.directory.models import Institution, InstitutionKind

router = Router(tags=["clinicians"])
list_route(router, INSTITUTIONS)
_MANAGES = Permission.MANAGE_DIRECTORY


class InstitutionIn(Schema):
    """What a house is called, what it is and where it stands."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    kind: InstitutionKind = InstitutionKind.HOSPITAL
    city: str = Field("", max_length=100)
    region: str = Field("", max_length=60)
    country: str = Field("", pattern="^([A-Z]{2})?$")


class InstitutionOut(Schema):
    """An institution, as kept."""

    id: uuid.UUID
    name: str
    kind: str
    city: str
    region: str
    country: str


@router.post("", response={201: InstitutionOut}, operation_id="enter_institution")
@allowed(_MANAGES)
def new(request: Any, body: InstitutionIn) -> Status[Institution]:
    """Note a house."""
    return Status(201, enter_institution(InstitutionFacts(**body.dict()), by=request.actor))


@router.put("/{uuid:pk}", response=InstitutionOut, operation_id="change_institution")
@allowed(_MANAGES)
def change(request: Any, pk: uuid.UUID, body: InstitutionIn) -> Institution:
    """Correct what is said of a house."""
    found = get_object_or_404(Institution.objects.visible_to(request.access), pk=pk)
    return change_institution(found, InstitutionFacts(**body.dict()), by=request.actor)
