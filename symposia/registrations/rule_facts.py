"""What rules ask about the people who have a place; nothing while nobody has one."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet

from symposia.activities.models import OVER, Activity, ActivityObjective, SessionFaculty, State
from symposia.compliance.facts import knows_facts
from symposia.registrations.models import Registration

# How far back somebody counts as having attended the topic before; no code gives a number.
LOOK_BACK = timedelta(days=365)


@knows_facts("activity", "registrations")
def facts_of_places(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """The fullest calendar among those with a place, and who knows the topic already."""
    activity = Activity.objects.get(pk=activity_id)
    here = Registration.objects.of(activity).current().values("clinician")
    of_year = (
        Registration.objects.current()
        .filter(clinician__in=here, activity__wall_starts__year=activity.wall_starts.year)
        .exclude(activity__state=State.CANCELLED)
    )
    fullest = of_year.values("clinician").annotate(n=Count("pk")).order_by("-n").first()
    if fullest is None:
        return {}
    before = _same_topic_before(activity)
    attended = Registration.objects.confirmed().filter(activity__in=before, clinician__in=here)
    taught = SessionFaculty.objects.filter(session__activity__in=before, clinician__in=here)
    return {
        "busiest_attendee_count": fullest["n"],
        "repeat_attendees": attended.values("clinician").distinct().count(),
        "speakers_attending": taught.values("clinician").distinct().count(),
    }


def _same_topic_before(activity: Activity) -> QuerySet[Activity]:
    """Activities of the year before that worked on one of the same gaps."""
    gaps = ActivityObjective.objects.filter(activity=activity).values("objective__gap")
    linked = ActivityObjective.objects.filter(objective__gap__in=gaps).values("activity")
    since = activity.starts_at - LOOK_BACK
    return Activity.objects.filter(
        pk__in=linked, state__in=OVER, starts_at__range=(since, activity.starts_at)
    ).exclude(pk=activity.pk)
