from typing import Any

from django.db.models import QuerySet, Sum

from symposia.curriculum.models import Plan, PlanningRule, PlanState
from symposia.shared.money import Money


def planning_rules() -> QuerySet[PlanningRule]:
    """What this organisation asked of activities' plans, what it asks now first."""
    return PlanningRule.objects.order_by("-set_at", "-pk")


def planning_rule() -> PlanningRule | None:
    """What this organisation asks of activities' plans; nothing while it has not said."""
    return planning_rules().first()


def parts_total(plan: Plan, *, but: Plan | None = None) -> Money:
    """What the envelopes of a plan's living parts come to."""
    parts = Plan.objects.parts_of(plan).exclude(state=PlanState.ENDED)
    if but:
        parts = parts.exclude(pk=but.pk)
    total = parts.order_by().aggregate(total=Sum("envelope_minor"))["total"] or 0
    return Money.from_minor(total, plan.currency)


def frozen_plan(plan: Plan) -> dict[str, Any]:
    """What approvers of a plan sign."""
    return {
        "number": plan.number,
        "title": plan.title,
        "summary": plan.purpose,
        "therapy_area": plan.therapy_area,
        **({"product": plan.product} if plan.product else {}),
        "part_of": str(plan.parent) if plan.parent else "",
        "starts": plan.starts_on,
        "ends": plan.ends_on,
        "envelope": str(plan.envelope.amount),
        "currency": plan.currency,
        "parts": [
            {
                "id": part.pk,
                "title": part.title,
                "starts": part.starts_on,
                "ends": part.ends_on,
                "envelope": str(part.envelope.amount),
            }
            for part in Plan.objects.parts_of(plan).exclude(state=PlanState.ENDED)
        ],
    }
