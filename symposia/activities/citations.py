"""Sessions and enduring material that cite a guideline: listed once it is superseded."""

import uuid
from collections.abc import Iterable

from django.db.models import Q

from symposia.activities.models import (
    ENDED,
    Activity,
    ActivityObjective,
    EnduringTerm,
    Session,
    State,
)
from symposia.curriculum.citing import Citing, cites


@cites("session")
def sessions_citing(guideline_id: uuid.UUID) -> Iterable[Citing]:
    """Sessions that teach it, of activities that were not called off."""
    found = Session.objects.filter(guideline=guideline_id).select_related("activity")
    for each in found.exclude(activity__state=State.CANCELLED).order_by("starts_at", "pk"):
        yield Citing(each.pk, f"{each.activity.number} {each.title}", each.activity_id)


@cites("enduring")
def enduring_citing(guideline_id: uuid.UUID) -> Iterable[Citing]:
    """Material still on offer that teaches it, or whose objectives lean on it."""
    taught = Session.objects.filter(guideline=guideline_id).values("activity")
    leaning = ActivityObjective.objects.filter(objective__guideline=guideline_id)
    offered = EnduringTerm.objects.exclude(activity__state__in=ENDED)
    found = Activity.objects.filter(
        Q(pk__in=taught) | Q(pk__in=leaning.values("activity")), pk__in=offered.values("activity")
    )
    return [Citing(each.pk, str(each)) for each in found.order_by("number", "pk")]
