"""The field: what a representative looks after, whom they may ask, and asking them."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.insights.field import FieldEvent, field_events
from symposia.outreach.actions.field import invite_chosen, remind_own_invited
from symposia.outreach.audience import sorted_for
from symposia.outreach.candidates import Candidate, choice_for, doctors_for
from symposia.outreach.field_lists import DOCTORS
from symposia.outreach.lists import CANDIDATES
from symposia.outreach.models import Wave
from symposia.outreach.queries import candidates_of
from symposia.outreach.selection import Sorted
from symposia.shared.lists import page_of

router = Router(tags=["field"])
list_route(router, DOCTORS, "/doctors")
MOST = 500


class EventOut(Schema):
    """An activity with its places, one's own allotment and one's own invitations."""

    id: uuid.UUID
    number: str
    title: str
    starts_at: datetime
    city: str
    capacity: int | None
    taken: int
    waiting: int
    quantity: int | None
    left: int | None
    until_on: date | None
    invited: int
    unanswered: int
    objection: str


class CandidateOut(Schema):
    """A clinician whom one might ask: whether one may, and how often more this month."""

    id: uuid.UUID
    name: str
    may_be_asked: bool
    code: str
    reason: str
    asked: int
    left: int | None


class CandidatePage(Schema):
    """Some of them; `next` is the cursor of the following ones, absent at the end."""

    items: list[CandidateOut]
    next: str | None


class InvitingIn(Schema):
    """Whom to ask; a dry run sends nothing, `seen` refuses any other number."""

    clinicians: list[uuid.UUID] = Field(min_length=1, max_length=MOST)
    dry_run: bool = False
    seen: int | None = None


class RemindingIn(Schema):
    """How many one was told would be reminded; another number is refused."""

    seen: int | None = None


class FieldSkippedOut(Schema):
    """Who gets nothing, and why."""

    clinician: uuid.UUID
    code: str
    reason: str


class FieldWaveOut(Schema):
    """Who gets it and who not; campaign and number of the wave, if it was sent."""

    campaign: uuid.UUID | None
    number: int | None
    invited: list[uuid.UUID]
    skipped: list[FieldSkippedOut]


@router.get("/events", response=list[EventOut], operation_id="field_events")
@allowed(Permission.INVITE)
def events(request: Any) -> list[dict[str, Any]]:
    """What one looks after, the next one first."""
    return [_event(each) for each in field_events(request.access, at=now())]


@router.get("/events/{uuid:pk}/candidates", response=CandidatePage, operation_id="field_candidates")
@allowed(Permission.INVITE)
def candidates(request: Any, pk: uuid.UUID, q: str = "", after: str = "") -> dict[str, Any]:
    """Those approved for one, or one's own clinicians; each with whether they may be asked."""
    activity = _activity(request, pk)
    given = {"q": [q], "after": [after]}
    page = page_of(CANDIDATES, doctors_for(request.access, activity, q), given)
    choice = choice_for(activity, page.rows, request.access, at=now())
    items = [_candidate(each) for each in choice.candidates]
    return {"items": items, "next": page.next_key or None}


@router.post(
    "/events/{uuid:pk}/invitations", response={201: FieldWaveOut}, operation_id="invite_from_field"
)
@allowed(Permission.INVITE)
def invite(request: Any, pk: uuid.UUID, body: InvitingIn) -> Status[dict[str, Any]]:
    """Ask the chosen in one wave that is kept back for a minute, or say who would get it."""
    activity = _activity(request, pk)
    people = candidates_of(request.access, body.clinicians)
    if body.dry_run:
        return Status(201, _wave(None, sorted_for(activity, people, request.access)))
    wave, answer = invite_chosen(
        activity, people, access=request.access, seen=body.seen, by=request.actor
    )
    return Status(201, _wave(wave, answer))


@router.post(
    "/events/{uuid:pk}/reminders", response={201: FieldWaveOut}, operation_id="remind_from_field"
)
@allowed(Permission.INVITE)
def remind(request: Any, pk: uuid.UUID, body: RemindingIn) -> Status[dict[str, Any]]:
    """Remind those of the own invited who have not answered, nobody twice within a day."""
    activity = _activity(request, pk)
    wave, answer = remind_own_invited(
        activity, access=request.access, seen=body.seen, by=request.actor
    )
    return Status(201, _wave(wave, answer))


def _activity(request: Any, pk: uuid.UUID) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, Permission.INVITE), pk=pk)


def _event(event: FieldEvent) -> dict[str, Any]:
    activity, allotted = event.activity, event.allotted
    return {
        "id": activity.pk,
        "number": activity.number,
        "title": activity.title,
        "starts_at": activity.starts_at,
        "city": activity.city,
        "capacity": activity.capacity,
        "taken": event.seats.taken,
        "waiting": event.seats.waiting,
        "quantity": allotted.quantity if allotted else None,
        "left": allotted.left if allotted else None,
        "until_on": allotted.until_on if allotted else None,
        "invited": event.invited,
        "unanswered": event.waiting,
        "objection": str(event.no_inviting or ""),
    }


def _candidate(one: Candidate) -> dict[str, Any]:
    return {
        "id": one.clinician.pk,
        "name": one.clinician.called,
        "may_be_asked": one.objection is None,
        "code": one.objection.code if one.objection else "",
        "reason": str(one.objection or ""),
        "asked": one.asked,
        "left": one.left,
    }


def _wave(wave: Wave | None, answer: Sorted) -> dict[str, Any]:
    return {
        "campaign": wave.campaign_id if wave else None,
        "number": wave.number if wave else None,
        "invited": [each.pk for each in answer.invited],
        "skipped": [
            {
                "clinician": each.clinician.pk,
                "code": each.objection.code,
                "reason": str(each.objection),
            }
            for each in answer.skipped
        ],
    }
