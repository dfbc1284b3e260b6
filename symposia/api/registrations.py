"""Registrations of an activity."""

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.models import Clinician
from symposia.registrations.actions.admission import (
    approve_request,
    approve_requests,
    decline_request,
    settle_admission,
)
from symposia.registrations.actions.line import set_waitlist_terms, take_offer
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.actions.replies import register_with_sessions
from symposia.registrations.actions.substitution import substitute
from symposia.registrations.double_lists import DOUBLE_PLACES
from symposia.registrations.lists import PEOPLE, REQUESTS, WAITLIST
from symposia.registrations.models import AdmissionKind, Attending, Registration, Share, Source
from symposia.registrations.queries import position_of
from symposia.registrations.spots import spot_of
from symposia.shared.planned import one_of
from symposia.shared.refusals import Objection

router = Router(tags=["registrations"])
list_route(router, PEOPLE)
list_route(router, WAITLIST, "/waitlist")
list_route(router, REQUESTS, "/requests")
list_route(router, DOUBLE_PLACES, "/double")


class NewRegistration(Schema):
    """Who gets a place where."""

    activity: uuid.UUID
    clinician: uuid.UUID
    attending: Attending | None = None
    group: uuid.UUID | None = None
    sessions: list[uuid.UUID] = Field([], max_length=100)


class Substitution(Schema):
    """Who comes instead."""

    clinician: uuid.UUID


class Refusal(Schema):
    """Why there is no place; the person reads it."""

    reason: str = Field(min_length=1, max_length=300)


class AdmissionSchema(Schema):
    """Who gets a place by asking."""

    kind: AdmissionKind


class RequestsIn(Schema):
    """The activity whose requests are answered."""

    activity: uuid.UUID


class Cancellation(Schema):
    """Why a place is given up."""

    reason: Reason = ""


class Terms(Schema):
    """How a place that comes free is given; without hours it is confirmed at once."""

    offer_hours: int | None = Field(None, ge=1, le=720)
    passes_over: bool = False


class RegistrationOut(Schema):
    """What became of the wish for a place."""

    id: uuid.UUID
    activity: uuid.UUID
    clinician: uuid.UUID
    state: str
    ticket_code: str
    position: int | None
    offered_until: datetime | None


class BecameOut(Schema):
    """What became of one request: the registration, or why there was no yes."""

    clinician: uuid.UUID
    name: str
    registration: RegistrationOut | None
    code: str
    reason: str


class ApprovedOut(Schema):
    """How many have a place now, how many wait for one, and what became of each."""

    confirmed: int
    waiting: int
    people: list[BecameOut]


class ExplainedOut(RegistrationOut):
    """A registration; for whoever waits, why no place is theirs yet."""

    party: str
    why: str


@router.post("", response={201: RegistrationOut}, operation_id="register_clinician")
@allowed(Permission.MANAGE_REGISTRATIONS)
def register(request: Any, body: NewRegistration) -> Status[dict[str, Any]]:
    """Give a clinician a place, or a spot on the waitlist."""
    permission = Permission.MANAGE_REGISTRATIONS
    activities = Activity.objects.visible_to(request.access, permission)
    activity = one_of(activities, body.activity)
    clinician = one_of(Clinician.objects.visible_to(request.access), body.clinician)
    if activity is None or clinician is None:
        raise Http404
    group = get_object_or_404(Share.objects.of(activity), pk=body.group) if body.group else None
    wish = {"source": Source.OFFICE, "attending": body.attending or "", "group": group}
    made = register_with_sessions(clinician, activity, body.sessions, by=request.actor, **wish)
    return Status(201, registration_out(made))


@router.post("/approvals", response=ApprovedOut, operation_id="approve_requests")
@allowed(Permission.MANAGE_REGISTRATIONS)
def approve_several(request: Any, body: RequestsIn) -> dict[str, Any]:
    """Say yes to everybody who asks for a place at an activity now, in the order of asking.
    Whoever gets no yes is named with the reason."""
    activities = Activity.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    activity = get_object_or_404(activities, pk=body.activity)
    rows = Registration.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    asked = list(rows.of(activity).requested().with_people())
    done = approve_requests(asked, activity, by=request.actor)
    made = [one for _person, one in done if isinstance(one, Registration)]
    confirmed = sum(one.is_confirmed for one in made)
    return {
        "confirmed": confirmed,
        "waiting": len(made) - confirmed,
        "people": [_answered(person, one) for person, one in done],
    }


