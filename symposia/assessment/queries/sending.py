"""What goes out by itself after an activity: the evaluation at its end, the certificate."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from symposia.activities.models import Activity, State
from symposia.assessment.models import EvaluationForm, NoSending
from symposia.registrations.requirements import asks_in_order

# Whoever opens the books of a day later is not written to any more by themselves.
LATEST = timedelta(days=1)
_NOT_HELD_YET = (State.OPEN, State.RUNNING)


def sends_by_itself(activity: Activity) -> bool:
    """Whether the evaluation and the certificates of an activity go out by themselves."""
    return not NoSending.objects.of(activity).exists()


def silent_among(activity_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of some activities that send nothing by themselves."""
    rows = NoSending.objects.filter(activity__in=set(activity_ids))
    return set(rows.values_list("activity_id", flat=True))


def ended_lately(at: datetime) -> list[Activity]:
    """Activities that ended within a day, that nobody has declared held yet, and whose evaluation
    goes out by itself; what is studied at one's own pace leads to it by its own steps."""
    asks = EvaluationForm.objects.filter(activity__isnull=False).values("activity")
    rows = Activity.objects.filter(
        state__in=_NOT_HELD_YET, ends_at__lte=at, ends_at__gt=at - LATEST, pk__in=asks
    ).exclude(pk__in=NoSending.objects.values("activity"))
    return [each for each in rows.order_by("ends_at", "pk") if not asks_in_order(each)]
