"""Licences people track, what they still need, and the requirements behind them."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.credits.actions.requirements import end_licence, set_subjects, track_licence
from symposia.credits.licence_lists import LICENCES
from symposia.credits.licence_rules import LicenceFacts
from symposia.credits.models import Licence
from symposia.credits.subjects import need_named
from symposia.credits.tracked import (
    Suggestion,
    Tracked,
    licences_of,
    pack_by_key,
    packs_in_force,
    tracked,
    what_would_help,
)
from symposia.directory.models import Clinician

router = Router(tags=["requirements"])
packs = Router(tags=["requirements"])
list_route(router, LICENCES)


class RequirementPackOut(Schema):
    """A requirement that can be tracked; its key names it."""

    key: str
    name: str
    authority: str
    kind: str
    cycle_months: int
    hours: Decimal
    core_hours: Decimal | None
    core_systems: list[str]
    topics: list[dict[str, Any]]
    notes: str
    valid_from: date
    valid_until: date | None
    citation: str

    @staticmethod
    def resolve_key(pack: Any) -> str:
        return str(pack.pk)


class NeedOut(Schema):
    """One line of the arithmetic: what is asked, held and left, in hours or courses."""

    subject: str
    named: str
    needed: Decimal
    held: Decimal
    left: Decimal
    is_course: bool


class ProgressOut(Schema):
    """How far somebody is with one licence."""

    licence: uuid.UUID
    requirement: str
    number: str
    cycle_starts_on: date
    cycle_ends_on: date
    standing: str
    needs: list[NeedOut]


class SuggestionOut(Schema):
    """An activity of the catalogue that counts for what a licence lacks; planned: there is a place
    at it already, or one is waited for."""

    licence: uuid.UUID
    activity: uuid.UUID
    number: str
    title: str
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    subjects: list[str]
    credit: Decimal
    is_planned: bool


class LicenceIn(Schema):
    """A licence by the key of its requirement, with the cycle that runs."""

    requirement: str = Field(max_length=60)
    number: str = Field("", max_length=60)
    cycle_starts_on: date
    cycle_ends_on: date
    left_out: list[str] = Field([], max_length=40)


class SubjectsIn(Schema):
    """Hours of an activity by subject; all of them at once."""

    activity: uuid.UUID
    hours: dict[str, Decimal] = Field(max_length=30)


@packs.get("", response=list[RequirementPackOut], operation_id="requirement_packs")
@allowed(Permission.VIEW_RULES)
def requirement_packs(request: Any) -> list[Any]:
    """Every requirement that can be tracked today, the organisation's own first."""
    return packs_in_force(local_day())


@router.get("/own", response=list[ProgressOut], operation_id="own_licences")
@allowed(Permission.OWN_LEARNING)
def own(request: Any) -> list[dict[str, Any]]:
    """What the licences of whoever the token is of still need."""
    return [_out(each) for each in licences_of(_mine(request))]


@router.get("/own/suggestions", response=list[SuggestionOut], operation_id="own_suggestions")
@allowed(Permission.OWN_LEARNING)
def suggestions(request: Any) -> list[dict[str, Any]]:
    """What of the catalogue would help with which licence of whoever the token is of."""
    found = what_would_help(licences_of(_mine(request)), now())
    return [_suggested(pk, each) for pk, helping in found.items() for each in helping]


@router.get("/{uuid:pk}", response=ProgressOut, operation_id="licence")
@allowed(Permission.VIEW_CREDITS)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """What one licence still needs."""
    rows = Licence.objects.visible_to(request.access).with_packs()
    return _out(tracked([get_object_or_404(rows, pk=pk)])[0])


@router.post("", response={201: ProgressOut}, operation_id="track_licence")
@allowed(Permission.OWN_LEARNING)
def track(request: Any, body: LicenceIn) -> dict[str, Any]:
    """Enter a licence of one's own."""
    asks = pack_by_key(body.requirement)
    if asks is None:
        raise Http404
    days = (body.cycle_starts_on, body.cycle_ends_on)
    facts = LicenceFacts(asks, body.number, *days, body.left_out)
    made = track_licence(_mine(request), facts, by=request.actor)
    return _out(tracked([made])[0])


@router.post("/{uuid:pk}/ending", response=ProgressOut, operation_id="end_licence")
@allowed(Permission.OWN_LEARNING)
def end(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Track it no more."""
    found = get_object_or_404(Licence.objects.own_of(request.access), pk=pk)
    return _out(tracked([end_licence(found, by=request.actor)])[0])


@packs.post("/subjects", response={204: None}, operation_id="set_subjects")
@allowed(Permission.PLAN_ACTIVITIES)
def subjects(request: Any, body: SubjectsIn) -> Status[None]:
    """Say which hours of an activity are about subjects that boards ask for."""
    rows = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    set_subjects(get_object_or_404(rows, pk=body.activity), body.hours, by=request.actor)
    return Status(204, None)


def _mine(request: Any) -> Clinician:
    return get_object_or_404(Clinician.objects.of_user(request.access.user_id))


def _suggested(licence: uuid.UUID, each: Suggestion) -> dict[str, Any]:
    activity = each.listed.activity
    return {
        "licence": licence,
        "activity": activity.pk,
        "number": activity.number,
        "title": activity.title,
        "starts_at": activity.starts_at,
        "ends_at": activity.ends_at,
        "subjects": list(each.subjects),
        "credit": each.credit,
        "is_planned": each.is_planned,
    }


def _out(each: Tracked) -> dict[str, Any]:
    licence, progress = each.licence, each.progress
    return {
        "licence": licence.pk,
        "requirement": str(licence.asks.pk),
        "number": licence.number,
        "cycle_starts_on": licence.cycle_starts_on,
        "cycle_ends_on": licence.cycle_ends_on,
        "standing": progress.standing(local_day()),
        "needs": [
            {
                "subject": need.subject,
                "named": need_named(need),
                "needed": need.needed,
                "held": need.held,
                "left": need.left,
                "is_course": need.is_course,
            }
            for need in progress.needs
        ],
    }
