"""What the money says on the readiness rail, to the rules and to whoever signs."""

from django.utils.translation import gettext_lazy as _

from symposia.activities.facts import Fact, Reading, register_fact
from symposia.activities.models import Activity
from symposia.activities.numbers import number_of, register_numbers
from symposia.approvals.parts import adds_part
from symposia.compliance.facts import engages_people, knows_facts
from symposia.finance.models import Account
from symposia.finance.queries import (
    figures_for_rules,
    frozen_budget,
    lines_with,
    speakers_with_fees,
)
from symposia.shared.counting import CountOf
from symposia.shared.refusals import Objection

NO_ESTIMATE = Objection("no_estimate", _("Nobody has said yet what it will cost."))


def read_budget(activity: Activity) -> Reading:
    """How far the money of an activity is: estimated, then committed by its approval."""
    link = ("activity_money", [activity.pk])
    estimated = number_of(activity, "lines_estimated")
    if not estimated:
        return Reading("now", NO_ESTIMATE, link)
    is_committed = number_of(activity, "lines_committed") > 0
    return Reading("sealed" if is_committed else "done", link=link, count=str(estimated))


def register() -> None:
    """Put the budget on the rail, into the rules' facts and into what is signed."""
    register_numbers(
        lines_estimated=CountOf(lines_with(Account.ESTIMATE)),
        lines_committed=CountOf(lines_with(Account.COMMITMENT)),
    )
    register_fact(Fact("budget", _("Budget"), read_budget, order=55))
    knows_facts("activity", "budget")(figures_for_rules)
    engages_people("activity")(speakers_with_fees)
    adds_part("activity", "budget")(frozen_budget)
