"""The accreditor news desk."""

import uuid
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.api.people import member_or_404
from symposia.curriculum.actions.news import NewsFacts, assign_news, decide_news, enter_news
from symposia.curriculum.lists.news import NEWS
from symposia.curriculum.models import NewsDecision, NewsItem
from symposia.curriculum.queries.news import pack_named

router = Router(tags=["news"])
list_route(router, NEWS)


class NewNews(Schema):
    """What an accreditor made known."""

    title: str = Field(min_length=1, max_length=300)
    body: str = Field(min_length=1, max_length=200)
    text: str = Field("", max_length=20_000)
    address: str = Field("", max_length=500, pattern=r"^(https?://[^\s\x00]+)?$")
    published_on: date | None = None


class Decided(Schema):
    """What it means; `pack` is the code and version of a rule pack, as `code@version`."""

    decision: NewsDecision
    reason: str = Field(min_length=1, max_length=4000)
    pack: str = Field("", max_length=100)


class Assigned(Schema):
    """Who finds out what it means, until when."""

    user: uuid.UUID
    due_on: date | None = None


class NewsOut(Schema):
    """A piece of news with what was decided."""

    id: uuid.UUID
    number: str
    title: str
    body: str
    text: str
    address: str
    published_on: date | None
    came_by: str
    state: str
    decision: str
    reason: str
    pack: str


@router.post("", response={201: NewsOut}, operation_id="enter_news")
@allowed(Permission.MANAGE_CURRICULUM)
def enter(request: Any, body: NewNews) -> dict[str, Any]:
    """Enter what an accreditor made known."""
    return _out(enter_news(NewsFacts(**body.dict()), by=request.actor))


@router.get("/{uuid:pk}", response=NewsOut, operation_id="news_item")
@allowed(Permission.VIEW_CURRICULUM)
def item(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One piece of news."""
    return _out(_item(request, pk))


@router.post("/{uuid:pk}/assignment", response=NewsOut, operation_id="assign_news")
@allowed(Permission.MANAGE_CURRICULUM)
def assign(request: Any, pk: uuid.UUID, body: Assigned) -> dict[str, Any]:
    """Ask a member of the organisation to find out what it means."""
    person = member_or_404(body.user)
    return _out(assign_news(_item(request, pk), person, due_on=body.due_on, by=request.actor))


@router.post("/{uuid:pk}/decision", response=NewsOut, operation_id="decide_news")
@allowed(Permission.MANAGE_CURRICULUM)
def decide(request: Any, pk: uuid.UUID, body: Decided) -> dict[str, Any]:
    """Say what it means, and which version of a rule pack carries it out."""
    found = _item(request, pk)
    pack = pack_named(body.pack) if body.pack else None
    decided = decide_news(
        found, decision=body.decision, reason=body.reason, pack=pack, by=request.actor
    )
    return _out(decided)


def _item(request: Any, pk: uuid.UUID) -> NewsItem:
    rows = NewsItem.objects.visible_to(request.access).select_related("pack", "own_pack")
    return get_object_or_404(rows, pk=pk)


def _out(found: NewsItem) -> dict[str, Any]:
    names = [n for n in NewsOut.model_fields if n != "pack"]
    version = found.carried_out_by
    pack = f"{version.code}@{version.version}" if version else ""
    return {name: getattr(found, name) for name in names} | {"pack": pack}
