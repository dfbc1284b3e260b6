"""Binders of evidence: drawn or chosen, made, read, and the guests who read them."""

import uuid
from datetime import date, datetime
from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.activities.models.activities import Type
from symposia.api.fields import Email
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.reporting.actions.binders import choose_binder, draw_binder, take_binder
from symposia.reporting.actions.guests import invite_reviewer, revoke_reviewer
from symposia.reporting.binder_lists import BINDER_GUESTS, BINDER_OPENINGS, BINDERS
from symposia.reporting.binder_papers import archive_of
from symposia.reporting.drawing import MOST, SAMPLE, DrawRule
from symposia.reporting.models import Binder, BinderInvitation
from symposia.reporting.queries import activities_bound, files_bound, last_edition
from symposia.reporting.tasks import start_binder
from symposia.shared.times import day_ends
from symposia.work.queries import job_leading_to

router = Router(tags=["binders"])
list_route(router, BINDERS)
list_route(router, BINDER_GUESTS, "/guests")
list_route(router, BINDER_OPENINGS, "/openings")
ZIP = "application/zip"
_VIEW, _DO = Permission.VIEW_CREDITS, Permission.AWARD_CREDITS


class DrawIn(Schema):
    """From what a sample is drawn; the same seed draws the same again."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=200)
    from_year: int = Field(ge=2000, le=2100)
    until_year: int = Field(ge=2000, le=2100)
    types: list[Type] = []
    size: int = Field(SAMPLE, ge=1, le=MOST)
    seed: str = Field("", max_length=40)


class ChosenIn(Schema):
    """Which activities are bound, by their numbers."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=200)
    numbers: list[str] = Field(min_length=1, max_length=MOST)


class BinderOut(Schema):
    """A binder: how it came about, and how far the making of it is."""

    id: uuid.UUID
    number: str
    title: str
    draw: str
    seed: str
    rule: dict[str, Any]
    activities: list[str]
    edition: int | None
    made_at: datetime | None
    gaps: int | None
    sha256: str
    # Of the work that makes it, where somebody waits for it.
    done: int | None
    total: int | None


class BinderContentOut(Schema):
    """What a binder says, as it was made last."""

    edition: int
    content: dict[str, Any]


class GuestIn(Schema):
    """Who may read a binder, and until which day."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    email: Email
    until: date


class GuestOut(Schema):
    """A guest of a binder."""

    id: uuid.UUID
    binder_id: uuid.UUID
    name: str
    email: str
    expires_at: datetime
    revoked_at: datetime | None


@router.post("/draws", response={201: BinderOut}, operation_id="draw_binder")
@allowed(_DO, of_all=True)
def draw(request: Any, body: DrawIn) -> Status[dict[str, Any]]:
    """Draw a sample by type and year, and begin to gather its evidence."""
    rule = DrawRule(body.from_year, body.until_year, tuple(map(str, body.types)), body.size)
    made = draw_binder(body.title, rule, seed=body.seed, by=request.actor)
    return Status(201, _started(request, made))


@router.post("/selections", response={201: BinderOut}, operation_id="choose_binder")
@allowed(_DO, of_all=True)
def choose(request: Any, body: ChosenIn) -> Status[dict[str, Any]]:
    """Bind activities that are named by their numbers."""
    made = choose_binder(body.title, body.numbers, by=request.actor)
    return Status(201, _started(request, made))


@router.get("/{uuid:pk}", response=BinderOut, operation_id="read_binder")
@allowed(_VIEW, of_all=True)
def read(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """How a binder came about and how far it is."""
    return _said(_binder(request, pk))


@router.get("/{uuid:pk}/content", response=BinderContentOut, operation_id="read_binder_content")
@allowed(_VIEW, of_all=True)
def content(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Criterion by criterion what was found, what is missing, and the hash of every file."""
    edition = last_edition(_binder(request, pk))
    if edition is None:
        raise Http404
    return {"edition": edition.number, "content": edition.content}


@router.get(
    "/{uuid:pk}/archive",
    operation_id="binder_archive",
    response=None,
    openapi_extra={"responses": {200: {"content": {ZIP: {"schema": {"type": "string"}}}}}},
)
@allowed(Permission.EXPORT, of_all=True)
def archive(request: Any, pk: uuid.UUID) -> StreamingHttpResponse:
    """The paper and every file, with a manifest of their hashes."""
    edition = take_binder(_binder(request, pk), by=request.actor)
    body = archive_of(edition, files_bound(edition))
    return StreamingHttpResponse(body, content_type=ZIP)


@router.post("/{uuid:pk}/editions", response={202: BinderOut}, operation_id="make_binder")
@allowed(_DO, of_all=True)
def make(request: Any, pk: uuid.UUID) -> Status[dict[str, Any]]:
    """Gather the evidence anew; ask for the binder again until it is done."""
    return Status(202, _started(request, _binder(request, pk, _DO)))


@router.post("/{uuid:pk}/guests", response={201: GuestOut}, operation_id="invite_reviewer")
@allowed(_DO, of_all=True)
def invite(request: Any, pk: uuid.UUID, body: GuestIn) -> Status[BinderInvitation]:
    """Send one person a link that opens this binder and nothing else."""
    until = day_ends(body.until, request.organisation.zone)
    binder = _binder(request, pk, _DO)
    return Status(201, invite_reviewer(binder, body.name, body.email, until, by=request.actor))


@router.delete("/guests/{uuid:pk}", response=GuestOut, operation_id="revoke_reviewer")
@allowed(_DO, of_all=True)
def revoke(request: Any, pk: uuid.UUID) -> BinderInvitation:
    """Close a guest's link at once."""
    rows = BinderInvitation.objects.visible_to(request.access, _DO)
    return revoke_reviewer(get_object_or_404(rows, pk=pk), by=request.actor)


def _started(request: Any, binder: Binder) -> dict[str, Any]:
    start_binder(binder, by=request.actor, href=_address(binder))
    return _said(binder)


def _said(binder: Binder) -> dict[str, Any]:
    edition, job = last_edition(binder), job_leading_to(_address(binder))
    return {
        **{name: getattr(binder, name) for name in ("id", "number", "title", "draw", "seed")},
        "rule": binder.rule,
        "activities": [each.number for each in activities_bound(binder)],
        "edition": edition.number if edition else None,
        "made_at": edition.made_at if edition else None,
        "gaps": edition.gaps if edition else None,
        "sha256": edition.sha256 if edition else "",
        "done": job.done if job else None,
        "total": job.total if job else None,
    }


def _binder(request: Any, pk: uuid.UUID, permission: Permission = _VIEW) -> Binder:
    return get_object_or_404(Binder.objects.visible_to(request.access, permission), pk=pk)


def _address(binder: Binder) -> str:
    return reverse("binder", args=[binder.pk])
