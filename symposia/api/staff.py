"""Groups of staff for whoever looks after them: enrol, take out, remind, see how far they are."""

import uuid
from typing import Any, Literal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.activities.models import State as ActivityState
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.credits.actions.staff import remind_staff
from symposia.credits.staff_lists import STAFF, STAFF_LICENCES, STAFF_PROGRESS
from symposia.credits.staff_progress import progress_rows
from symposia.directory.models import Clinician, StaffGroup
from symposia.registrations.actions.staff import enrol_staff, take_staff_out
from symposia.registrations.models import Attending, Registration
from symposia.registrations.staffing import preview_of, staff_today
from symposia.shared.refusals import Objection, refuse_if

router = Router(tags=["staff"])
list_route(router, STAFF, "/people")
list_route(router, STAFF_PROGRESS, "/progress")
list_route(router, STAFF_LICENCES, "/licences")
_OWN = Permission.OWN_LEARNING
MOST = 300


class EnrolmentIn(Schema):
    """Whom of the group to enrol, and where; a dry run says what each would get."""

    activity: uuid.UUID
    clinicians: list[uuid.UUID] = Field(min_length=1, max_length=MOST)
    attending: Attending | None = None
    dry_run: bool = True


class EnrolledOut(Schema):
    """What somebody gets, or would: the state of their place, or why there is none."""

    clinician: uuid.UUID
    registration: uuid.UUID | None
    state: str
    code: str
    reason: str


class EnrolmentOut(Schema):
    """What each gets, or would."""

    is_dry_run: bool
    people: list[EnrolledOut]


class StaffPlacesIn(Schema):
    """Places of people of the group."""

    registrations: list[uuid.UUID] = Field(min_length=1, max_length=MOST)
    reason: str = Field("", max_length=300)


class StaffDoneOut(Schema):
    """Whether it was done for a place, or why not."""

    registration: uuid.UUID
    result: Literal["done", "refused"]
    code: str
    reason: str


@router.post("/{uuid:pk}/enrolments", response=EnrolmentOut, operation_id="enrol_staff")
@allowed(_OWN)
def enrol(request: Any, pk: uuid.UUID, body: EnrolmentIn) -> dict[str, Any]:
    """Enrol people of a group that one looks after; a dry run enrols nobody."""
    group = _led(request, pk)
    activity = get_object_or_404(Activity, pk=body.activity, state=ActivityState.OPEN)
    people = list(staff_today(group).filter(pk__in=body.clinicians))
    if len(people) < len(set(body.clinicians)):
        raise Http404
    if body.dry_run:
        preview = preview_of(activity, people, request.access, at=now())
        refuse_if(preview.objection)
        found = [_outlook(x.clinician, None, x.becomes, x.objection) for x in preview.outlooks]
        return {"is_dry_run": True, "people": found}
    done = enrol_staff(
        group,
        people,
        activity,
        attending=body.attending or "",
        access=request.access,
        by=request.actor,
    )
    return {"is_dry_run": False, "people": [_became(who, one) for who, one in done]}


def _became(clinician: Clinician, one: Registration | Objection) -> dict[str, Any]:
    if isinstance(one, Registration):
        return _outlook(clinician, one.pk, one.state, None)
    return _outlook(clinician, None, "", one)


def _outlook(
    clinician: Clinician, place: uuid.UUID | None, state: str, objection: Objection | None
) -> dict[str, Any]:
    return {
        "clinician": clinician.pk,
        "registration": place,
        "state": str(state),
        "code": objection.code if objection else "",
        "reason": str(objection or ""),
    }


@router.post("/{uuid:pk}/withdrawals", response=list[StaffDoneOut], operation_id="take_staff_out")
@allowed(_OWN)
def take_out(request: Any, pk: uuid.UUID, body: StaffPlacesIn) -> list[dict[str, Any]]:
    """Give up places that a manager of the group asked for."""
    group = _led(request, pk)
    rows = _places(request, group, body)
    done = take_staff_out(group, rows, access=request.access, by=request.actor, reason=body.reason)
    return [_done(each, objection) for each, objection in done]


@router.post("/{uuid:pk}/reminders", response=list[StaffDoneOut], operation_id="remind_staff")
@allowed(_OWN)
def remind(request: Any, pk: uuid.UUID, body: StaffPlacesIn) -> list[dict[str, Any]]:
    """Write to those who have not finished."""
    group = _led(request, pk)
    rows = _places(request, group, body)
    done = remind_staff(group, rows, access=request.access, by=request.actor)
    return [_done(each, objection) for each, objection in done]


def _done(each: Registration, objection: Objection | None) -> dict[str, Any]:
    return {
        "registration": each.pk,
        "result": "refused" if objection else "done",
        "code": objection.code if objection else "",
        "reason": str(objection or ""),
    }


def _places(request: Any, group: StaffGroup, body: StaffPlacesIn) -> list[Registration]:
    """Places of the people of the group alone; another id does not exist."""
    rows = progress_rows(staff_today(group), request.access, now())
    found = list(rows.filter(pk__in=body.registrations).order_by("pk"))
    if len(found) < len(set(body.registrations)):
        raise Http404
    return found


def _led(request: Any, pk: uuid.UUID) -> StaffGroup:
    """A group that is in this person's hands today."""
    groups = StaffGroup.objects.led_by(request.access.user_id, local_day())
    return get_object_or_404(groups, pk=pk)
