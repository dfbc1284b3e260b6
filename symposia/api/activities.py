"""Activities: their facts, their agenda, the step each waits for."""

import uuid
from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
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
from symposia.activities.actions.session_objectives import choose_session_objectives
from symposia.activities.actions.sessions import SessionFacts, add_session
from symposia.activities.lists import ACTIVITIES
from symposia.activities.models import Activity, DeliveryForm, Mode, Room, Session, Type
from symposia.activities.owing import facts_hidden
from symposia.activities.wall import may, objection_to_planning
from symposia.api.activity_out import ActivityOut, ServedOut, activity_out, served_out
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
    product: str = Field("", max_length=120)
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
    is_marketing: bool = False
    # A room of a venue, kept for the session.
    place: uuid.UUID | None = None
    # The guideline that is taught.
    guideline: uuid.UUID | None = None


@router.post("", response={201: ActivityOut}, operation_id="create_activity")
@allowed(Permission.PLAN_ACTIVITIES)
def create(request: Any, body: NewActivity) -> dict[str, Any]:
    """Begin an activity as a draft."""
    facts = ActivityFacts(**body.dict(exclude={"mode", "plan"}))
    refuse_if(objection_to_planning(request.access, body.mode))
    plans = Plan.objects.visible_to(request.access)
    plan = get_object_or_404(plans, pk=body.plan) if body.plan else None
    made = create_in_plan(facts, plan, mode=body.mode, owner=request.user, by=request.actor)
    return activity_out(made)


@router.get("/{uuid:pk}", response=ActivityOut, operation_id="activity")
@allowed(Permission.VIEW_ACTIVITIES)
def activity(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One activity with its agenda and readiness, as far as the wall shows it."""
    found = _activity(request, pk, Permission.VIEW_ACTIVITIES)
    hidden, out = facts_hidden(request.access, found.mode), activity_out(found)
    return out | {"readiness": [each for each in out["readiness"] if each["name"] not in hidden]}


@router.put("/{uuid:pk}", response=ActivityOut, operation_id="change_activity")
@allowed(Permission.PLAN_ACTIVITIES)
def change(request: Any, pk: uuid.UUID, body: ChangedActivity) -> dict[str, Any]:
    """Change the facts of a plan, unless somebody else did so meanwhile."""
    found = _activity(request, pk)
    facts = ActivityFacts(**body.dict(exclude={"seen_version"}))
    return activity_out(
        change_activity(found, facts, seen_version=body.seen_version, by=request.actor)
    )


@router.put("/{uuid:pk}/objectives", response=ActivityOut, operation_id="choose_objectives")
@allowed(Permission.PLAN_ACTIVITIES)
def choose(request: Any, pk: uuid.UUID, body: Chosen) -> dict[str, Any]:
    """Take on promises of gaps."""
    found = _activity(request, pk)
    known = Objective.objects.select_related("gap")
    wanted = [get_object_or_404(known, pk=each) for each in body.objectives]
    return activity_out(choose_objectives(found, wanted, by=request.actor))


@router.get("/{uuid:pk}/objectives", response=list[ServedOut], operation_id="activity_objectives")
@allowed(Permission.VIEW_ACTIVITIES)
def served(request: Any, pk: uuid.UUID) -> list[dict[str, Any]]:
    """The objectives an activity has taken on, where each is taught and, for whoever sees its
    evaluation, asked about."""
    found = _activity(request, pk, Permission.VIEW_ACTIVITIES)
    if may(request.access, found.mode, Permission.VIEW_EVALUATIONS):
        return served_out(found)
    return [each | {"questions": []} for each in served_out(found)]


@router.put(
    "/{uuid:pk}/sessions/{uuid:session_pk}/objectives",
    response=list[ServedOut],
    operation_id="choose_session_objectives",
)
@allowed(Permission.PLAN_ACTIVITIES)
def serve(request: Any, pk: uuid.UUID, session_pk: uuid.UUID, body: Chosen) -> list[dict[str, Any]]:
    """Say which of the activity's objectives a session works on."""
    held = get_object_or_404(Session, pk=session_pk, activity=_activity(request, pk))
    known = Objective.objects.select_related("gap")
    wanted = [get_object_or_404(known, pk=each) for each in body.objectives]
    choose_session_objectives(held, wanted, by=request.actor)
    return served_out(held.activity)


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
    return activity_out(found)


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
        return activity_out(act(_activity(request, pk), by=request.actor))


for _name, _act in STEPS.items():
    _add_step(_name, _act)


def _activity(
    request: Any, pk: uuid.UUID, permission: Permission = Permission.PLAN_ACTIVITIES
) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, permission), pk=pk)
