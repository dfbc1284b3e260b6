"""What the learners of an activity answered, without names."""

import uuid
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.assessment.queries import results_of

router = Router(tags=["evaluations"])


class ShareOut(Schema):
    """How many gave one answer."""

    label: str
    count: int


class QuestionOut(Schema):
    """One question with its answers counted."""

    text: str
    kind: str
    answered: int
    declined: int
    mean: Decimal | None
    shares: list[ShareOut]
    texts: list[str]


class ResultsOut(Schema):
    """The evaluation of an activity; no question while too few have answered."""

    activity: uuid.UUID
    responses: int
    questions: list[QuestionOut]


@router.get("/{activity_pk}", response=ResultsOut, operation_id="evaluation_results")
@allowed(Permission.VIEW_EVALUATIONS)
def results(request: Any, activity_pk: uuid.UUID) -> dict[str, Any]:
    """The answers to an activity's evaluation."""
    rows = Activity.objects.visible_to(request.access, Permission.VIEW_EVALUATIONS)
    found = results_of(get_object_or_404(rows, pk=activity_pk))
    return {
        "activity": activity_pk,
        "responses": found.responses,
        "questions": [
            {
                "text": each.question.text,
                "kind": each.question.kind,
                "answered": each.answered,
                "declined": each.declined,
                "mean": each.mean,
                "shares": [{"label": s.label, "count": s.count} for s in each.shares],
                "texts": list(each.texts),
            }
            for each in found.questions
        ],
    }
