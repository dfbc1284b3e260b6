"""What rules ask about the people who have a place; nothing while nobody has one."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    ExpressionWrapper,
    QuerySet,
    Subquery,
    Value,
)

from symposia.activities.models import OVER, Activity, SessionFaculty
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.compliance.facts import knows_facts
from symposia.registrations.meetings import busiest_rows, rolling_rows, same_topic, topic_rows
from symposia.registrations.models import Registration

# How far back somebody counts as having attended the topic before; no code gives a number.
LOOK_BACK = timedelta(days=365)
_AROUND = (("rolling_attendee_count", rolling_rows), ("topic_attendee_count", topic_rows))


def repeat_rows(activity_id: uuid.UUID) -> QuerySet[Registration, Any]:
    """How many of those with a place attended the topic before: one number, or none."""
    here = Registration.objects.filter(activity=activity_id).current().values("clinician")
    attended = Registration.objects.confirmed().filter(
        activity__in=_same_topic_before(activity_id).values("pk"), clinician__in=here
    )
    return _people_in(attended)


def taught_rows(activity_id: uuid.UUID) -> QuerySet[SessionFaculty, Any]:
    """How many of those with a place taught the topic before: one number, or none."""
    here = Registration.objects.filter(activity=activity_id).current().values("clinician")
    taught = SessionFaculty.objects.filter(
        session__activity__in=_same_topic_before(activity_id).values("pk"), clinician__in=here
    )
    return _people_in(taught)


def _people_in(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    counted: QuerySet[Any, Any] = (
        rows.order_by().values("organisation_id").annotate(n=Count("clinician", distinct=True))
    )
    return counted.values_list("n", flat=True)


@knows_facts("activity", "registrations")
def facts_of_places(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """The fullest calendar among those with a place, and who knows the topic already."""
    busiest = rows_of(activity_id, busiest_rows)
    if not busiest:
        return {}
    facts = {
        "busiest_attendee_count": busiest[0],
        "repeat_attendees": sum(rows_of(activity_id, repeat_rows)),
        "speakers_attending": sum(rows_of(activity_id, taught_rows)),
    }
    for name, read in _AROUND:
        facts.update((name, found) for found in rows_of(activity_id, read))
    return facts


def _same_topic_before(activity_id: uuid.UUID) -> QuerySet[Activity]:
    """Activities of the year before that worked on one of the same gaps."""
    starts = Subquery(Activity.objects.filter(pk=activity_id).values("starts_at"))
    since = ExpressionWrapper(starts - Value(LOOK_BACK), output_field=DateTimeField())
    before = same_topic(activity_id).filter(
        state__in=OVER, starts_at__gte=since, starts_at__lte=starts
    )
    return before.exclude(pk=activity_id)


read_together(Batch.RULES, busiest_rows, rolling_rows, topic_rows, repeat_rows, taught_rows)
