"""Activities: their facts, their agenda, the step each waits for."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.lifecycle import (
    close_activity,
    hold_activity,
    open_activity,
    reconcile_activity,
    start_activity,
    submit_activity,
)
from symposia.activities.actions.planning import (
    ActivityFacts,
    change_activity,
    choose_objectives,
)
from symposia.activities.actions.plans import create_in_plan
from symposia.activities.actions.sessions import SessionFacts, add_session
from symposia.activities.facts import read_facts
from symposia.activities.lists import ACTIVITIES
from symposia.activities.models import Activity, DeliveryForm, Mode, Room, Type
from symposia.activities.owing import facts_hidden
from symposia.activities.queries import agenda_of, objectives_of
from symposia.activities.readiness import readiness_of
from symposia.activities.wall import objection_to_planning
from symposia.api.fields import WallTime, Zone
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.curriculum.models import Guideline, Objective, Plan
from symposia.shared.refusals import refuse_if

router = Router(tags=["activities"])
list_route(router, ACTIVITIES)
STEPS: dict[str, Callable[..., Activity]] = {
    "submission": submit_activity,
    "opening": open_activity,
    "starting": start_activity,
    "holding": hold_activity,
    "reconciliation": reconcile_activity,
    "closing": close_activity,
}


class Facts(Schema):
    """The facts of an activity; its times are those on the clock of its venue."""

    title: str = Field(min_length=1, max_length=200)
    type: Type
    wall_starts: WallTime
    wall_ends: WallTime
    zone: Zone
    delivery: DeliveryForm
    summary: str = Field("", max_length=4000)
    venue_name: str = Field("", max_length=200)
    venue_address: str = Field("", max_length=300)
    city: str = Field("", max_length=120)
    country: str = Field("", pattern="^([A-Z]{2})?$")
    online_address: str = Field("", max_length=500, pattern=r"^(https?://[^\s]+)?$")
    capacity: int | None = Field(None, ge=1, le=1_000_000)
    expected_attendance: int = Field(0, ge=0, le=1_000_000)


class NewActivity(Facts):
    """A new activity; its mode is chosen once."""

    mode: Mode
    plan: uuid.UUID | None = None


class ChangedActivity(Facts):
    """All facts of an activity, written on a version that was read before."""

    seen_version: int


class Chosen(Schema):
    """The objectives an activity takes on, in their order."""

    objectives: list[uuid.UUID]


class NewSession(Schema):
    """A slot of the agenda."""

    title: str = Field(min_length=1, max_length=200)
    wall_starts: WallTime
    minutes: int = Field(ge=1, le=1440)
    creditable_minutes: int = Field(ge=0, le=1440)
    room: str = Field("", max_length=80)
    track: str = Field("", max_length=80)
    is_break: bool = False
    # A room of a venue, kept for the session.
    place: uuid.UUID | None = None
    # The guideline that is taught.
    guideline: uuid.UUID | None = None


class SlotOut(Schema):
    id: uuid.UUID
    title: str
    wall_starts: WallTime
    starts_at: datetime
    minutes: int
    creditable_minutes: int
    room: str
    track: str
    is_break: bool
    faculty: list[str]


class ConditionOut(Schema):
    """A condition of the readiness rail and what is missing to it."""

    name: str
    state: str
    objection: str


class ActivityOut(Schema):
    """An activity with its agenda and how far it is."""

    id: uuid.UUID
    number: str
    title: str
    mode: str
    type: str
    state: str
    version: int
    wall_starts: WallTime
    wall_ends: WallTime
    zone: str
    starts_at: datetime
    ends_at: datetime
    delivery: str
    venue_name: str
    city: str
    country: str
    capacity: int | None
    expected_attendance: int
    objectives: list[str]
    creditable_minutes: int
    sessions: list[SlotOut]
    readiness: list[ConditionOut]


@router.post("", response={201: ActivityOut}, operation_id="create_activity")
@allowed(Permission.PLAN_ACTIVITIES)
def create(request: Any, body: NewActivity) -> dict[str, Any]:
    """Begin an activity as a draft."""
    facts = ActivityFacts(**body.dict(exclude={"mode", "plan"}))
    refuse_if(objection_to_planning(request.access, body.mode))
    plans = Plan.objects.visible_to(request.access)
    plan = get_object_or_404(plans, pk=body.plan) if body.plan else None
    made = create_in_plan(facts, plan, mode=body.mode, owner=request.user, by=request.actor)
    return _out(made)


@router.get("/{uuid:pk}", response=ActivityOut, operation_id="activity")
@allowed(Permission.VIEW_ACTIVITIES)
def activity(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One activity with its agenda and readiness, as far as the wall shows it."""
    found = _activity(request, pk, Permission.VIEW_ACTIVITIES)
    hidden, out = facts_hidden(request.access, found.mode), _out(found)
    return out | {"readiness": [each for each in out["readiness"] if each["name"] not in hidden]}


