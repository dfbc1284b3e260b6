from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.approvals.actions import DecisionFacts, RouteFacts, decide_request, publish_route
from symposia.approvals.models import Step, Verdict
from symposia.approvals.queries import latest_of, living_of
from symposia.audit.models import Entry
from symposia.curriculum.actions.plans import (
    PlanFacts,
    change_plan,
    end_plan,
    make_plan,
    reopen_plan,
    set_planning_rule,
    submit_plan,
)
from symposia.curriculum.models import Plan, PlanningRule
from symposia.curriculum.policies.plans import objection_to_running_under
from symposia.curriculum.queries.plans import parts_total, planning_rule
from symposia.shared.actors import SYSTEM
from symposia.shared.changing import CHANGED_MEANWHILE
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here, member
from tests.factories.approvals import seen_by
from tests.factories.curriculum import PlanFactory


def usd(amount):
    return Money(Decimal(amount), "USD")


COVERING = (
    ("Compliance", "compliance_officer", False, "compliance", ["title"]),
    ("Finance", "finance_officer", False, "budget", ["envelope"]),
)
REST = ("number", "summary", "therapy_area", "part_of", "starts", "ends", "currency", "parts")
YEAR = PlanFacts("Plan 2027", date(2027, 1, 1), date(2027, 12, 31), usd(1000))


def code_of(change):
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.objection.code


def decide(plan, organisation, role, verdict, reason="Seen"):
    user = member(organisation, role)
    request = living_of("plan", plan.pk)
    access = access_of(user, organisation, at=now())
    said = DecisionFacts(verdict, reason, **seen_by(request, access))
    decide_request(request, said, access=access, by=user.actor())


def approved(plan, organisation):
    submit_plan(plan, by=SYSTEM)
    for role in ("compliance_officer", "finance_officer"):
        decide(plan, organisation, role, Verdict.APPROVE)
    return Plan.objects.get(pk=plan.pk)


def test_a_plan_has_parts_within_its_period_and_envelope(organisation):
    year = make_plan(YEAR, by=SYSTEM)
    part = replace(YEAR, title="Stroke", ends_on=date(2027, 6, 30), envelope=usd(600), parent=year)
    first = make_plan(part, by=SYSTEM)

    assert year.number.startswith("PLN-2027-")
    assert parts_total(year) == usd(600)
    assert code_of(lambda: make_plan(replace(part, envelope=usd(401)), by=SYSTEM)) == (
        "over_envelope"
    )
    make_plan(replace(part, envelope=usd(400)), by=SYSTEM)
    late = replace(part, ends_on=date(2028, 1, 1), envelope=usd(0))
    assert code_of(lambda: make_plan(late, by=SYSTEM)) == "outside_parent"
    assert code_of(lambda: make_plan(replace(part, parent=first), by=SYSTEM)) == "plan_too_deep"
    rupees = replace(part, envelope=Money(Decimal(1), "INR"))
    assert code_of(lambda: make_plan(rupees, by=SYSTEM)) == "other_currency"
    backwards = replace(YEAR, ends_on=date(2026, 12, 31))
    assert code_of(lambda: make_plan(backwards, by=SYSTEM)) == "plan_ends_first"


def test_a_plan_is_changed_without_overwriting_and_without_squeezing_its_parts(organisation):
    year = make_plan(YEAR, by=SYSTEM)
    make_plan(replace(YEAR, envelope=usd(600), parent=year), by=SYSTEM)

    small = replace(YEAR, envelope=usd(599))
    assert code_of(lambda: change_plan(year, small, seen_version=1, by=SYSTEM)) == "over_envelope"
    change_plan(year, replace(YEAR, title="Plan for 2027"), seen_version=1, by=SYSTEM)
    change_plan(year, replace(YEAR, title="Plan for 2027"), seen_version=2, by=SYSTEM)
    assert code_of(lambda: change_plan(year, YEAR, seen_version=1, by=SYSTEM)) == (
        CHANGED_MEANWHILE.code
    )
    inside = replace(YEAR, parent=year)
    assert code_of(lambda: change_plan(year, inside, seen_version=2, by=SYSTEM)) == "its_own_part"
    other = make_plan(YEAR, by=SYSTEM)
    under = replace(YEAR, parent=other)
    assert code_of(lambda: change_plan(year, under, seen_version=2, by=SYSTEM)) == "plan_too_deep"
    assert Entry.objects.filter(action="plan.changed").count() == 1


