"""How clinicians are reached: list, note, describe, prefer, try, take away."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.directory_changes import ChangeOut
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.contacts import (
    add_contact,
    describe_contact,
    prefer_contact,
    remove_contact,
    verify_contact,
)
from symposia.directory.contact_lists import CONTACTS
from symposia.directory.contacting import ContactFacts
from symposia.directory.models import ChangeRequest, Clinician, ContactKind, ContactPoint
from symposia.directory.reaching import used_in_record

router = Router(tags=["clinicians"])
list_route(router, CONTACTS)
_MANAGES = Permission.MANAGE_DIRECTORY


class ContactSaid(Schema):
    """What it is for, since when and until when, and who says so."""

    model_config = ConfigDict(extra="forbid")

    label: str = Field("", max_length=60)
    from_on: date | None = None
    until_on: date | None = None
    source: str = Field("", max_length=200)


class ContactIn(ContactSaid):
    """Whom it reaches, by what."""

    clinician: uuid.UUID
    kind: ContactKind
    value: str = Field(min_length=1, max_length=600)


class TrialIn(Schema):
    """How one knows that it works."""

    how: str = Field(min_length=1, max_length=200)


class ContactRemovalIn(Schema):
    """Why it was never right."""

    reason: str = Field(min_length=1, max_length=500)


class ContactOut(Schema):
    """A way to reach somebody, as kept; whether the record of the person uses it."""

    id: uuid.UUID
    clinician_id: uuid.UUID
    kind: str
    value: str
    label: str
    from_on: date | None
    until_on: date | None
    source: str
    verified_at: datetime | None
    is_used: bool

    @staticmethod
    def resolve_is_used(row: ContactPoint) -> bool:
        return used_in_record(row)


@router.post("", response={201: ContactOut}, operation_id="add_contact")
@allowed(_MANAGES)
def add(request: Any, body: ContactIn) -> Status[ContactPoint]:
    """Note another way to reach somebody."""
    people = Clinician.objects.within(request.access, _MANAGES)
    clinician = get_object_or_404(people, pk=body.clinician)
    facts = ContactFacts(**body.dict(exclude={"clinician"}))
    return Status(201, add_contact(clinician, facts, by=request.actor))


@router.put("/{uuid:pk}", response=ContactOut, operation_id="describe_contact")
@allowed(_MANAGES)
def describe(request: Any, pk: uuid.UUID, body: ContactSaid) -> ContactPoint:
    """Say better what it is for and until when it holds; what it is stays."""
    row = _row(request, pk)
    facts = ContactFacts(row.kind, row.value, **body.dict())
    return describe_contact(row, facts, by=request.actor)


@router.post(
    "/{uuid:pk}/preference",
    response={200: ContactOut, 202: ChangeOut},
    operation_id="prefer_contact",
)
@allowed(_MANAGES)
def prefer(request: Any, pk: uuid.UUID) -> Status[Any]:
    """Use this one from now on; where two people change it, it waits for the second."""
    done = prefer_contact(_row(request, pk), by=request.actor)
    return Status(202 if isinstance(done, ChangeRequest) else 200, done)


@router.post("/{uuid:pk}/trial", response=ContactOut, operation_id="verify_contact")
@allowed(_MANAGES)
def tried(request: Any, pk: uuid.UUID, body: TrialIn) -> ContactPoint:
    """Say that it reaches the person, and how one knows."""
    return verify_contact(_row(request, pk), body.how, by=request.actor)


@router.post("/{uuid:pk}/removal", response={204: None}, operation_id="remove_contact")
@allowed(_MANAGES)
def remove(request: Any, pk: uuid.UUID, body: ContactRemovalIn) -> Status[None]:
    """Take away what never reached the person."""
    remove_contact(_row(request, pk), by=request.actor, reason=body.reason)
    return Status(204, None)


def _row(request: Any, pk: uuid.UUID) -> ContactPoint:
    people = Clinician.objects.within(request.access, _MANAGES)
    rows = ContactPoint.objects.for_list().filter(clinician__in=people)
    return get_object_or_404(rows, pk=pk)
