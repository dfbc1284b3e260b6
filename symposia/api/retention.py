"""How long records are kept, and what is held beyond that."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.models import Clinician
from symposia.reporting.actions.holds import lift_hold, put_hold
from symposia.reporting.binder_lists import HOLDS
from symposia.reporting.keeping import kinds_kept
from symposia.reporting.models import LegalHold

router = Router(tags=["retention"])
list_route(router, HOLDS, "/holds")
_VIEW, _DO = Permission.VIEW_JOURNAL, Permission.MANAGE_RULES


class ClockOut(Schema):
    """How long one kind of record is kept, by which rule, and what there is of it."""

    kind: str
    months: int
    counted: str
    citation: str
    to_verify: bool
    files: int
    first_until: date | None
    last_until: date | None


class HoldIn(Schema):
    """Over what a hold is put (neither: over everything), and why."""

    model_config = ConfigDict(extra="forbid")

    activity: uuid.UUID | None = None
    clinician: uuid.UUID | None = None
    because: str = Field(min_length=1, max_length=500)


class HoldLiftingIn(Schema):
    """Why a hold is lifted."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=500)


class HoldOut(Schema):
    """A legal hold, and what became of it."""

    id: uuid.UUID
    number: str
    activity_id: uuid.UUID | None
    clinician_id: uuid.UUID | None
    because: str
    put_at: datetime
    lifted_at: datetime | None
    lifted_because: str


@router.get("", response=list[ClockOut], operation_id="read_retention")
@allowed(_VIEW)
def clocks(request: Any) -> list[dict[str, Any]]:
    """Kind by kind how long records are kept, and until when the files of it are."""
    return [
        {
            **{name: getattr(each.clock, name) for name in ("kind", "months", "counted")},
            "citation": each.clock.citation,
            "to_verify": each.clock.is_to_verify,
            "files": each.files,
            "first_until": each.first_until,
            "last_until": each.last_until,
        }
        for each in kinds_kept()
    ]


@router.post("/holds", response={201: HoldOut}, operation_id="put_hold")
@allowed(_DO, of_all=True)
def put(request: Any, body: HoldIn) -> Status[LegalHold]:
    """Let nothing of it be removed until the hold is lifted."""
    activities = Activity.objects.visible_to(request.access)
    people = Clinician.objects.visible_to(request.access)
    activity = get_object_or_404(activities, pk=body.activity) if body.activity else None
    person = get_object_or_404(people, pk=body.clinician) if body.clinician else None
    made = put_hold(body.because, activity=activity, clinician=person, by=request.actor)
    return Status(201, made)


@router.post("/holds/{uuid:pk}/lifting", response=HoldOut, operation_id="lift_hold")
@allowed(_DO, of_all=True)
def lift(request: Any, pk: uuid.UUID, body: HoldLiftingIn) -> LegalHold:
    """Lift a hold, with the reason."""
    hold = get_object_or_404(LegalHold.objects.standing(), pk=pk)
    return lift_hold(hold, reason=body.reason, by=request.actor)
