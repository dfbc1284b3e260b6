"""The public register beside the directory: look up, compare, fill from, add."""

import uuid
from datetime import date
from typing import Annotated, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.directory.actions.registry import add_from_registry, fill_from_registry
from symposia.directory.models import Clinician, RegistryEntry
from symposia.directory.registry.comparing import compared, entry_of

router = Router(tags=["registry"])
MOST = 50
Asked = Annotated[str, Field(min_length=1, max_length=200)]


class RegisterEntryOut(Schema):
    """What the public register says of a person."""

    number: str
    full_name: str
    credential: str
    profession: str
    specialty: str
    phone: str
    city: str
    region: str
    country: str
    deactivated_on: date | None
    told_on: date


class ComparedOut(Schema):
    """A field in the directory and in the register."""

    name: str
    ours: str
    theirs: str
    differs: bool


class TakeIn(Schema):
    """The fields to take over."""

    fields: list[str] = Field(min_length=1, max_length=20)


class TakenOut(Schema):
    """What waits for a second person; the other fields hold at once."""

    id: uuid.UUID
    waiting: list[str]


class AddedOut(Schema):
    id: uuid.UUID


@router.get("", response=list[RegisterEntryOut], operation_id="look_up_register")
@allowed(Permission.VIEW_DIRECTORY)
def look_up(request: Any, q: Asked) -> Any:
    """People of the register by number, or by words their name has; fifty at most."""
    return RegistryEntry.objects.search(q)[:MOST]


@router.post(
    "/entries/{slug:number}/addition", response={201: AddedOut}, operation_id="add_from_register"
)
@allowed(Permission.MANAGE_DIRECTORY)
def add(request: Any, number: str) -> Clinician:
    """Put somebody of the register into the directory, with the number."""
    return add_from_registry(get_object_or_404(RegistryEntry, pk=number), by=request.actor)


@router.get(
    "/clinicians/{uuid:pk}", response=list[ComparedOut], operation_id="compare_with_register"
)
@allowed(Permission.VIEW_DIRECTORY)
def compare(request: Any, pk: uuid.UUID) -> Any:
    """Field by field what the directory and the register say of a person."""
    clinician = _clinician(request, pk, Permission.VIEW_DIRECTORY)
    entry = entry_of(clinician)
    if entry is None:
        raise Http404
    return compared(clinician, entry)


@router.post("/clinicians/{uuid:pk}", response=TakenOut, operation_id="fill_from_register")
@allowed(Permission.MANAGE_DIRECTORY)
def fill(request: Any, pk: uuid.UUID, body: TakeIn) -> dict[str, Any]:
    """Take over fields; names and telephone numbers wait for a second person."""
    clinician = _clinician(request, pk, Permission.MANAGE_DIRECTORY)
    done = fill_from_registry(clinician, body.fields, by=request.actor)
    return {"id": done.clinician.pk, "waiting": [each.field for each in done.waiting]}


def _clinician(request: Any, pk: uuid.UUID, permission: Permission) -> Clinician:
    return get_object_or_404(Clinician.objects.within(request.access, permission), pk=pk)
