"""When an organisation's year of caps begins, where it is not the calendar's."""

from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast

from symposia.compliance.models import OwnParameter
from symposia.compliance.rolling import POLICY

_MONTH = r"^(1[0-2]|[1-9])$"


def beginning_rows(day: Any) -> QuerySet[OwnParameter, Any]:
    """The month in which the year of caps begins, as set for a day: one number, or none."""
    standing = OwnParameter.objects.filter(
        pack_code=POLICY, name="year_begins", effective_from__lte=day
    ).order_by("-effective_from", "-set_at", "-pk")
    month = Case(When(value__regex=_MONTH, then=Cast("value", IntegerField())), default=Value(1))
    return standing.annotate(month=month).values_list("month", flat=True)[:1]


def beginning_on(day: date) -> int:
    """The month in which the year of caps begins; January where nobody set another."""
    return next(iter(beginning_rows(day)), 1)
