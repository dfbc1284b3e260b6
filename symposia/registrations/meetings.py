"""The meetings of doctors around an activity, for caps of a year, of 365 days and of a topic."""

import uuid
from typing import Any

from django.db.models import (
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, ExtractMonth, ExtractYear, Floor

from symposia.activities.models import Activity, ActivityObjective, State
from symposia.compliance.queries.years import beginning_rows
from symposia.compliance.rolling import LENGTH
from symposia.directory.models import Clinician
from symposia.registrations.caps import Meeting
from symposia.registrations.models import Registration, RegistrationQuerySet

_DAY = Cast("activity__wall_starts", DateField())
# A year of caps touches at most this many days before and after any day of it.
_YEAR = LENGTH * 2


def _counting() -> RegistrationQuerySet:
    """Places, and wishes for one, at what is not called off."""
    return Registration.objects.current().exclude(activity__state=State.CANCELLED)


def same_topic(activity: Any) -> QuerySet[Activity]:
    """Activities that work on one of the gaps of this one."""
    gaps = ActivityObjective.objects.filter(activity=activity).values("objective__gap")
    linked = ActivityObjective.objects.filter(objective__gap__in=gaps).values("activity")
    return Activity.objects.filter(pk__in=linked)


def meetings_around(clinician: Clinician, activity: Activity) -> list[Meeting]:
    """What else a doctor has, or waits for, a place at, as far away as any cap looks."""
    on = activity.wall_starts.date()
    others = _counting().filter(clinician=clinician).exclude(activity=activity)
    near = others.annotate(
        day=_DAY, is_same_topic=Exists(same_topic(activity.pk).filter(pk=OuterRef("activity")))
    ).filter(day__gt=on - _YEAR, day__lt=on + _YEAR)
    rows = near.order_by("day", "pk").values_list("day", "is_same_topic")
    return [Meeting(day, is_same_topic) for day, is_same_topic in rows]


def _year_index(begins: Any, month_of: str) -> Any:
    """The year of caps as a number that is the same for all its days."""
    months = ExtractYear(month_of) * 12 + ExtractMonth(month_of) - begins
    return Floor(ExpressionWrapper(months / 12.0, output_field=FloatField()))


def busiest_rows(activity_id: uuid.UUID) -> QuerySet[Registration, Any]:
    """How many places of the same year the person with most of them has: one number, or none."""
    here = Registration.objects.filter(activity=activity_id).current().values("clinician")
    day = Subquery(
        Activity.objects.filter(pk=activity_id).values_list(Cast("wall_starts", DateField()))
    )
    begins = Coalesce(Subquery(beginning_rows(day)), Value(1))
    year = Activity.objects.filter(pk=activity_id).values(year=_year_index(begins, "wall_starts"))
    of_year = (
        _counting()
        .annotate(year=_year_index(begins, "activity__wall_starts"))
        .filter(clinician__in=here, year=Subquery(year))
    )
    counted = of_year.order_by().values("clinician").annotate(n=Count("pk"))
    return counted.order_by("-n", "clinician").values_list("n", flat=True)[:1]


def rolling_rows(activity_id: uuid.UUID) -> QuerySet[Registration, Any]:
    """The same within any 365 days that hold the day of the activity."""
    return _fullest(activity_id, _counting())


def topic_rows(activity_id: uuid.UUID) -> QuerySet[Registration, Any]:
    """The same on one topic, where the activity works on gaps."""
    on_topic = _counting().filter(activity__in=same_topic(activity_id).values("pk"))
    return _fullest(activity_id, on_topic)


def _fullest(activity_id: uuid.UUID, counting: RegistrationQuerySet) -> QuerySet[Registration, Any]:
    """The fullest 365 days that begin with a meeting and hold the day of this one."""
    here = Registration.objects.filter(activity=activity_id).current().values("clinician")
    day = Subquery(
        Activity.objects.filter(pk=activity_id).values_list(Cast("wall_starts", DateField()))
    )
    within = (
        counting.annotate(later=_DAY)
        .filter(
            clinician=OuterRef("clinician"),
            later__gte=OuterRef("first"),
            later__lt=ExpressionWrapper(
                OuterRef("first") + Value(LENGTH), output_field=DateField()
            ),
        )
        .order_by()
        .values("clinician")
        .annotate(n=Count("pk"))
        .values("n")
    )
    since = ExpressionWrapper(day - Value(LENGTH), output_field=DateField())
    begun = counting.annotate(first=_DAY).filter(
        clinician__in=here, first__lte=day, first__gt=since
    )
    counted = begun.annotate(n=Subquery(within)).order_by(F("n").desc(nulls_last=True), "pk")
    return counted.values_list("n", flat=True)[:1]
