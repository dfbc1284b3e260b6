"""Appeals about credit: what learners find wrong, decided by a person with a reason."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.credits.actions.appeals import decide_appeal
from symposia.credits.appeal_lists import APPEALS
from symposia.credits.models import CreditAppeal

router = Router(tags=["credits"])
list_route(router, APPEALS)


class AppealDecisionIn(Schema):
    """Whether it is granted, and why."""

    granted: bool
    reason: str = Field(min_length=1, max_length=1000)


class AppealOut(Schema):
    """An appeal as it stands."""

    id: uuid.UUID
    activity_id: uuid.UUID
    registration_id: uuid.UUID
    said: str
    explained: list[str]
    state: str
    asked_at: datetime
    decided_at: datetime | None
    decided_because: str


@router.get("/{uuid:pk}", response=AppealOut, operation_id="credit_appeal")
@allowed(Permission.VIEW_CREDITS)
def show(request: Any, pk: uuid.UUID) -> CreditAppeal:
    """One appeal with what was explained when it was written."""
    return get_object_or_404(CreditAppeal.objects.visible_to(request.access), pk=pk)


@router.post("/{uuid:pk}/decision", response=AppealOut, operation_id="decide_credit_appeal")
@allowed(Permission.AWARD_CREDITS)
def decide(request: Any, pk: uuid.UUID, body: AppealDecisionIn) -> CreditAppeal:
    """Decide with a reason; the learner is written to."""
    rows = CreditAppeal.objects.visible_to(request.access, Permission.AWARD_CREDITS)
    found = get_object_or_404(rows, pk=pk)
    return decide_appeal(found, granted=body.granted, reason=body.reason, by=request.actor)