def _answered(person: Clinician, one: Registration | Objection) -> dict[str, Any]:
    no = one if isinstance(one, Objection) else None
    return {
        "clinician": person.pk,
        "name": person.full_name,
        "registration": registration_out(one) if isinstance(one, Registration) else None,
        "code": no.code if no else "",
        "reason": str(no or ""),
    }


@router.put("/waitlist-terms/{uuid:pk}", response=Terms, operation_id="set_waitlist_terms")
@allowed(Permission.MANAGE_REGISTRATIONS)
def settle_waitlist(request: Any, pk: uuid.UUID, body: Terms) -> Any:
    """Settle how the waitlist of an activity moves."""
    activities = Activity.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    activity = get_object_or_404(activities, pk=pk)
    return set_waitlist_terms(activity, **body.dict(), by=request.actor)


@router.post("/{pk}/substitution", response=RegistrationOut, operation_id="substitute")
@allowed(Permission.MANAGE_REGISTRATIONS)
def hand_on(request: Any, pk: uuid.UUID, body: Substitution) -> dict[str, Any]:
    """Let somebody else come instead, in the same seat."""
    rows = Registration.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    found = get_object_or_404(rows, pk=pk)
    people = Clinician.objects.visible_to(request.access)
    return registration_out(
        substitute(found, get_object_or_404(people, pk=body.clinician), by=request.actor)
    )


@router.post("/{pk}/approval", response=RegistrationOut, operation_id="approve_request")
@allowed(Permission.MANAGE_REGISTRATIONS)
def approve(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Say yes to a request: a place, or a spot on the waitlist."""
    rows = Registration.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    return registration_out(approve_request(get_object_or_404(rows, pk=pk), by=request.actor))


@router.post("/{pk}/refusal", response=RegistrationOut, operation_id="decline_request")
@allowed(Permission.MANAGE_REGISTRATIONS)
def decline(request: Any, pk: uuid.UUID, body: Refusal) -> dict[str, Any]:
    """Say no to a request, with the reason that the person reads."""
    rows = Registration.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    found = get_object_or_404(rows, pk=pk)
    return registration_out(decline_request(found, reason=body.reason, by=request.actor))


@router.put("/admissions/{uuid:pk}", response=AdmissionSchema, operation_id="settle_admission")
@allowed(Permission.MANAGE_REGISTRATIONS)
def admit(request: Any, pk: uuid.UUID, body: AdmissionSchema) -> Any:
    """Settle who gets a place at an activity by asking on the public page."""
    activities = Activity.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    return settle_admission(get_object_or_404(activities, pk=pk), body.kind, by=request.actor)


@router.post("/{pk}/acceptance", response=RegistrationOut, operation_id="take_offer")
@allowed(Permission.MANAGE_REGISTRATIONS)
def accept(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Take an offered place for somebody who said yes."""
    rows = Registration.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    return registration_out(take_offer(get_object_or_404(rows, pk=pk), by=request.actor))


@router.get("/{pk}", response=ExplainedOut, operation_id="registration")
@allowed(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def registration(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One registration with its place in line, and why it waits."""
    rows = Registration.objects.visible_to(request.access).select_related("party", "activity")
    found = get_object_or_404(rows, pk=pk)
    spot = spot_of(found)
    why = str(spot.objection or "") if spot else ""
    return registration_out(found) | {"party": str(found.party or ""), "why": why}


@router.post("/{pk}/cancellation", response=RegistrationOut, operation_id="cancel_registration")
@allowed(Permission.MANAGE_REGISTRATIONS)
def cancel(request: Any, pk: uuid.UUID, body: Cancellation) -> dict[str, Any]:
    """Give a place up; whoever waited longest gets it."""
    rows = Registration.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    found = get_object_or_404(rows, pk=pk)
    return registration_out(cancel_registration(found, reason=body.reason, by=request.actor))


def registration_out(found: Registration) -> dict[str, Any]:
    return {
        "id": found.pk,
        "activity": found.activity_id,
        "clinician": found.clinician_id,
        "state": found.state,
        "ticket_code": found.ticket_code,
        "position": position_of(found),
        "offered_until": found.offered_until,
    }
