"""What the money tells the rules of an activity, read with everything else they decide on."""

import uuid
from datetime import timedelta
from typing import Any

from django.db.models import (
    DateTimeField,
    ExpressionWrapper,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)

from symposia.activities.models import Activity, State
from symposia.activities.reading import Batch, read_together
from symposia.finance.models import Account, BudgetEntry, BudgetLine

FORTNIGHT = timedelta(days=14)


def line_rows(activity_id: uuid.UUID) -> QuerySet[BudgetLine]:
    """The lines of its budget in their order."""
    return BudgetLine.objects.filter(activity=activity_id).order_by("position", "pk")


def sum_rows(activity_id: uuid.UUID) -> QuerySet[BudgetEntry, Any]:
    """Line, account and minor units of its budget."""
    return BudgetEntry.objects.filter(posting__line__activity=activity_id).summed()


def near_rows(activity_id: uuid.UUID) -> QuerySet[Activity, Any]:
    """The estimates of activities of the same owner and city within a fortnight, itself counted;
    none where it has no owner."""
    own = Activity.objects.filter(pk=activity_id)
    starts = Subquery(own.values("starts_at"))
    first, last = (
        ExpressionWrapper(starts + Value(days), output_field=DateTimeField())
        for days in (-FORTNIGHT, FORTNIGHT)
    )
    near = Activity.objects.filter(
        owner=Subquery(own.values("owner")),
        city=Subquery(own.values("city")),
        starts_at__gte=first,
        starts_at__lte=last,
    ).exclude(state=State.CANCELLED)
    estimates = BudgetEntry.objects.filter(
        posting__line__activity=OuterRef("pk"), account=Account.ESTIMATE
    ).order_by()
    sums = estimates.values("organisation_id").annotate(sum=Sum("amount_minor")).values("sum")
    return near.order_by("pk").values_list(Subquery(sums), flat=True)


read_together(Batch.RULES, line_rows, sum_rows, near_rows)
