"""Credit: the ledger, what one learner may claim and why."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.credits.actions.offers import offer_credit
from symposia.credits.explaining import explain_credit
from symposia.credits.in_words import other_bodies_in_words, steps_in_words
from symposia.credits.lists import CREDIT_ENTRIES
from symposia.credits.models import CreditSystem
from symposia.credits.queries import all_systems
from symposia.registrations.models import Registration

router = Router(tags=["credits"])
list_route(router, CREDIT_ENTRIES)


class NewOffer(Schema):
    """Which credit an activity offers."""

    activity: uuid.UUID
    system: str
    activity_number: str = Field("", max_length=40)


class OfferOut(Schema):
    """The most credit an activity may award."""

    id: uuid.UUID
    system: str
    maximum: Decimal
    creditable_minutes: int


class SessionOut(Schema):
    """The minutes of one session."""

    title: str
    creditable: int
    counted: int


class ExplanationOut(Schema):
    """What one learner may claim, line by line."""

    registration: uuid.UUID
    kind: str
    sessions: list[SessionOut]
    minutes: int
    allowed: Decimal
    claimed: Decimal
    certificate: str | None
    steps: list[str]
    other_bodies: list[str]


@router.post("/offers", response={201: OfferOut}, operation_id="offer_credit")
@allowed(Permission.PLAN_ACTIVITIES)
def offer(request: Any, body: NewOffer) -> Status[dict[str, Any]]:
    """Offer credit of a system, computed from the agenda."""
    permission = Permission.PLAN_ACTIVITIES
    activities = Activity.objects.visible_to(request.access, permission)
    activity = get_object_or_404(activities, pk=body.activity)
    system = get_object_or_404(CreditSystem, pk=body.system)
    number = body.activity_number
    made = offer_credit(activity, system, activity_number=number, by=request.actor)
    return Status(
        201,
        {
            "id": made.pk,
            "system": made.system_id,
            "maximum": made.maximum,
            "creditable_minutes": made.creditable_minutes,
        },
    )


class LearningFormatOut(Schema):
    """What one learning format of a system gives; without minutes it is all of it or nothing."""

    key: str
    words: str
    minutes_per_credit: int | None
    credit: Decimal | None
    unit: str
    maximum: Decimal | None
    rule: str
    confidence: str


class CreditSystemOut(Schema):
    """One dated version of a body's rule, with its source."""

    key: str
    code: str
    name: str
    body: str
    awarded_by: str
    valid_from: date
    valid_until: date | None
    minutes_per_credit: int
    step: Decimal
    rounding: str
    day_ceiling: Decimal | None
    ceiling: Decimal | None
    minimum: Decimal | None
    number_grammar: str
    professions: list[str]
    formats: list[LearningFormatOut]
    citation: str
    confidence: str


@router.get("/systems", response=list[CreditSystemOut], operation_id="credit_systems")
@allowed(Permission.VIEW_RULES)
def systems(request: Any) -> list[CreditSystem]:
    """Every credit system the product ships, as dated data with its source."""
    return all_systems()


@router.get("/explanations/{pk}", response=ExplanationOut, operation_id="explain_credit")
@allowed(Permission.VIEW_CREDITS)
def explanation(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Why one registration may claim what."""
    rows = Registration.objects.visible_to(request.access, Permission.VIEW_CREDITS)
    explained = explain_credit(get_object_or_404(rows.with_people(), pk=pk))
    return {
        "registration": pk,
        "kind": explained.kind,
        "sessions": [
            {"title": line.title, "creditable": line.creditable, "counted": line.counted}
            for line in explained.lines
        ],
        "minutes": explained.minutes,
        "allowed": explained.allowed,
        "claimed": explained.credit,
        "certificate": str(explained.certificate) if explained.certificate else None,
        "steps": steps_in_words(explained),
        "other_bodies": other_bodies_in_words(explained),
    }
