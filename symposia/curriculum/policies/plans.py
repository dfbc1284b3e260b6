from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import Organisation
from symposia.curriculum.models import Plan, PlanningRule, PlanState
from symposia.curriculum.periods import first_of_month, months_later
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

PLAN_FROZEN = Objection(
    "plan_frozen", _("This plan is “%(state)s”: what was submitted for approval stays as it is.")
)
PLAN_NOT_NOW = Objection("plan_not_now", _("This is not possible while the plan is “%(state)s”."))
ENDS_FIRST = Objection("plan_ends_first", _("A plan ends after it starts."))
TOO_DEEP = Objection("plan_too_deep", _("A part of a plan has no parts of its own."))
ITS_OWN_PART = Objection("its_own_part", _("A plan is not a part of itself."))
OUTSIDE_PARENT = Objection(
    "outside_parent", _("A part lies within the period of its plan, %(from)s to %(until)s.")
)
OTHER_CURRENCY = Objection(
    "other_currency", _("The plan it belongs to is in %(currency)s; amounts are never converted.")
)
OVER_ENVELOPE = Objection(
    "over_envelope",
    _("The envelopes of the parts come to %(parts)s, more than the plan's %(envelope)s."),
)
NO_PRODUCT = Objection(
    "plan_names_no_product",
    _("Plans of accredited education are about no product. Name the therapy area instead."),
)
PLAN_REASON = Objection("plan_reason", _("Say why. It stays in the record."))
NO_PLAN = Objection(
    "no_plan", _("It belongs to no plan. Only what an approved plan holds may run.")
)
NOT_APPROVED = Objection(
    "plan_not_approved",
    _("Its plan %(plan)s is “%(state)s”. Only what an approved plan holds may run."),
)
OUTSIDE_PLAN = Objection(
    "outside_plan", _("It lies outside the period of its plan, %(from)s to %(until)s.")
)
APPROVED_TOO_LATE = Objection(
    "approved_too_late",
    _("Its plan was approved on %(on)s; for this month it was due before %(due)s."),
)


def objection_to_changing_plan(plan: Plan) -> Objection | None:
    """What was submitted for approval stays as it is."""
    return None if plan.in_planning else PLAN_FROZEN.about(state=plan.get_state_display())


def objection_to_plan_step(plan: Plan, to: str) -> Objection | None:
    """A plan goes on only as its states allow."""
    if plan.can_move(to):
        return None
    return PLAN_NOT_NOW.about(state=plan.get_state_display())


def objection_to_reopening_plan(plan: Plan) -> Objection | None:
    """Approvers give a plan back that they have; everybody else reopens an approved one."""
    return None if plan.is_approved else PLAN_NOT_NOW.about(state=plan.get_state_display())


def objection_to_period(starts_on: date, ends_on: date, parent: Plan | None) -> Objection | None:
    """A plan ends after it starts, and a part of one lies within it."""
    if ends_on < starts_on:
        return ENDS_FIRST
    if parent and not (parent.covers(starts_on) and parent.covers(ends_on)):
        return OUTSIDE_PARENT.about(**_period(parent))
    return None


def objection_to_naming_product(product: str, organisation: Organisation) -> Objection | None:
    """Education that is independent of industry is planned around no product."""
    return NO_PRODUCT if product.strip() and not organisation.is_company else None


def objection_to_parent(
    parent: Plan | None, currency: str, *, plan: Plan | None = None, has_parts: bool = False
) -> Objection | None:
    """Plans have two levels, and one currency from top to bottom."""
    if parent is None:
        return None
    if plan and parent.pk == plan.pk:
        return ITS_OWN_PART
    if parent.parent_id or has_parts:
        return TOO_DEEP
    if parent.currency != currency:
        return OTHER_CURRENCY.about(currency=parent.currency)
    return None


def objection_to_envelope(envelope: Money, parts: Money) -> Objection | None:
    """The parts together fit into the whole."""
    if envelope < parts:
        return OVER_ENVELOPE.about(parts=str(parts), envelope=str(envelope))
    return None


def objection_to_plan_reason(reason: str) -> Objection | None:
    """Whoever takes a plan back says why."""
    return None if reason.strip() else PLAN_REASON


def objection_to_running_under(
    plan: Plan | None, rule: PlanningRule | None, day: date
) -> Objection | None:
    """Whether an activity of a day may run: only an approved plan, approved in time, lets it."""
    if plan is None:
        return NO_PLAN if rule and rule.needs_plan else None
    for each in filter(None, (plan, plan.parent)):
        if not each.is_approved:
            return NOT_APPROVED.about(plan=str(each), state=each.get_state_display())
    if not plan.covers(day):
        return OUTSIDE_PLAN.about(**_period(plan))
    return _objection_to_late_approval(plan, rule, day)


def _objection_to_late_approval(
    plan: Plan, rule: PlanningRule | None, day: date
) -> Objection | None:
    if rule is None or not rule.months_ahead or plan.approved_on is None:
        return None
    due = months_later(first_of_month(day), 1 - rule.months_ahead)
    if plan.approved_on < due:
        return None
    return APPROVED_TOO_LATE.about(on=_said(plan.approved_on), due=_said(due))


def _period(plan: Plan) -> dict[str, str]:
    return {"from": _said(plan.starts_on), "until": _said(plan.ends_on)}


def _said(day: date) -> str:
    return date_format(day, "j M Y")


def objection_to_joining(plan: Plan, day: date) -> Objection | None:
    """An activity joins a plan that is not ended and whose period holds its day."""
    if plan.state == PlanState.ENDED:
        return PLAN_NOT_NOW.about(state=plan.get_state_display())
    return None if plan.covers(day) else OUTSIDE_PLAN.about(**_period(plan))
