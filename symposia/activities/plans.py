"""The plan an activity belongs to: a condition of its rail, and a part of what is signed."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from symposia.activities.facts import Condition, Fact, Reading, Stage, register_fact
from symposia.activities.models import Activity
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.approvals.parts import adds_part
from symposia.curriculum.models import Plan, PlanningRule
from symposia.curriculum.policies.plans import objection_to_running_under
from symposia.curriculum.queries.plans import planning_rules


def plan_of(activity: Activity) -> Plan | None:
    """The plan of an activity with the one it is a part of."""
    return next(iter(rows_of(activity.pk, plan_rows)), None)


def plan_rows(activity_id: uuid.UUID) -> QuerySet[Plan]:
    """The plan of an activity with the one it is a part of: one row, or none."""
    here = Activity.objects.filter(pk=activity_id).values("plan")
    return Plan.objects.filter(pk__in=here).select_related("parent")


def rule_rows(_activity_id: uuid.UUID) -> QuerySet[PlanningRule]:
    """What the organisation asks of every activity's plan: one row, or none."""
    return planning_rules()[:1]


def _read(activity: Activity) -> Reading | None:
    plan = plan_of(activity)
    link, number = ("activity_plan", [activity.pk]), plan.number if plan else ""
    if activity.is_over:
        return Reading("sealed", link=link, count=number) if plan else None
    rule = next(iter(rows_of(activity.pk, rule_rows)), None)
    if plan is None and not (rule and rule.needs_plan):
        return None
    objection = objection_to_running_under(plan, rule, activity.wall_starts.date())
    if objection:
        return Reading("blocked", objection, link, count=number)
    state: Condition = "sealed" if activity.is_approved_on else "done"
    return Reading(state, link=link, count=number)


def register_plan() -> None:
    """Only what an approved plan holds is submitted and opened."""
    needed = frozenset({Stage.SUBMIT, Stage.OPEN})
    read_together(Batch.RAIL, plan_rows, rule_rows)
    register_fact(Fact("plan", _("Plan"), _read, needed, order=15))


@adds_part("activity", "plan")
def plan_as_signed(activity_id: uuid.UUID) -> str:
    """The plan as approvers read it."""
    plan = plan_of(Activity.objects.get(pk=activity_id))
    return str(plan) if plan else ""


@adds_part("activity", "codes")
def codes_as_signed(activity_id: uuid.UUID) -> dict[str, str]:
    """What routes of approval compare: the same words whoever submits, in whatever language."""
    activity = Activity.objects.get(pk=activity_id)
    codes = {"mode": activity.mode, "type": activity.type, "delivery": activity.delivery}
    return codes | ({"product": activity.product} if activity.product else {})
