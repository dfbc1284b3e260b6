"""Content of activities: what is expected, which file is the last, what reviewers said."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.content_reviews import (
    ReviewFacts,
    comment_on_slide,
    expect_content,
    review_content,
)
from symposia.activities.content_lists import CONTENT
from symposia.activities.models import (
    Activity,
    ContentItem,
    ContentVersion,
    Contributor,
    Verdict,
)
from symposia.activities.reviewed import Content, content_of
from symposia.api.gates import allowed
from symposia.api.lists import list_route

router = Router(tags=["content"])
list_route(router, CONTENT)


class NewContent(Schema):
    """What is expected, from whom."""

    activity: uuid.UUID
    contributor: uuid.UUID
    title: str = Field(min_length=1, max_length=200)


class NewReview(Schema):
    """A verdict on one file: `checklist` answers each question with yes, no or na."""

    version: uuid.UUID
    verdict: Verdict
    checklist: dict[str, str]
    note: str = Field("", max_length=4000)


class NewComment(Schema):
    version: uuid.UUID
    slide: int = Field(ge=1, le=100_000)
    text: str = Field(min_length=1, max_length=2000)


class ContentOut(Schema):
    """A content item as it stands."""

    id: uuid.UUID
    title: str
    condition: str
    version: uuid.UUID | None
    number: int
    slides: int
    sha256: str


@router.post("", response={201: ContentOut}, operation_id="expect_content")
@allowed(Permission.PLAN_ACTIVITIES)
def expect(request: Any, body: NewContent) -> dict[str, Any]:
    """Ask somebody for something learners will see."""
    rows = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    activity = get_object_or_404(rows, pk=body.activity)
    person = get_object_or_404(Contributor.objects.visible_to(request.access), pk=body.contributor)
    item = expect_content(activity, person, body.title, by=request.actor)
    return _out(content_of(item))


@router.get("/{uuid:pk}", response=ContentOut, operation_id="content_item")
@allowed(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One content item."""
    return _out(content_of(_item(request, pk)))


@router.post("/{uuid:pk}/reviews", response={201: ContentOut}, operation_id="review_content")
@allowed(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def review(request: Any, pk: uuid.UUID, body: NewReview) -> dict[str, Any]:
    """Give a verdict on one file."""
    item = _item(request, pk)
    said = ReviewFacts(body.verdict, body.checklist, body.note)
    review_content(_version(item, body.version), said, by=request.actor)
    return _out(content_of(item))


@router.post("/{uuid:pk}/comments", response={201: ContentOut}, operation_id="comment_slide")
@allowed(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def comment(request: Any, pk: uuid.UUID, body: NewComment) -> dict[str, Any]:
    """Say something about one slide."""
    item = _item(request, pk)
    version = _version(item, body.version)
    comment_on_slide(version, slide=body.slide, text=body.text, by=request.actor)
    return _out(content_of(item))


def _item(request: Any, pk: uuid.UUID) -> ContentItem:
    rows = ContentItem.objects.visible_to(request.access)
    return get_object_or_404(rows.select_related("activity"), pk=pk)


def _version(item: ContentItem, pk: uuid.UUID) -> ContentVersion:
    return get_object_or_404(ContentVersion.objects.select_related("item"), item=item, pk=pk)


def _out(content: Content) -> dict[str, Any]:
    latest = content.latest
    return {
        "id": content.item.pk,
        "title": content.item.title,
        "condition": content.condition,
        "version": latest.pk if latest else None,
        "number": latest.number if latest else 0,
        "slides": latest.pages if latest else 0,
        "sha256": latest.sha256 if latest else "",
    }
