"""Institutions: list, note, correct."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.api.own_fields import OwnJson, own_out, own_sent
from symposia.directory.actions.institutions import (
    InstitutionFacts,
    change_institution,
    enter_institution,
)
from symposia.directory.affiliation_lists import INSTITUTIONS
from symposia.directory.models import Institution, InstitutionKind, OwnOf
from symposia.directory.own_queries import own_said

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
    # Fields of one's own by their codes; what is left out stays, null: nothing is said any more.
    own: OwnJson | None = None

    def facts(self) -> InstitutionFacts:
        """The house as the directory describes it."""
        return InstitutionFacts(**self.dict(exclude={"own"}))


class InstitutionOut(Schema):
    """An institution, as kept."""

    id: uuid.UUID
    name: str
    kind: str
    city: str
    region: str
    country: str
    # What the fields of one's own say that you see, by their codes.
    own: OwnJson


@router.post("", response={201: InstitutionOut}, operation_id="enter_institution")
@allowed(_MANAGES)
def new(request: Any, body: InstitutionIn) -> Status[dict[str, Any]]:
    """Note a house."""
    own = own_sent(request, OwnOf.INSTITUTION, body.own, is_new=True)
    made = enter_institution(body.facts(), by=request.actor, own=own)
    return Status(201, _shown(request, made))


@router.get("/{uuid:pk}", response=InstitutionOut, operation_id="institution")
@allowed(Permission.VIEW_DIRECTORY)
def read(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Read a house, with what fields of one's own say."""
    return _shown(request, _institution(request, pk))


@router.put("/{uuid:pk}", response=InstitutionOut, operation_id="change_institution")
@allowed(_MANAGES)
def change(request: Any, pk: uuid.UUID, body: InstitutionIn) -> dict[str, Any]:
    """Correct what is said of a house."""
    own = own_sent(request, OwnOf.INSTITUTION, body.own)
    found = _institution(request, pk)
    return _shown(request, change_institution(found, body.facts(), by=request.actor, own=own))


def _institution(request: Any, pk: uuid.UUID) -> Institution:
    return get_object_or_404(Institution.objects.visible_to(request.access), pk=pk)


def _shown(request: Any, found: Institution) -> dict[str, Any]:
    names = ("id", "name", "kind", "city", "region", "country")
    own = own_out(own_said(request.access, found))
    return {name: getattr(found, name) for name in names} | {"own": own}
