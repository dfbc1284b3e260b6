"""The estimate of an activity, taken over into another one."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, RefreshKind
from symposia.activities.taking_over import Mark, Takeable, register_part
from symposia.finance.actions.budgets import EstimateLine, set_estimate
from symposia.finance.queries import books_currency, lines_of
from symposia.shared.actors import Actor


def take_estimate(source: Activity, copy: Activity, by: Actor) -> Sequence[Mark]:
    """The lines of the estimate with their amounts; what was committed or paid stays behind."""
    lines = [each for each in lines_of(source) if each.estimate.amount > 0]
    lines = [each for each in lines if each.estimate.currency == books_currency()]
    if not lines:
        return []
    wanted = [EstimateLine(e.line.category, e.line.description, e.estimate) for e in lines]
    set_estimate(copy, wanted, by=by)
    return [
        Mark(
            RefreshKind.MONEY,
            f"{each.line.get_category_display()}: {each.line.description} {each.estimate}",
        )
        for each in lines
    ]


def register_estimate() -> None:
    label = _("Lines of the estimate")
    register_part(Takeable("budget", label, take_estimate, 40, Permission.PLAN_MONEY))
