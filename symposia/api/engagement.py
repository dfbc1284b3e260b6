"""What happened between a clinician and the organisation, and a score with its parts."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.directory.models import Clinician
from symposia.engagement.timeline import engagement_of

router = Router(tags=["follow-up"])


class EngagementMomentOut(Schema):
    """One thing that happened."""

    at: datetime
    kind: str
    activity_id: uuid.UUID
    activity: str
    detail: str


class ScorePartOut(Schema):
    """One part: how often, what each counts, how many at most, what it comes to."""

    kind: str
    count: int
    points: int
    most: int
    comes_to: int


class EngagementOut(Schema):
    """The last first; the score is of what the caller may see."""

    moments: list[EngagementMomentOut]
    score: int | None
    of: int | None
    parts: list[ScorePartOut]


@router.get("/{uuid:pk}", response=EngagementOut, operation_id="engagement_of_clinician")
@allowed(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """The timeline and the score of one clinician."""
    people = Clinician.objects.within(request.access, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    found = engagement_of(request.access, get_object_or_404(people, pk=pk))
    score = found.score
    return {
        "moments": found.moments,
        "score": score.comes_to if score else None,
        "of": score.could if score else None,
        "parts": score.parts if score else [],
    }
