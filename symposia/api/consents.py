"""What people said of being reached: list, note, and whether somebody may be asked."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.asking import ways_of
from symposia.directory.consent_lists import CONSENTS
from symposia.directory.models import (
    Channel,
    Clinician,
    ConsentSource,
    ConsentStatement,
    Purpose,
)

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
    said_at: datetime | None = None


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
