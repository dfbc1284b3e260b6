"""Clinicians of the directory: list, read, add, change."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.directory_changes import ChangeOut
from symposia.api.fields import EmailOrNothing
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.api.own_fields import OwnJson, own_out, own_sent
from symposia.directory.actions.changes import correct_clinician, note_number
from symposia.directory.actions.clinicians import (
    add_clinician,
    deactivate_clinician,
    reactivate_clinician,
)
from symposia.directory.changing import ChangeFacts
from symposia.directory.lists import CLINICIANS
from symposia.directory.models import (
    ChangeRequest,
    Clinician,
    OwnOf,
    Profession,
    Proposable,
    Scheme,
)
from symposia.directory.own_queries import own_said

router = Router(tags=["clinicians"])


class IdentifierOut(Schema):
    """A number some register knows the person by."""

    scheme: str
    issuer: str
    value: str


class ClinicianOut(Schema):
    """A person of the directory."""

    id: uuid.UUID
    full_name: str
    display_name: str
    profession: str
    credential: str
    specialty: str
    email: str
    phone: str
    institution: str | None
    city: str
    region: str
    country: str
    language: str
    identifiers: list[IdentifierOut]
    is_active: bool
    # The record that was kept of the same person, where this one was merged.
    merged_into_id: uuid.UUID | None
    # Fields of which a change waits for a second person.
    waiting: list[str] = Field(default_factory=list)
    # What the fields of one's own say that you see, by their codes.
    own: OwnJson


# What is sent along and is no fact of the person.
_BESIDE = frozenset({"scheme", "number", "evidence", "own", "institution"})


class ClinicianFacts(Schema):
    """What may be said of a person; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    full_name: str | None = Field(None, min_length=1, max_length=200, pattern=r"\S")
    display_name: str | None = Field(None, max_length=200)
    profession: Profession | None = None
    credential: str | None = Field(None, max_length=100)
    specialty: str | None = Field(None, max_length=120)
    email: EmailOrNothing | None = None
    phone: str | None = Field(None, max_length=40)
    city: str | None = Field(None, max_length=100)
    region: str | None = Field(None, max_length=60)
    # By its name; added where nobody named it before. Empty: nowhere that is known.
    institution: str | None = Field(None, max_length=200)
    country: str | None = Field(None, pattern=r"^$|^[A-Z]{2}$")
    language: str | None = Field(None, max_length=10)
    # Shows that a guarded field is wrong; a second person reads it.
    evidence: str = Field("", max_length=500)
    # Fields of one's own by their codes; null: nothing is said any more.
    own: OwnJson | None = None

    def said(self) -> dict[str, Any]:
        """What was given, as the directory keeps it."""
        facts = {name: value for name, value in self.dict().items() if value is not None}
        if "email" in facts:
            facts["email"] = facts["email"].lower()
        return {name: value for name, value in facts.items() if name not in _BESIDE}


class NewClinician(ClinicianFacts):
    """A person to add, with a number if one is known."""

    full_name: str = Field(min_length=1, max_length=200, pattern=r"\S")
    scheme: Scheme = Scheme.OWN
    number: str = Field("", max_length=40)


class NumberIn(Schema):
    """A number that some register knows a person by, and what shows it."""

    model_config = ConfigDict(extra="forbid")

    scheme: Scheme
    number: str = Field(min_length=1, max_length=60, pattern=r"\S")
    issuer: str = Field("", max_length=80)
    evidence: str = Field("", max_length=500)


