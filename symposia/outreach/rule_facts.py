"""What rules ask about the people who were invited; nothing while nobody was."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, DateTimeField, ExpressionWrapper, Max, QuerySet, Subquery, Value
from django.db.models.functions import TruncMonth

from symposia.accounts.queries import local_day
from symposia.activities.models import Activity, DeliveryForm
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.compliance.facts import knows_facts
from symposia.directory.models import PersonRestriction
from symposia.outreach.models import Invitation, State

MONTH = timedelta(days=30)


def most_invited_rows(activity_id: uuid.UUID) -> QuerySet[Invitation, Any]:
    """How often the person asked most often was asked, in the thirty days up to the last time."""
    kept = Invitation.objects.exclude(state=State.WITHDRAWN).order_by()
    here = kept.filter(activity=activity_id)
    last = Subquery(here.values("activity").annotate(last=Max("sent_at")).values("last"))
    month_before = ExpressionWrapper(last - Value(MONTH), output_field=DateTimeField())
    near = kept.filter(
        clinician__in=here.values("clinician"), sent_at__gte=month_before, sent_at__lte=last
    )
    counted = near.values("clinician").annotate(n=Count("pk"))
    return counted.order_by("-n", "clinician").values_list("n", flat=True)[:1]


@knows_facts("activity", "invitations")
def facts_of_invitations(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """How often the person asked most often was asked; nothing while nobody was."""
    most = rows_of(activity_id, most_invited_rows)
    return {"most_invited_count": most[0]} if most else {}


def restricted_rows(activity_id: uuid.UUID) -> QuerySet[Invitation, Any]:
    """Whom the directory keeps from being asked now, of those who may still come."""
    barred = PersonRestriction.objects.barring(local_day()).values("clinician")
    here = Invitation.objects.standing().filter(activity=activity_id, clinician__in=barred)
    return here.order_by("clinician__search_text").values_list("clinician__full_name", flat=True)


@knows_facts("activity", "restricted guests")
def facts_of_restricted(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """Who of those invited must not be asked any more; nothing while there is nobody."""
    names = list(rows_of(activity_id, restricted_rows))
    if not names:
        return {}
    return {"restricted_invited": names, "restricted_invited_count": len(names)}


def busiest_webinar_rows(activity_id: uuid.UUID) -> QuerySet[Invitation, Any]:
    """To how many webinars of its month the person asked to most was asked, this one counted."""
    standing = Invitation.objects.filter(state__in=[State.SENT, State.ACCEPTED]).order_by()
    here = Activity.objects.filter(pk=activity_id, delivery=DeliveryForm.ONLINE)
    asked = standing.filter(activity__in=here.values("pk"))
    month = Subquery(here.annotate(month=TruncMonth("wall_starts")).values("month"))
    webinars = standing.filter(
        clinician__in=asked.values("clinician"), activity__delivery=DeliveryForm.ONLINE
    )
    near = webinars.annotate(month=TruncMonth("activity__wall_starts")).filter(month=month)
    counted = near.values("clinician").annotate(n=Count("pk"))
    return counted.order_by("-n", "clinician").values_list("n", flat=True)[:1]


@knows_facts("activity", "webinars")
def facts_of_webinars(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """How many webinars the person asked to most has in the month; nothing of other activities."""
    most = rows_of(activity_id, busiest_webinar_rows)
    return {"busiest_webinar_count": most[0]} if most else {}


read_together(Batch.RULES, most_invited_rows, restricted_rows, busiest_webinar_rows)
