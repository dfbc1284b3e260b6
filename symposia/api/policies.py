"""The mission and the policies of the office."""

import uuid
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.curriculum.actions.office_policies import (
    PolicyFacts,
    acknowledge_policy,
    publish_edition,
    write_policy,
)
from symposia.curriculum.lists.office_policies import OFFICE_POLICIES
from symposia.curriculum.models import OfficePolicy, PolicyKind
from symposia.curriculum.queries.office_policies import editions_of_policy, has_acknowledged

router = Router(tags=["policies"])
list_route(router, OFFICE_POLICIES)


class NewPolicy(Schema):
    """A mission, policy or procedure with its words; whoever writes it owns it."""

    kind: PolicyKind
    title: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=60_000)
    review_on: date


class NewEdition(Schema):
    """Other words, and what is different."""

    text: str = Field(min_length=1, max_length=60_000)
    what_changed: str = Field(min_length=1, max_length=2000)


class PolicyOut(Schema):
    """A policy with the words in force."""

    id: uuid.UUID
    number: str
    kind: str
    title: str
    review_on: date
    rules: list[str]
    edition: int
    text: str
    have_read: bool


@router.post("", response={201: PolicyOut}, operation_id="write_policy")
@allowed(Permission.MANAGE_CURRICULUM)
def write(request: Any, body: NewPolicy) -> dict[str, Any]:
    """Write one, with its first edition."""
    facts = PolicyFacts(body.title, body.review_on, request.user)
    return _out(request, write_policy(body.kind, facts, text=body.text, by=request.actor))


@router.get("/{uuid:pk}", response=PolicyOut, operation_id="policy")
@allowed(Permission.VIEW_TODAY)
def policy(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One of them, in the words in force."""
    return _out(request, _policy(request, pk))


@router.post("/{uuid:pk}/editions", response={201: PolicyOut}, operation_id="publish_edition")
@allowed(Permission.MANAGE_CURRICULUM)
def edition(request: Any, pk: uuid.UUID, body: NewEdition) -> dict[str, Any]:
    """Put other words in force."""
    found = _policy(request, pk)
    publish_edition(found, by=request.actor, **body.dict())
    return _out(request, found)


@router.post("/{uuid:pk}/reading", response=PolicyOut, operation_id="acknowledge_policy")
@allowed(Permission.VIEW_TODAY)
def read(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Say that one has read the words in force."""
    found = _policy(request, pk)
    acknowledge_policy(editions_of_policy(found)[0], request.user, by=request.actor)
    return _out(request, found)


def _policy(request: Any, pk: uuid.UUID) -> OfficePolicy:
    return get_object_or_404(OfficePolicy.objects.visible_to(request.access), pk=pk)


def _out(request: Any, found: OfficePolicy) -> dict[str, Any]:
    names = ("id", "number", "kind", "title", "review_on", "rules")
    latest = editions_of_policy(found)[0]
    return {name: getattr(found, name) for name in names} | {
        "edition": latest.edition,
        "text": latest.text,
        "have_read": has_acknowledged(latest, request.user),
    }
