"""What stands beside an activity for its rules: other engagements of its speakers, restrictions."""

import uuid
from datetime import timedelta
from typing import Any

from django.db.models import DateField, ExpressionWrapper, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from symposia.activities.models import Activity, SessionFaculty
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.compliance.models import Commitment, Restriction
from symposia.compliance.queries.people import YEAR, Around


def commitment_rows(activity_id: uuid.UUID) -> QuerySet[Commitment]:
    """What else its speakers are engaged for, a year before and after."""
    taught = SessionFaculty.objects.filter(session__activity=activity_id, clinician__isnull=False)
    near = Commitment.objects.standing().filter(clinician__in=taught.values("clinician"))
    near = near.between(_day(activity_id, -YEAR), _day(activity_id, YEAR))
    return near.exclude(subject_type="activity", subject_id=activity_id).order_by("pk")


def restriction_rows(activity_id: uuid.UUID) -> QuerySet[Restriction]:
    """What binds on its day."""
    return Restriction.objects.standing(_day(activity_id)).order_by("pk")


def around(activity: Activity) -> Around:
    """What stands beside an activity, read with everything else that rules decide on."""
    return Around(rows_of(activity.pk, commitment_rows), rows_of(activity.pk, restriction_rows))


def _day(activity_id: uuid.UUID, away: timedelta = timedelta()) -> Any:
    day = Cast("wall_starts", DateField())
    mine = Subquery(Activity.objects.filter(pk=activity_id).values_list(day))
    return ExpressionWrapper(mine + Value(away), output_field=DateField())


read_together(Batch.RULES, commitment_rows, restriction_rows)