@router.put("/{uuid:pk}", response=ActivityOut, operation_id="change_activity")
@allowed(Permission.PLAN_ACTIVITIES)
def change(request: Any, pk: uuid.UUID, body: ChangedActivity) -> dict[str, Any]:
    """Change the facts of a plan, unless somebody else did so meanwhile."""
    found = _activity(request, pk)
    facts = ActivityFacts(**body.dict(exclude={"seen_version"}))
    return _out(change_activity(found, facts, seen_version=body.seen_version, by=request.actor))


@router.put("/{uuid:pk}/objectives", response=ActivityOut, operation_id="choose_objectives")
@allowed(Permission.PLAN_ACTIVITIES)
def choose(request: Any, pk: uuid.UUID, body: Chosen) -> dict[str, Any]:
    """Take on promises of gaps."""
    found = _activity(request, pk)
    known = Objective.objects.select_related("gap")
    wanted = [get_object_or_404(known, pk=each) for each in body.objectives]
    return _out(choose_objectives(found, wanted, by=request.actor))


@router.post("/{uuid:pk}/sessions", response={201: ActivityOut}, operation_id="add_session")
@allowed(Permission.PLAN_ACTIVITIES)
def session(request: Any, pk: uuid.UUID, body: NewSession) -> dict[str, Any]:
    """Put a session on the agenda."""
    found = _activity(request, pk)
    place = get_object_or_404(Room.objects.bookable(), pk=body.place) if body.place else None
    taught = Guideline.objects.visible_to(request.access)
    cited = get_object_or_404(taught, pk=body.guideline) if body.guideline else None
    said = body.dict(exclude={"place", "guideline"})
    facts = SessionFacts(**said, place=place, guideline=cited)
    add_session(found, facts, by=request.actor)
    return _out(found)


def _add_step(name: str, act: Callable[..., Activity]) -> None:
    """The route of one step: refused in words while something is missing."""

    @router.post(
        f"/{{uuid:pk}}/{name}",
        response=ActivityOut,
        operation_id=act.__name__,
        summary=(act.__doc__ or "").strip(),
    )
    @allowed(Permission.PLAN_ACTIVITIES)
    def step(request: Any, pk: uuid.UUID) -> dict[str, Any]:
        return _out(act(_activity(request, pk), by=request.actor))


for _name, _act in STEPS.items():
    _add_step(_name, _act)


def _activity(
    request: Any, pk: uuid.UUID, permission: Permission = Permission.PLAN_ACTIVITIES
) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, permission), pk=pk)


def _out(found: Activity) -> dict[str, Any]:
    agenda = agenda_of(found)
    readiness = readiness_of(found, read_facts(found), at=now())
    made = {"objectives", "creditable_minutes", "sessions", "readiness"}
    names = [name for name in ActivityOut.model_fields if name not in made]
    return {name: getattr(found, name) for name in names} | {
        "objectives": [each.text for each in objectives_of(found)],
        "creditable_minutes": agenda.creditable_minutes,
        "sessions": [
            {
                name: getattr(slot.session, name)
                for name in SlotOut.model_fields
                if name != "faculty"
            }
            | {"faculty": [person.name for person in slot.faculty]}
            for slot in agenda.slots
        ],
        "readiness": [
            {
                "name": known.fact.name,
                "state": known.reading.state,
                "objection": str(known.reading.objection or ""),
            }
            for known in readiness.known
        ],
    }
