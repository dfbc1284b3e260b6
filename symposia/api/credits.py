"""Credit: the ledger, what one learner may claim and why."""

import uuid
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.credits.actions.offers import offer_credit
from symposia.credits.explaining import explain_credit
from symposia.credits.lists import CREDIT_ENTRIES
from symposia.credits.models import CreditSystem
from symposia.registrations.models import Registration

router = Router(tags=["credits"])
list_route(router, CREDIT_ENTRIES)


class NewOffer(Schema):
    """Which credit an activity offers."""

    activity: uuid.UUID
    system: str


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


@router.post("/offers", response={201: OfferOut}, operation_id="offer_credit")
@allowed(Permission.PLAN_ACTIVITIES)
def offer(request: Any, body: NewOffer) -> Status[dict[str, Any]]:
    """Offer credit of a system, computed from the agenda."""
    permission = Permission.PLAN_ACTIVITIES
    activities = Activity.objects.visible_to(request.access, permission)
    activity = get_object_or_404(activities, pk=body.activity)
    system = get_object_or_404(CreditSystem, pk=body.system)
    made = offer_credit(activity, system, by=request.actor)
    return Status(
        201,
        {
            "id": made.pk,
            "system": made.system_id,
            "maximum": made.maximum,
            "creditable_minutes": made.creditable_minutes,
        },
    )


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
    }
