import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import User
from symposia.accounts.queries import local_day, this_organisation
from symposia.approvals.actions import open_request, revise_request, set_route, withdraw_request
from symposia.approvals.models import Meaning, Route, State
from symposia.approvals.preparing import with_preparer
from symposia.approvals.queries import latest_of, living_of
from symposia.audit.actions import record
from symposia.curriculum.events import PlanApproved, PlanEnded
from symposia.curriculum.models import Plan, PlanningRule, PlanState
from symposia.curriculum.policies.plans import (
    objection_to_changing_plan,
    objection_to_envelope,
    objection_to_naming_product,
    objection_to_parent,
    objection_to_period,
    objection_to_plan_reason,
    objection_to_plan_step,
    objection_to_reopening_plan,
)
from symposia.curriculum.queries.plans import frozen_plan, parts_total
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.events import announce
from symposia.shared.money import Money
from symposia.shared.refusals import refuse_if

SUBJECT = "plan"
STEPS: list[dict[str, Any]] = [
    {
        "name": "Compliance",
        "role": "compliance_officer",
        "needs_factor": False,
        "meaning": str(Meaning.COMPLIANCE),
    },
    {
        "name": "Finance",
        "role": "finance_officer",
        "needs_factor": False,
        "meaning": str(Meaning.BUDGET),
    },
]


@dataclass(frozen=True)
class PlanFacts:
    """What somebody says about a plan."""

    title: str
    starts_on: date
    ends_on: date
    envelope: Money
    purpose: str = ""
    therapy_area: str = ""
    parent: Plan | None = None
    product: str = ""

    def values(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "purpose": self.purpose,
            "therapy_area": self.therapy_area,
            "product": self.product,
            "parent": self.parent,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "envelope_minor": self.envelope.minor,
            "currency": self.envelope.currency,
        }


@transaction.atomic
def make_plan(facts: PlanFacts, *, by: Actor, owner: User | None = None) -> Plan:
    """Begin a plan of a year, or of a part of one."""
    parent = Plan.objects.locked(facts.parent.pk) if facts.parent else None

    refuse_if(objection_to_parent(parent, facts.envelope.currency))
    refuse_if(objection_to_naming_product(facts.product, this_organisation()))
    _refuse_misfit(facts, parent)

    plan = Plan.objects.create(
        number=next_numbers("PLN", year=facts.starts_on.year)[0],
        owner=owner,
        made_at=now(),
        prepared_by=with_preparer([], by),
        **facts.values(),
    )
    record(by, "plan.made", plan)
    return plan


@transaction.atomic
def change_plan(plan: Plan, facts: PlanFacts, *, seen_version: int, by: Actor) -> Plan:
    """Change a plan that is not in approval, unless somebody else did so meanwhile."""
    parent = Plan.objects.locked(facts.parent.pk) if facts.parent else None
    plan = Plan.objects.locked(plan.pk)
    parts = parts_total(plan)
    has_parts = Plan.objects.parts_of(plan).exists()

    refuse_if(objection_to_changing_plan(plan))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=plan.version))
    refuse_if(objection_to_parent(parent, facts.envelope.currency, plan=plan, has_parts=has_parts))
    refuse_if(objection_to_naming_product(facts.product, this_organisation()))
    _refuse_misfit(facts, parent, plan=plan)
    if facts.envelope.currency == parts.currency:
        refuse_if(objection_to_envelope(facts.envelope, parts))

    changes = put_values(plan, facts.values(), said=_said)
    if not changes:
        return plan
    plan.prepared_by = with_preparer(plan.prepared_by, by)
    plan.save()
    record(by, "plan.changed", plan, details={"changes": changes})
    return plan


def _refuse_misfit(facts: PlanFacts, parent: Plan | None, *, plan: Plan | None = None) -> None:
    """The period and the envelope of a part lie within those of its plan."""
    refuse_if(objection_to_period(facts.starts_on, facts.ends_on, parent))
    if parent:
        others = parts_total(parent, but=plan)
        refuse_if(objection_to_envelope(parent.envelope, others + facts.envelope))


