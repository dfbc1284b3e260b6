"""What stands beside an activity for its rules: other engagements of its speakers, restrictions."""

import uuid
from datetime import timedelta
from typing import Any

from django.db.models import DateField, ExpressionWrapper, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from symposia.activities.models import Activity, SessionFaculty
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.compliance.models import Commitment, OwnParameter, Restriction
from symposia.compliance.queries.people import YEAR, Around
from symposia.compliance.queries.years import beginning_rows


def commitment_rows(activity_id: uuid.UUID) -> QuerySet[Commitment]:
    """What else its speakers are engaged for, a year before and after."""
    taught = SessionFaculty.objects.filter(session__activity=activity_id, clinician__isnull=False)
    near = Commitment.objects.standing().filter(clinician__in=taught.values("clinician"))
    near = near.between(_day(activity_id, -YEAR), _day(activity_id, YEAR))
    return near.exclude(subject_type="activity", subject_id=activity_id).order_by("pk")


def restriction_rows(activity_id: uuid.UUID) -> QuerySet[Restriction]:
    """What binds on its day."""
    return Restriction.objects.standing(_day(activity_id)).order_by("pk")


def year_rows(activity_id: uuid.UUID) -> QuerySet[OwnParameter, Any]:
    """The month in which the year of caps begins: one number, or none."""
    return beginning_rows(_day(activity_id))


def around(activity: Activity) -> Around:
    """What stands beside an activity, read with everything else that rules decide on."""
    begins = next(iter(rows_of(activity.pk, year_rows)), 1)
    commitments = rows_of(activity.pk, commitment_rows)
    return Around(commitments, rows_of(activity.pk, restriction_rows), begins)


def _day(activity_id: uuid.UUID, away: timedelta = timedelta()) -> Any:
    day = Cast("wall_starts", DateField())
    mine = Subquery(Activity.objects.filter(pk=activity_id).values_list(day))
    return ExpressionWrapper(mine + Value(away), output_field=DateField())


read_together(Batch.RULES, commitment_rows, restriction_rows, year_rows)
