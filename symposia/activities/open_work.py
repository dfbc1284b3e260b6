"""What somebody of the office still has to do for activities."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from symposia.accounts.open_work import OpenWork, knows_open_work
from symposia.accounts.permissions import Permission
from symposia.activities.models import ENDED, Activity, Milestone, Series


def activities_of(user_id: uuid.UUID) -> QuerySet[Activity]:
    return Activity.objects.filter(owner_id=user_id).exclude(state__in=ENDED)


def series_of(user_id: uuid.UUID) -> QuerySet[Series]:
    return Series.objects.filter(owner_id=user_id)


def milestones_of(user_id: uuid.UUID) -> QuerySet[Milestone]:
    owed = Milestone.objects.filter(owner_id=user_id, done_at=None)
    return owed.exclude(activity__state__in=ENDED)


def register_open_work() -> None:
    """Tell accounts what has an owner here."""
    looks = Permission.VIEW_ACTIVITIES
    plans = Permission.PLAN_ACTIVITIES
    activities = OpenWork(
        _("Activities"),
        looks,
        activities_of,
        "activity",
        needs=plans,
        reached=lambda access: Activity.objects.visible_to(access, plans),
    )
    knows_open_work("activities", activities)
    series = OpenWork(_("Series"), looks, series_of, "activities", has_page=False, needs=plans)
    knows_open_work("series", series)
    milestones = OpenWork(
        _("Milestones"),
        looks,
        milestones_of,
        "activity_tasks",
        key="activity_id",
        needs=looks,
        reached=lambda access: Milestone.objects.filter(
            activity__in=Activity.objects.visible_to(access)
        ),
    )
    knows_open_work("milestones", milestones)