def test_a_part_may_keep_its_own_envelope_when_it_is_changed(organisation):
    year = make_plan(YEAR, by=SYSTEM)
    part = replace(YEAR, envelope=usd(1000), parent=year)
    made = make_plan(part, by=SYSTEM)

    change_plan(made, replace(part, title="Renamed"), seen_version=1, by=SYSTEM)

    assert Plan.objects.get(pk=made.pk).title == "Renamed"


def test_two_signatures_approve_a_plan(organisation):
    plan = approved(make_plan(YEAR, by=SYSTEM), organisation)

    assert plan.state == "approved"
    assert plan.approved_on == day_here()
    assert code_of(lambda: submit_plan(plan, by=SYSTEM)) == "plan_not_now"
    assert code_of(lambda: change_plan(plan, YEAR, seen_version=1, by=SYSTEM)) == "plan_frozen"


def test_a_returned_plan_is_changed_and_submitted_again(organisation):
    plan = make_plan(YEAR, by=SYSTEM)
    submit_plan(plan, by=SYSTEM)
    assert code_of(lambda: reopen_plan(plan, reason="x", by=SYSTEM)) == "plan_not_now"
    decide(plan, organisation, "compliance_officer", Verdict.RETURN, "Say why")

    plan = Plan.objects.get(pk=plan.pk)
    assert plan.state == "returned"
    assert code_of(lambda: submit_plan(plan, by=SYSTEM)) == "nothing_changed"
    change_plan(plan, replace(YEAR, purpose="Because"), seen_version=1, by=SYSTEM)
    assert submit_plan(plan, by=SYSTEM).state == "submitted"
    assert living_of("plan", plan.pk).version == 2


def test_a_reopened_plan_is_the_next_version_and_asks_only_who_signed_what_changed(organisation):
    plan = make_plan(YEAR, by=SYSTEM)
    steps = [Step(*each[:4], covers=[*each[4], *REST]) for each in COVERING]
    publish_route(RouteFacts("plan", "Plan", steps), by=SYSTEM)
    plan = approved(plan, organisation)
    first = latest_of("plan", plan.pk)

    reopen_plan(plan, reason="More money", by=SYSTEM)
    plan = Plan.objects.get(pk=plan.pk)
    change_plan(plan, replace(YEAR, envelope=usd(2000)), seen_version=1, by=SYSTEM)
    submit_plan(plan, by=SYSTEM)

    asked = living_of("plan", plan.pk)
    assert (asked.pk, asked.number, asked.version) == (first.pk, first.number, 2)
    assert [step.name for step in asked.waits_for] == ["Finance"]
    decide(plan, organisation, "finance_officer", Verdict.APPROVE)
    assert Plan.objects.get(pk=plan.pk).state == "approved"
    assert latest_of("plan", plan.pk).version == 2


def test_a_reopened_plan_that_stays_as_it_was_keeps_its_signatures(organisation):
    plan = approved(make_plan(YEAR, by=SYSTEM), organisation)
    reopen_plan(plan, reason="A second look", by=SYSTEM)

    again = submit_plan(Plan.objects.get(pk=plan.pk), by=SYSTEM)

    assert again.state == "approved"
    assert latest_of("plan", plan.pk).version == 1


def test_whoever_wrote_a_plan_does_not_sign_it(organisation):
    officer, coordinator = (member(organisation, r) for r in ("finance_officer", "coordinator"))
    plan = make_plan(YEAR, by=coordinator.actor())
    change_plan(plan, replace(YEAR, envelope=usd(2000)), seen_version=1, by=officer.actor())
    submit_plan(plan, by=coordinator.actor())
    decide(plan, organisation, "compliance_officer", Verdict.APPROVE)
    request, access = living_of("plan", plan.pk), access_of(officer, organisation, at=now())
    said = DecisionFacts(Verdict.APPROVE, "Seen", **seen_by(request, access))

    with pytest.raises(Refused) as refused:
        decide_request(request, said, access=access, by=officer.actor())

    assert refused.value.objection.code == "own_request"
    decide(plan, organisation, "finance_officer", Verdict.APPROVE)
    assert Plan.objects.get(pk=plan.pk).state == "approved"


def test_a_refused_plan_is_ended(organisation):
    plan = make_plan(YEAR, by=SYSTEM)
    submit_plan(plan, by=SYSTEM)

    decide(plan, organisation, "compliance_officer", Verdict.REFUSE, "Not this year")

    assert Plan.objects.get(pk=plan.pk).state == "ended"


