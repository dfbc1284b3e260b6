"""Who is not asked, and why: list, restrict, note the letter, lift."""

import uuid
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.restrictions import (
    RestrictionFacts,
    add_restriction_kind,
    lift_person_restriction,
    note_letter,
    restrict_person,
)
from symposia.directory.models import Clinician, Effect, PersonRestriction
from symposia.directory.queries import kinds_of_restriction
from symposia.directory.restriction_lists import RESTRICTED_PEOPLE

router = Router(tags=["clinicians"])
list_route(router, RESTRICTED_PEOPLE)


class PersonRestrictionIn(Schema):
    """Whom not to ask, why, from when until when, and who says so."""

    model_config = ConfigDict(extra="forbid")

    clinician: uuid.UUID
    kind: str = Field(max_length=40)
    source: str = Field(max_length=200)
    from_on: date
    until_on: date | None = None
    reason: str = Field("", max_length=1000)


class LetterIn(Schema):
    """The letter that allows it."""

    letter: str = Field(max_length=200)
    until: date | None = None


class PersonLiftingIn(Schema):
    """Why it no longer holds."""

    reason: str = Field(max_length=500)


class PersonRestrictionOut(Schema):
    """A restriction, as kept."""

    id: uuid.UUID
    clinician_id: uuid.UUID
    kind: str
    kind_name: str
    effect: str
    source: str
    from_on: date
    until_on: date | None
    paper: str
    paper_until: date | None
    has_ended: bool


class RestrictionKindIn(Schema):
    """A reason, and what it does."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=100, pattern=r"\S")
    effect: Effect


class RestrictionKindOut(Schema):
    """A reason why people are not asked, as kept."""

    code: str
    name: str
    effect: str


@router.post("", response={201: PersonRestrictionOut}, operation_id="restrict_person")
@allowed(Permission.MANAGE_DIRECTORY)
def restrict(request: Any, body: PersonRestrictionIn) -> PersonRestriction:
    """Keep somebody from being asked."""
    people = Clinician.objects.within(request.access, Permission.MANAGE_DIRECTORY)
    clinician = get_object_or_404(people, pk=body.clinician)
    facts = RestrictionFacts(**body.dict(exclude={"clinician"}))
    return restrict_person(clinician, facts, by=request.actor)


@router.get("/kinds", response=list[RestrictionKindOut], operation_id="restriction_kinds")
@allowed(Permission.VIEW_DIRECTORY)
def kinds(request: Any) -> list[Any]:  # every organisation has its own
    """Why people may not be asked here: the usual reasons, and those of the organisation."""
    return [
        {"code": each.code, "name": str(each.name), "effect": each.effect}
        for each in kinds_of_restriction().values()
    ]


@router.post("/kinds", response={201: RestrictionKindOut}, operation_id="add_restriction_kind")
@allowed(Permission.MANAGE_ORGANISATION)
def add_kind(request: Any, body: RestrictionKindIn) -> Status[Any]:
    """A reason of the organisation's own why people are not asked."""
    return Status(201, add_restriction_kind(body.name, body.effect, by=request.actor))


@router.post("/{pk}/letters", response=PersonRestrictionOut, operation_id="note_letter")
@allowed(Permission.MANAGE_DIRECTORY)
def letter(request: Any, pk: uuid.UUID, body: LetterIn) -> PersonRestriction:
    """Note the letter that allows it."""
    return note_letter(_row(request, pk), body.letter, until=body.until, by=request.actor)


@router.post("/{pk}/lifting", response=PersonRestrictionOut, operation_id="lift_person_restriction")
@allowed(Permission.MANAGE_DIRECTORY)
def lift(request: Any, pk: uuid.UUID, body: PersonLiftingIn) -> PersonRestriction:
    """Say why it no longer holds."""
    return lift_person_restriction(_row(request, pk), reason=body.reason, by=request.actor)


def _row(request: Any, pk: uuid.UUID) -> PersonRestriction:
    rows = PersonRestriction.objects.visible_to(request.access, Permission.MANAGE_DIRECTORY)
    return get_object_or_404(rows, pk=pk)
