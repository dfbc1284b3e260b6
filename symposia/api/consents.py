"""What people said of being reached: list, note, and whether somebody may be asked."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.fields import Instant
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.consents import (
    ConsentFacts,
    change_consent_basis,
    send_own_page,
    state_consent,
)
from symposia.directory.asking import ways_of
from symposia.directory.consent_lists import CONSENTS
from symposia.directory.consent_words import Basis
from symposia.directory.models import (
    Channel,
    Clinician,
    ConsentSource,
    ConsentStatement,
    Purpose,
)
from symposia.directory.queries import bases

router = Router(tags=["clinicians"])
list_route(router, CONSENTS)


class ConsentIn(Schema):
    """What a person said of one way of being reached, and how one knows."""

    model_config = ConfigDict(extra="forbid")

    clinician: uuid.UUID
    purpose: Purpose
    channel: Channel | Literal[""] = ""
    given: bool
    # As somebody notes it; what people say on their own page they say there.
    source: Literal[ConsentSource.FORM, ConsentSource.PAPER, ConsentSource.VOICE]
    proof: str = Field("", max_length=300)
    wording: str = Field("", max_length=2000)
    said_at: Instant | None = None


class BasisIn(Schema):
    """May people be asked who said nothing, why, and the words that they read."""

    model_config = ConfigDict(extra="forbid")

    asks_without: bool
    legal_basis: str = Field(max_length=2000)
    wording: str = Field(max_length=2000)


class BasisOut(Schema):
    """The same, and for which purpose."""

    purpose: str
    asks_without: bool
    legal_basis: str
    wording: str


class OwnPageIn(Schema):
    """Who gets the address of their own page."""

    model_config = ConfigDict(extra="forbid")

    clinician: uuid.UUID


class ConsentOut(Schema):
    """A statement, as kept."""

    id: uuid.UUID
    clinician_id: uuid.UUID
    purpose: str
    channel: str
    given: bool
    wording: str
    source: str
    proof: str
    said_at: datetime
    recorded_at: datetime
    recorded_by_name: str


class WayOut(Schema):
    """One way of reaching a person; `reason` says why it may not be used."""

    purpose: str
    channel: str
    may_be_asked: bool
    reason: str


@router.post("", response={201: ConsentOut}, operation_id="state_consent")
@allowed(Permission.INVITE)
def state(request: Any, body: ConsentIn) -> ConsentStatement:
    """Note what a person said; the last word stands."""
    people = Clinician.objects.within(request.access, Permission.INVITE)
    clinician = get_object_or_404(people, pk=body.clinician)
    facts = ConsentFacts(**body.dict(exclude={"clinician"}))
    return state_consent(clinician, facts, by=request.actor)


@router.get("/bases", response=list[BasisOut], operation_id="consent_bases")
@allowed(Permission.VIEW_DIRECTORY)
def read_bases(request: HttpRequest) -> list[dict[str, Any]]:  # of the whole organisation
    """On what each purpose rests here."""
    return [_basis(each) for each in bases().values()]


@router.put("/bases/{purpose}", response=BasisOut, operation_id="change_consent_basis")
@allowed(Permission.MANAGE_ORGANISATION)
def change_basis(request: Any, purpose: Purpose, body: BasisIn) -> dict[str, Any]:
    """Say on what a purpose rests; what people said under other words keeps those."""
    change_consent_basis(Basis(purpose.value, **body.dict()), by=request.actor)
    return _basis(bases()[purpose])


@router.post("/own-pages", response={204: None}, operation_id="send_own_page")
@allowed(Permission.INVITE)
def own_page(request: Any, body: OwnPageIn) -> Status[None]:
    """Send a person the address of their own page, where they see and say it all."""
    people = Clinician.objects.within(request.access, Permission.INVITE)
    send_own_page(get_object_or_404(people, pk=body.clinician), by=request.actor)
    return Status(204, None)


@router.get("/ways", response=list[WayOut], operation_id="ways_of_clinician")
@allowed(Permission.VIEW_DIRECTORY)
def ways(request: HttpRequest, clinician: uuid.UUID) -> list[dict[str, Any]]:
    """Each purpose and channel of a person, and whether it may be used."""
    people = Clinician.objects.visible_to(request.access)  # type: ignore[attr-defined]
    found = get_object_or_404(people, pk=clinician)
    return [
        {
            "purpose": way.purpose,
            "channel": way.channel,
            "may_be_asked": way.objection is None,
            "reason": str(way.objection or ""),
        }
        for purpose in ways_of(found)
        for way in purpose.ways
    ]


def _basis(basis: Basis) -> dict[str, Any]:
    return {
        "purpose": basis.purpose,
        "asks_without": basis.asks_without,
        "legal_basis": str(basis.legal_basis),
        "wording": str(basis.wording),
    }
