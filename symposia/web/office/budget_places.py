"""Where an activity hangs in the budget, as its money page says it."""

from typing import Any

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.wall import may
from symposia.finance.models import BudgetNode, BudgetPlace
from symposia.web.requests import UserRequest


def on_activity(request: UserRequest, activity: Activity) -> dict[str, Any]:
    """The node, only to whoever sees it; and whether this person may say another."""
    seen = BudgetNode.objects.visible_to(request.access)
    hanging = BudgetPlace.objects.of(activity).values("node")
    may_hang = may(request.access, activity.mode, Permission.PLAN_MONEY)
    return {
        "hangs_on": seen.filter(pk__in=hanging).first(),
        "may_hang": may_hang and seen.exists(),
    }
