"""What the money says on the readiness rail, to the rules and to whoever signs."""

from django.utils.translation import gettext_lazy as _

from symposia.activities.facts import Fact, Reading, register_fact
from symposia.activities.models import Activity
from symposia.approvals.parts import adds_part
from symposia.compliance.facts import engages_people, knows_facts
from symposia.finance.queries import (
    figures_for_rules,
    frozen_budget,
    lines_of,
    speakers_with_fees,
)
from symposia.shared.refusals import Objection

NO_ESTIMATE = Objection("no_estimate", _("Nobody has said yet what it will cost."))


def read_budget(activity: Activity) -> Reading:
    """How far the money of an activity is: estimated, then committed by its approval."""
    lines, link = lines_of(activity), ("activity_money", [activity.pk])
    estimated = [each for each in lines if each.estimate]
    if not estimated:
        return Reading("now", NO_ESTIMATE, link)
    is_committed = any(each.committed for each in lines)
    return Reading("sealed" if is_committed else "done", link=link, count=str(len(estimated)))


def register() -> None:
    """Put the budget on the rail, into the rules' facts and into what is signed."""
    register_fact(Fact("budget", _("Budget"), read_budget, order=55))
    knows_facts("activity", "budget")(figures_for_rules)
    engages_people("activity")(speakers_with_fees)
    adds_part("activity", "budget")(frozen_budget)
