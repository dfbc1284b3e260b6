"""What is told once: the same need of the sessions of a series, and all that one activity lacks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, UUIDField, Window
from django.db.models.functions import Coalesce, RowNumber

from symposia.activities.models import Occasion, Series
from symposia.shared.counting import CountOf


def told_once(
    rows: QuerySet[Any],
    activity: str,
    *,
    first: Sequence[str],
    counted: Mapping[str, str],
    apart: Sequence[str] = (),
) -> QuerySet[Any]:
    """Of the rows about a series, or about an activity of none, the one that comes `first`; how
    many different things the others name is `counted`. Rows that differ in `apart` are told apart.
    """
    series = Occasion.objects.filter(activity=OuterRef(activity)).values("series")[:1]
    record = Coalesce(Subquery(series), F(activity), output_field=UUIDField())
    about = rows.annotate(record=record)
    by = ("record", *apart)
    place = Window(RowNumber(), partition_by=[F(name) for name in by], order_by=list(first))
    ones = about.annotate(place=place).filter(place=1).values("pk")
    like = about.filter(**{name: OuterRef(name) for name in by}).order_by()
    numbers = {name: CountOf(like.values(field).distinct()) for name, field in counted.items()}
    told: QuerySet[Any] = about.filter(pk__in=ones).annotate(**numbers).order_by(*first)
    return told


def series_of(activities: Iterable[Any]) -> dict[Any, Series]:
    """The series that these activities are sessions of, by the id of the activity."""
    ids = list(activities)
    if not ids:
        return {}
    found = Occasion.objects.filter(activity__in=ids).select_related("series")
    return {each.activity_id: each.series for each in found}
