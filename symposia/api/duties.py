"""What activities owe: milestones with their days and owners, documents with their versions."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.duties import (
    HandedIn,
    add_document,
    add_milestone,
    complete_milestone,
    hand_in_document,
    reopen_milestone,
    waive_document,
)
from symposia.activities.actions.taking_home import take_papers_home
from symposia.activities.duty_lists import DOCUMENTS, MILESTONES
from symposia.activities.models import (
    Activity,
    ActivityQuerySet,
    DocumentSlot,
    DocumentVersion,
    Milestone,
)
from symposia.activities.vault import papers_for
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.work.tickets import Ticket, archive_url

router = Router(tags=["duties"])
list_route(router, MILESTONES, "/milestones")
list_route(router, DOCUMENTS, "/documents")


class NewDuty(Schema):
    """One more thing an activity owes, some days before (less than 0) or after it."""

    title: str = Field(min_length=1, max_length=200)
    days: int = Field(ge=-1000, le=1000)


class Tick(Schema):
    done: bool


class Waiver(Schema):
    reason: str = Field(min_length=1, max_length=300)


class MilestoneOut(Schema):
    id: uuid.UUID
    title: str
    days: int
    due_on: date
    done_at: datetime | None
    done_by_name: str


class DocumentOut(Schema):
    id: uuid.UUID
    title: str
    due_on: date
    latest: int
    waived_because: str


class PaperOut(Schema):
    """A kept file in the archive of an activity."""

    path: str
    document: str
    version: int
    size: int
    sha256: str


class PapersOut(Schema):
    """Everything that may be taken home, and the address of the archive."""

    href: str
    kept_back: int
    files: list[PaperOut]


class DocumentVersionOut(Schema):
    id: uuid.UUID
    number: int
    note: str
    added_by_name: str


@router.post(
    "/activities/{uuid:pk}/milestones", response={201: MilestoneOut}, operation_id="add_milestone"
)
@allowed(Permission.PLAN_ACTIVITIES)
def milestone(request: Any, pk: uuid.UUID, body: NewDuty) -> Milestone:
    """Put one more thing on the list of an activity."""
    return add_milestone(_activity(request, pk), **body.dict(), by=request.actor)


@router.put(
    "/milestones/{uuid:pk}/completion", response=MilestoneOut, operation_id="complete_milestone"
)
@allowed(Permission.PLAN_ACTIVITIES)
def tick(request: Any, pk: uuid.UUID, body: Tick) -> Milestone:
    """Tick a milestone off, or take the tick back."""
    rows = Milestone.objects.visible_to(request.access).filter(activity__in=_planned(request))
    found = get_object_or_404(rows, pk=pk)
    return (complete_milestone if body.done else reopen_milestone)(found, by=request.actor)


@router.post(
    "/activities/{uuid:pk}/documents", response={201: DocumentOut}, operation_id="add_document"
)
@allowed(Permission.PLAN_ACTIVITIES)
def document(request: Any, pk: uuid.UUID, body: NewDuty) -> DocumentSlot:
    """Ask for one more document of an activity."""
    return add_document(_activity(request, pk), **body.dict(), by=request.actor)


@router.post(
    "/documents/{uuid:pk}/versions",
    response={201: DocumentVersionOut},
    operation_id="hand_in_document",
)
@allowed(Permission.PLAN_ACTIVITIES)
def hand_in(request: Any, pk: uuid.UUID, file: File[UploadedFile]) -> DocumentVersion:
    """Keep a file as the next version of a document."""
    handed = HandedIn(file.read(), file.name or "")
    return hand_in_document(_slot(request, pk), handed, by=request.actor)


@router.post("/documents/{uuid:pk}/waiver", response=DocumentOut, operation_id="waive_document")
@allowed(Permission.PLAN_ACTIVITIES)
def waive(request: Any, pk: uuid.UUID, body: Waiver) -> DocumentSlot:
    """Say why a document is not needed."""
    return waive_document(_slot(request, pk), reason=body.reason, by=request.actor)


@router.get("/activities/{uuid:pk}/papers", response=PapersOut, operation_id="papers_of_activity")
@allowed(Permission.EXPORT)
def papers(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """What may be taken home of the papers of an activity, and where for a minute."""
    activity = get_object_or_404(Activity.objects.visible_to(request.access), pk=pk)
    every, kept_back = papers_for(request.access, activity, at=now())
    take_papers_home(activity, files=len(every), kept_back=kept_back, by=request.actor)
    ticket = Ticket(request.access.organisation_id, request.access.user_id, activity.pk)
    return {
        "href": archive_url(ticket),
        "kept_back": kept_back,
        "files": [
            {
                "path": each.path,
                "document": each.slot,
                "version": each.version,
                "size": each.file.size,
                "sha256": each.file.sha256,
            }
            for each in every
        ],
    }


def _slot(request: Any, pk: uuid.UUID) -> DocumentSlot:
    rows = DocumentSlot.objects.visible_to(request.access)
    return get_object_or_404(rows.filter(activity__in=_planned(request)), pk=pk)


def _planned(request: Any) -> ActivityQuerySet:
    return Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)


def _activity(request: Any, pk: uuid.UUID) -> Activity:
    return get_object_or_404(_planned(request), pk=pk)