class DeactivationIn(Schema):
    """Why a person is offered nothing new."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(max_length=500)


list_route(router, CLINICIANS)


@router.get(
    "/{clinician_id}", response=ClinicianOut, operation_id="clinician", summary="Read a clinician"
)
@allowed(Permission.VIEW_DIRECTORY)
def read(request: Any, clinician_id: uuid.UUID) -> dict[str, Any]:
    return _shown(request, _visible(request, clinician_id))


@router.post(
    "", response={201: ClinicianOut}, operation_id="add_clinician", summary="Add a clinician"
)
@allowed(Permission.MANAGE_DIRECTORY)
def add(request: Any, new: NewClinician) -> Status[dict[str, Any]]:
    own = own_sent(request, OwnOf.CLINICIAN, new.own, is_new=True)
    clinician = add_clinician(
        number=new.number.strip(),
        scheme=new.scheme,
        works_at=new.institution or "",
        own=own,
        by=request.actor,
        **new.said(),
    )
    return Status(201, _shown(request, clinician))


@router.patch(
    "/{clinician_id}",
    response=ClinicianOut,
    operation_id="change_clinician",
    summary="Change a clinician",
)
@allowed(Permission.MANAGE_DIRECTORY)
def change(request: Any, clinician_id: uuid.UUID, facts: ClinicianFacts) -> dict[str, Any]:
    """Plain fields change at once; `waiting` names those that a second person decides on."""
    clinician = _visible(request, clinician_id, Permission.MANAGE_DIRECTORY)
    own = own_sent(request, OwnOf.CLINICIAN, facts.own)
    done = correct_clinician(
        clinician,
        facts.said(),
        by=request.actor,
        evidence=facts.evidence,
        works_at=facts.institution,
        own=own,
    )
    waiting = [each.code for each in done.waiting]
    return _shown(request, done.clinician) | {"waiting": waiting}


@router.post(
    "/{clinician_id}/numbers",
    response={201: IdentifierOut, 202: ChangeOut},
    operation_id="note_number",
    summary="Note a number",
)
@allowed(Permission.MANAGE_DIRECTORY)
def number(request: Any, clinician_id: uuid.UUID, body: NumberIn) -> Status[Any]:
    """The first number of a person is noted at once; a further one waits for a second person."""
    clinician = _visible(request, clinician_id, Permission.MANAGE_DIRECTORY)
    facts = ChangeFacts(Proposable.NUMBER, now=body.number, **body.dict(exclude={"number"}))
    noted = note_number(clinician, facts, by=request.actor)
    return Status(202 if isinstance(noted, ChangeRequest) else 201, noted)


@router.post(
    "/{clinician_id}/deactivation",
    response=ClinicianOut,
    operation_id="deactivate_clinician",
    summary="Deactivate a clinician",
)
@allowed(Permission.MANAGE_DIRECTORY)
def deactivate(request: Any, clinician_id: uuid.UUID, body: DeactivationIn) -> dict[str, Any]:
    """Offer the person nothing new; everything that happened stays."""
    clinician = _visible(request, clinician_id, Permission.MANAGE_DIRECTORY)
    deactivate_clinician(clinician, by=request.actor, reason=body.reason)
    return _shown(request, _visible(request, clinician_id))


@router.post(
    "/{clinician_id}/reactivation",
    response=ClinicianOut,
    operation_id="reactivate_clinician",
    summary="Take a clinician up again",
)
@allowed(Permission.MANAGE_DIRECTORY)
def reactivate(request: Any, clinician_id: uuid.UUID) -> dict[str, Any]:
    """Take a person up again who was deactivated."""
    clinician = _visible(request, clinician_id, Permission.MANAGE_DIRECTORY)
    reactivate_clinician(clinician, by=request.actor)
    return _shown(request, _visible(request, clinician_id))


def _visible(
    request: Any, clinician_id: uuid.UUID, permission: Permission = Permission.VIEW_DIRECTORY
) -> Clinician:
    """A person this reader may see; with another permission, one that it reaches too."""
    people = Clinician.objects.within(request.access, permission).for_list()
    return get_object_or_404(people, pk=clinician_id)


_TEXTS = (
    *("id", "full_name", "display_name", "profession", "credential", "specialty", "email"),
    *("phone", "city", "region", "country", "language", "is_active"),
)


def _shown(request: Any, clinician: Clinician) -> dict[str, Any]:
    institution = clinician.institution
    return {
        **{name: getattr(clinician, name) for name in _TEXTS},
        "institution": institution.name if institution else None,
        "merged_into_id": clinician.merged_into_id,
        "own": own_out(own_said(request.access, clinician)),
        "identifiers": [
            {"scheme": i.scheme, "issuer": i.issuer, "value": i.value}
            for i in clinician.identifiers.all()
        ],
    }
