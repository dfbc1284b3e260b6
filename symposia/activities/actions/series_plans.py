"""The plan that a series belongs to, and its sessions with it."""

from django.db import transaction

from symposia.activities.actions.plans import place_in_plan
from symposia.activities.events import SeriesChanged
from symposia.activities.models import Series
from symposia.activities.repeating import objection_to_plan_of_series, plan_on
from symposia.activities.series import occasions_of
from symposia.audit.actions import record
from symposia.curriculum.models import Plan
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def place_series_in_plan(series: Series, plan: Plan | None, *, by: Actor) -> Series:
    """Say which plan a series belongs to; its planned sessions follow, except those that somebody
    has put into another one."""
    series = Series.objects.locked(series.pk)
    was = series.plan

    refuse_if(objection_to_plan_of_series(plan, series.rule))

    if was == plan:
        return series
    series.plan = plan
    series.version += 1
    series.save()
    change = {"field": "plan", "was": str(was or ""), "now": str(plan or "")}
    record(by, "series.planned", series, details={"changes": [change]})
    for each in occasions_of(series):
        day = each.activity.wall_starts.date()
        before = plan_on(was, day)
        if each.activity.in_planning and each.activity.plan_id == (before.pk if before else None):
            place_in_plan(each.activity, plan_on(plan, day), by=by)
    announce(SeriesChanged(series.pk))
    return series
