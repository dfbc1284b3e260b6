"""Guidelines that gaps and objectives cite, and what a newer one leaves to be reviewed."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.curriculum.actions.guidelines import (
    GuidelineFacts,
    add_guideline,
    review_citation,
    supersede_guideline,
)
from symposia.curriculum.lists.guidelines import CITATION_REVIEWS, GUIDELINES
from symposia.curriculum.models import CitationReview, Guideline

router = Router(tags=["guidelines"])
list_route(router, GUIDELINES)
list_route(router, CITATION_REVIEWS, "/reviews")


class NewGuideline(Schema):
    """How a guideline is cited."""

    body: str = Field(min_length=1, max_length=200)
    title: str = Field(min_length=1, max_length=300)
    year: int = Field(ge=1900, le=2200)
    address: str = Field("", max_length=500, pattern=r"^(https?://[^\s\x00]+)?$")


class Newer(Schema):
    """Which guideline took the place of another, and what changed."""

    newer: uuid.UUID
    reason: str = Field(min_length=1, max_length=2000)


class Finding(Schema):
    """What a second look at a citation found."""

    changed: bool
    reason: str = Field(min_length=1, max_length=2000)


class ReviewOut(Schema):
    id: uuid.UUID
    subject_type: str
    subject_id: uuid.UUID
    subject_name: str
    state: str
    reason: str


class GuidelineOut(Schema):
    """A guideline with what is to be reviewed because of it."""

    id: uuid.UUID
    number: str
    body: str
    title: str
    year: int
    address: str
    state: str
    superseded_by: uuid.UUID | None
    reviews: list[ReviewOut]


@router.post("", response={201: GuidelineOut}, operation_id="add_guideline")
@allowed(Permission.MANAGE_CURRICULUM)
def add(request: Any, body: NewGuideline) -> dict[str, Any]:
    """Enter a guideline."""
    return _out(add_guideline(GuidelineFacts(**body.dict()), by=request.actor))


@router.get("/{uuid:pk}", response=GuidelineOut, operation_id="guideline")
@allowed(Permission.VIEW_CURRICULUM)
def guideline(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One guideline."""
    return _out(_guideline(request, pk))


@router.post("/{uuid:pk}/successors", response=GuidelineOut, operation_id="supersede_guideline")
@allowed(Permission.MANAGE_CURRICULUM)
def supersede(request: Any, pk: uuid.UUID, body: Newer) -> dict[str, Any]:
    """Say which guideline took its place; what cites the old one is listed for review."""
    found = _guideline(request, pk)
    newer = _guideline(request, body.newer)
    supersede_guideline(found, newer, reason=body.reason, by=request.actor)
    return _out(_guideline(request, pk))


@router.post("/reviews/{uuid:pk}", response=ReviewOut, operation_id="review_citation")
@allowed(Permission.MANAGE_CURRICULUM)
def review(request: Any, pk: uuid.UUID, body: Finding) -> Any:
    """Say whether what cites a superseded guideline is still right."""
    found = get_object_or_404(CitationReview.objects.visible_to(request.access), pk=pk)
    return review_citation(found, changed=body.changed, reason=body.reason, by=request.actor)


def _guideline(request: Any, pk: uuid.UUID) -> Guideline:
    return get_object_or_404(Guideline.objects.visible_to(request.access), pk=pk)


def _out(found: Guideline) -> dict[str, Any]:
    names = ("id", "number", "body", "title", "year", "address", "state")
    return {name: getattr(found, name) for name in names} | {
        "superseded_by": found.superseded_by_id,
        "reviews": list(found.reviews.order_by("opened_at", "pk")),
    }
