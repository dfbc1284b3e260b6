"""Registrations of an activity."""

import uuid
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.models import Clinician
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.lists import PEOPLE
from symposia.registrations.models import Registration, Source
from symposia.registrations.queries import position_of
from symposia.shared.planned import one_of

router = Router(tags=["registrations"])
list_route(router, PEOPLE)


class NewRegistration(Schema):
    """Who gets a place where."""

    activity: uuid.UUID
    clinician: uuid.UUID


class Cancellation(Schema):
    """Why a place is given up."""

    reason: Reason = ""


class RegistrationOut(Schema):
    """What became of the wish for a place."""

    id: uuid.UUID
    activity: uuid.UUID
    clinician: uuid.UUID
    state: str
    ticket_code: str
    position: int | None


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
    made = register_clinician(clinician, activity, source=Source.OFFICE, by=request.actor)
    return Status(201, _out(made))


@router.get("/{pk}", response=RegistrationOut, operation_id="registration")
@allowed(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def registration(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One registration with its place in line."""
    return _out(get_object_or_404(Registration.objects.visible_to(request.access), pk=pk))


@router.post("/{pk}/cancellation", response=RegistrationOut, operation_id="cancel_registration")
@allowed(Permission.MANAGE_REGISTRATIONS)
def cancel(request: Any, pk: uuid.UUID, body: Cancellation) -> dict[str, Any]:
    """Give a place up; whoever waited longest gets it."""
    rows = Registration.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    found = get_object_or_404(rows, pk=pk)
    return _out(cancel_registration(found, reason=body.reason, by=request.actor))


def _out(found: Registration) -> dict[str, Any]:
    return {
        "id": found.pk,
        "activity": found.activity_id,
        "clinician": found.clinician_id,
        "state": found.state,
        "ticket_code": found.ticket_code,
        "position": position_of(found),
    }
