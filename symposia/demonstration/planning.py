"""How the demonstration's office plans: plans, a curriculum, reviews, news, policies."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import time_machine
from django.utils.timezone import now

from symposia.accounts.models import User
from symposia.accounts.queries import access_of
from symposia.activities.actions.plans import place_in_plan
from symposia.activities.models import Activity
from symposia.approvals.actions import DecisionFacts, decide_request
from symposia.approvals.models import Verdict
from symposia.approvals.queries import living_of
from symposia.compliance.models import RulePack
from symposia.curriculum.actions.curricula import (
    CurriculumFacts,
    add_step,
    begin_edition,
    make_curriculum,
    publish_curriculum,
)
from symposia.curriculum.actions.meetings import (
    MeetingFacts,
    Promise,
    agree_action,
    decide_point,
    hold_meeting,
    plan_meeting,
)
from symposia.curriculum.actions.news import (
    NewsFacts,
    add_source,
    assign_news,
    decide_news,
    enter_news,
)
from symposia.curriculum.actions.office_policies import (
    PolicyFacts,
    acknowledge_policy,
    publish_edition,
    write_policy,
)
from symposia.curriculum.actions.plans import PlanFacts, make_plan, submit_plan
from symposia.curriculum.models import Objective, Plan
from symposia.curriculum.periods import months_later
from symposia.curriculum.queries.office_policies import latest_edition, rule_choices
from symposia.demonstration.days import working_day
from symposia.demonstration.thread import Cast
from symposia.shared.money import Money

REASONS = {
    "compliance_officer": "Independent, and within our policy.",
    "finance_officer": "The envelope is in the budget of the year.",
}
PLANS = {
    "US": ("Education plan of the year", "Acute care", "Stroke and neurology", 120_000),
    "IN": ("Scientific meetings of the year", "Heart failure", "Pilot in the north", 4_000_000),
}
MISSION = (
    "We help clinicians to change what they do. We expect that after our activities patients are "
    "treated earlier and more safely, and we measure it."
)
RECORDS = (
    "Attendance is kept for six years after an activity. The documents of an activity are kept "
    "for the term of accreditation, and at least for twelve months."
)


def tell_plans(cast: Cast, today: datetime) -> tuple[Plan, Plan]:
    """An approved plan of the year with one part approved and one still a draft."""
    organisation = cast.organisation
    title, first, second, envelope = PLANS[organisation.country]
    start = months_later(today.date().replace(day=1), -2)
    end = months_later(start, 12) - timedelta(days=1)

    def facts(title: str, share: int, parent: Plan | None = None, area: str = "") -> PlanFacts:
        money = Money(Decimal(envelope) * share / 100, organisation.currency)
        product = "Cardivel" if organisation.is_company and parent else ""
        return PlanFacts(title, start, end, money, "", area, parent, product)

    by, owner = cast.actor(cast.planner), cast.team[cast.planner]
    with time_machine.travel(cast.at_work(today, 37), tick=True):
        year = make_plan(facts(title, 100), by=by, owner=owner)
        part = make_plan(facts(first, 60, year, first), by=by, owner=owner)
        draft = make_plan(facts(second, 25, year, second), by=by, owner=owner)
        for plan in (year, part):
            submit_plan(plan, by=by)
            _approve(plan, cast)
    return Plan.objects.get(pk=part.pk), draft


def _approve(plan: Plan, cast: Cast) -> None:
    while request := living_of("plan", plan.pk):
        user = cast.team[request.current_role]
        access = access_of(user, cast.organisation, at=now())
        if access is None:
            raise LookupError(request.current_role)
        reason, seen = REASONS[request.current_role], (request.frozen_hash, request.current_step)
        said = DecisionFacts(Verdict.APPROVE, reason, *seen)
        decide_request(request, said, access=access, by=user.actor())


def under(plan: Plan, activity: Activity, cast: Cast) -> Activity:
    """The activity, as one of this plan."""
    return place_in_plan(activity, plan, by=cast.actor(cast.planner))


def tell_office(cast: Cast, objectives: Sequence[Objective], today: datetime) -> None:
    """A curriculum, news, policies, and the reviews at which they were spoken about."""
    by, lead = cast.actor(cast.planner), cast.team[cast.planner]
    with time_machine.travel(cast.at_work(today, 36), tick=True):
        audience = "Residents and hospital physicians"
        facts = CurriculumFacts(f"{objectives[0].gap.title}: first year", audience, in_order=True)
        curriculum = make_curriculum(facts, by=by, owner=lead)
        for objective in objectives:
            add_step(curriculum, objective, required=True, by=by)
        publish_curriculum(curriculum, by=by)
        begin_edition(curriculum, by=by)
    _policies(cast, today)
    _news(cast, today)
    _reviews(cast, lead, today)


def _policies(cast: Cast, today: datetime) -> None:
    by, owner = cast.actor(cast.planner), cast.team[cast.planner]
    soon, later = today.date() + timedelta(days=20), today.date() + timedelta(days=300)
    with time_machine.travel(cast.at_work(today, 36), tick=True):
        rules = [code for code, _title in rule_choices()][:2]
        write_policy("mission", PolicyFacts("Our mission", later, owner), text=MISSION, by=by)
        records = write_policy(
            "policy",
            PolicyFacts("How long records are kept", soon, owner, rules),
            text=RECORDS,
            by=by,
        )
        edition = publish_edition(
            records,
            text=f"{RECORDS} Complaints are kept for twelve months.",
            what_changed="Complaints are named.",
            by=by,
        )
    for role in ("finance_officer", cast.planner):
        reader = cast.team[role]
        acknowledge_policy(latest_edition(records) or edition, reader, by=reader.actor())


def _news(cast: Cast, today: datetime) -> None:
    by = cast.actor(cast.planner)
    with time_machine.travel(cast.at_work(today, 34), tick=True):
        body = "Accreditation council (invented)"
        add_source(title=body, address="https://accreditor.example/news.xml", by=by)
        told = "Statements of disclosure are shown before the activity, also online."
        words = NewsFacts("Where disclosures are shown", body, told)
        decided = enter_news(words, by=by)
        meaning = "We show them on the page of the activity already."
        decide_news(decided, decision="no_change", reason=meaning, by=by)
        changed = enter_news(NewsFacts("Values of next year are out", body), by=by)
        pack = RulePack.objects.latest_first().first()
        meaning = "The version that is loaded carries them."
        decide_news(changed, decision="rules", reason=meaning, pack=pack, by=by)
    with time_machine.travel(cast.at_work(today, 3), tick=True):
        told = "Providers may be asked for the minutes of their curriculum reviews."
        waiting = enter_news(NewsFacts("Minutes of reviews", body, told), by=by)
        due = working_day(today.date() + timedelta(days=14))
        assign_news(waiting, cast.team["compliance_officer"], due_on=due, by=by)
        enter_news(NewsFacts("Survey of accredited providers", body), by=by)


def _reviews(cast: Cast, lead: User, today: datetime) -> None:
    """A review is planned for some days later, and held on its day."""
    by, held_at = cast.actor(cast.planner), cast.at_work(today, 24)
    with time_machine.travel(cast.at_work(today, 33), tick=True):
        facts = MeetingFacts("Curriculum review", held_at.date(), "Library")
        meeting = plan_meeting(facts, chair=lead, by=by)
    with time_machine.travel(held_at, tick=True):
        worst = meeting.items.order_by("position")[0]
        decide_point(worst, decision="First of next year's activities.", by=by)
        officer, finance = cast.team["compliance_officer"], cast.team["finance_officer"]
        soon = working_day(today.date() + timedelta(days=10))
        agree_action(meeting, Promise("Ask for the local figure again", lead, soon), by=by)
        agree_action(meeting, Promise("Check the statement of disclosure", officer, soon), by=by)
        agree_action(meeting, Promise("Reserve the second envelope", finance, soon), by=by)
        minutes = "The gaps were ranked. The first one is taken up at once."
        present = f"{lead}, {officer}, {finance}"
        hold_meeting(meeting, minutes=minutes, present=present, by=by)