def test_an_approved_plan_that_is_reopened_asks_again(organisation):
    plan = approved(make_plan(YEAR, by=SYSTEM), organisation)

    assert code_of(lambda: reopen_plan(plan, reason=" ", by=SYSTEM)) == "plan_reason"
    plan = reopen_plan(plan, reason="More money", by=SYSTEM)

    assert (plan.state, plan.approved_on) == ("returned", None)
    change_plan(plan, replace(YEAR, envelope=usd(2000)), seen_version=1, by=SYSTEM)
    assert submit_plan(plan, by=SYSTEM).state == "submitted"


def test_ending_a_plan_withdraws_its_request(organisation):
    plan = make_plan(YEAR, by=SYSTEM)
    submit_plan(plan, by=SYSTEM)

    assert code_of(lambda: end_plan(plan, reason="", by=SYSTEM)) == "plan_reason"
    end_plan(plan, reason="Merged", by=SYSTEM)

    assert living_of("plan", plan.pk) is None
    assert code_of(lambda: end_plan(plan, reason="again", by=SYSTEM)) == "plan_not_now"


def plan_of(state="approved", approved_on=date(2027, 3, 31), parent=None):
    return Plan(
        organisation_id=uuid4(),
        number="PLN-1",
        title="P",
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        state=state,
        approved_on=approved_on,
        parent=parent,
    )


def rule_of(needs_plan=True, months_ahead=0):
    return PlanningRule(
        organisation_id=uuid4(), needs_plan=needs_plan, months_ahead=months_ahead, reason="r"
    )


MAY = date(2027, 5, 20)
DRAFT, ENDED = plan_of("draft", None), plan_of("ended")


@pytest.mark.parametrize(
    ("plan", "rule", "day", "code"),
    [
        (None, None, MAY, None),
        (None, rule_of(needs_plan=False), MAY, None),
        (None, rule_of(), MAY, "no_plan"),
        (plan_of(), None, MAY, None),
        (plan_of(), rule_of(), MAY, None),
        (DRAFT, None, MAY, "plan_not_approved"),
        (ENDED, None, MAY, "plan_not_approved"),
        (plan_of(parent=DRAFT), None, MAY, "plan_not_approved"),
        (plan_of(parent=plan_of()), None, MAY, None),
        (plan_of(), None, date(2028, 1, 1), "outside_plan"),
        (plan_of(), None, date(2027, 12, 31), None),
        # One month ahead: approved before the month of the activity begins.
        (plan_of(approved_on=date(2027, 4, 30)), rule_of(months_ahead=1), MAY, None),
        (plan_of(approved_on=date(2027, 5, 1)), rule_of(months_ahead=1), MAY, "approved_too_late"),
        (plan_of(approved_on=date(2027, 3, 31)), rule_of(months_ahead=2), MAY, None),
        (plan_of(approved_on=date(2027, 4, 1)), rule_of(months_ahead=2), MAY, "approved_too_late"),
        (plan_of(approved_on=date(2027, 5, 19)), rule_of(months_ahead=0), MAY, None),
    ],
)
def test_only_what_an_approved_plan_holds_may_run(plan, rule, day, code):
    objection = objection_to_running_under(plan, rule, day)

    assert (objection.code if objection else None) == code


def test_the_rule_of_planning_is_kept_and_the_last_one_counts(organisation):
    assert planning_rule() is None
    set_planning_rule(needs_plan=True, months_ahead=1, reason="Board", by=SYSTEM)
    set_planning_rule(needs_plan=True, months_ahead=2, reason="Board", by=SYSTEM)

    assert planning_rule().months_ahead == 2
    assert PlanningRule.objects.count() == 2


def test_a_plan_that_nobody_made_holds_nothing(organisation):
    assert parts_total(PlanFactory()) == usd(0)


def test_a_no_to_a_later_change_does_not_end_the_plan(organisation):
    plan = approved(make_plan(YEAR, by=SYSTEM), organisation)
    plan = reopen_plan(plan, reason="More money", by=SYSTEM)
    more = replace(YEAR, envelope=usd(2000))
    plan = change_plan(plan, more, seen_version=plan.version, by=SYSTEM)
    submit_plan(plan, by=SYSTEM)
    waits = living_of("plan", plan.pk).current_role

    decide(plan, organisation, waits, Verdict.REFUSE)

    plan.refresh_from_db()
    assert plan.state == "returned"
    plan = change_plan(plan, YEAR, seen_version=plan.version, by=SYSTEM)
    assert submit_plan(plan, by=SYSTEM).state == "approved"
    assert latest_of("plan", plan.pk).stands_as == 1
