from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.actions.amending import note_preparer
from symposia.activities.actions.planning import ActivityFacts, create_activity
from symposia.activities.events import ActivityChanged
from symposia.activities.models import Activity
from symposia.activities.plans import plan_of
from symposia.activities.policies import objection_to_changing
from symposia.audit.actions import record
from symposia.curriculum.models import Plan
from symposia.curriculum.policies.plans import objection_to_joining
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def create_in_plan(facts: ActivityFacts, plan: Plan | None, *, by: Actor, **begun: Any) -> Activity:
    """Begin an activity that belongs to a plan; `begun` as in creating one."""
    return place_in_plan(create_activity(facts, by=by, **begun), plan, by=by)


@transaction.atomic
def place_in_plan(activity: Activity, plan: Plan | None, *, by: Actor) -> Activity:
    """Say which plan an activity belongs to; it runs only when that plan is approved."""
    activity = Activity.objects.locked(activity.pk)
    was = plan_of(activity)

    refuse_if(objection_to_changing(activity))
    if plan:
        refuse_if(objection_to_joining(plan, activity.wall_starts.date()))

    if was == plan:
        return activity
    activity.plan = plan
    activity.version += 1
    activity.changed_at = now()
    activity.save()
    note_preparer(activity, by=by)
    change = {"field": "plan", "was": str(was or ""), "now": str(plan or "")}
    record(by, "activity.planned", activity, details={"changes": [change]})
    announce(ActivityChanged(activity.pk, ("plan",)))
    return activity