def _said(value: Any) -> str:
    return "" if value is None else str(value)


@transaction.atomic
def submit_plan(plan: Plan, *, by: Actor) -> Plan:
    """Ask for the approvals of a plan as it is now; of one that was reopened, only for those
    whose facts changed since."""
    plan = Plan.objects.locked(plan.pk)

    refuse_if(objection_to_plan_step(plan, PlanState.SUBMITTED))

    if Route.objects.current(SUBJECT) is None:
        set_route(SUBJECT, name="Plan", steps=STEPS, by=SYSTEM)
    plan.move(PlanState.SUBMITTED)
    record(by, "plan.submitted", plan)
    latest = latest_of(SUBJECT, plan.pk)
    if latest is None or latest.state != State.APPROVED:
        open_request(
            subject_type=SUBJECT,
            subject_id=plan.pk,
            title=plan.title,
            frozen=frozen_plan(plan),
            by=by,
            involved=_involved(plan),
        )
        plan.refresh_from_db()  # a change that was refused and put back stands at once
        return plan
    revise_request(SUBJECT, plan.pk, frozen=frozen_plan(plan), by=by, involved=_involved(plan))
    latest.refresh_from_db()
    plan.refresh_from_db()
    stands = latest.state == State.APPROVED and plan.state == PlanState.SUBMITTED
    return approve_plan(plan, by=by) if stands else plan


def _involved(plan: Plan) -> set[uuid.UUID]:
    owner = {plan.owner_id} if plan.owner_id else set()
    return owner | set(plan.prepared_by)


@transaction.atomic
def approve_plan(plan: Plan, *, by: Actor) -> Plan:
    """Note that every approver said yes: what it holds may run from now on."""
    plan = Plan.objects.locked(plan.pk)

    refuse_if(objection_to_plan_step(plan, PlanState.APPROVED))

    plan.move(PlanState.APPROVED, approved_on=local_day())
    record(by, "plan.approved", plan)
    announce(PlanApproved(plan.pk))
    return plan


@transaction.atomic
def return_plan(plan: Plan, *, reason: str, by: Actor) -> Plan:
    """Give a plan in approval back to be changed."""
    plan = Plan.objects.locked(plan.pk)

    refuse_if(objection_to_plan_step(plan, PlanState.RETURNED))

    plan.move(PlanState.RETURNED)
    record(by, "plan.returned", plan, reason=reason)
    return plan


@transaction.atomic
def reopen_plan(plan: Plan, *, reason: str, by: Actor) -> Plan:
    """Take up an approved plan to change it; it needs its approvals again."""
    plan = Plan.objects.locked(plan.pk)

    refuse_if(objection_to_reopening_plan(plan))
    refuse_if(objection_to_plan_reason(reason))

    plan.move(PlanState.RETURNED, approved_on=None)
    record(by, "plan.reopened", plan, reason=reason)
    return plan


@transaction.atomic
def end_plan(plan: Plan, *, reason: str, by: Actor) -> Plan:
    """Plan no longer under it; an open request for approval is withdrawn with it."""
    plan = Plan.objects.locked(plan.pk)

    refuse_if(objection_to_plan_step(plan, PlanState.ENDED))
    refuse_if(objection_to_plan_reason(reason))

    request = living_of(SUBJECT, plan.pk)
    if request:
        withdraw_request(request, reason=reason, by=by)
    plan.move(PlanState.ENDED)
    record(by, "plan.ended", plan, reason=reason)
    announce(PlanEnded(plan.pk))
    return plan


@transaction.atomic
def set_planning_rule(
    *, needs_plan: bool, months_ahead: int, reason: str, by: Actor
) -> PlanningRule:
    """Say whether activities need an approved plan, and how many months ahead."""
    rule = PlanningRule.objects.create(
        needs_plan=needs_plan, months_ahead=months_ahead, reason=reason, set_by_name=by.name
    )
    record(by, "planning.rule_set", rule, reason=reason)
    return rule
