"""What the demonstration tells: gaps, and activities at every stage of the thread."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import time_machine
from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.actions.lifecycle import submit_activity
from symposia.activities.models import Activity
from symposia.curriculum.actions.gaps import EvidenceFacts, GapFacts, add_evidence, record_gap
from symposia.curriculum.actions.objectives import add_objective
from symposia.curriculum.models import Objective
from symposia.demonstration import plans
from symposia.demonstration.again import tell_again
from symposia.demonstration.asking import tell_asking, tell_handed
from symposia.demonstration.bedside import tell_bedside
from symposia.demonstration.before import tell_before
from symposia.demonstration.bound import tell_bound
from symposia.demonstration.budgeted import divide_budget, tell_budget
from symposia.demonstration.certifying import tell_look, tell_mended
from symposia.demonstration.days import days_ago
from symposia.demonstration.deciding import tell_deciding
from symposia.demonstration.doors import tell_doors
from symposia.demonstration.duties import tell_duties
from symposia.demonstration.engaged import tell_engaged
from symposia.demonstration.evaluating import build_evaluation, tell_evaluating
from symposia.demonstration.factors import give_authenticators
from symposia.demonstration.following_up import tell_followed
from symposia.demonstration.inbox import SPEAKERS as ASKED_TO_SPEAK
from symposia.demonstration.inbox import set_deadlines, tell_inbox
from symposia.demonstration.inviting import invite, invite_twice
from symposia.demonstration.logistics import tell_logistics
from symposia.demonstration.needs import COMPANY, PROVIDER, tell_why
from symposia.demonstration.organisations import (
    fill_company,
    fill_provider,
    make_company,
    make_provider,
)
from symposia.demonstration.paying import pay_what_waits
from symposia.demonstration.places import tell_places
from symposia.demonstration.planning import tell_office, tell_plans, under
from symposia.demonstration.reaching import tell_reaching
from symposia.demonstration.registering import tell_registering
from symposia.demonstration.reminding import keep_reminders
from symposia.demonstration.reported import tell_reported
from symposia.demonstration.rules import SPEAKERS, add_speakers, decide_rules, propose_lower_cap
from symposia.demonstration.studying import Offered, tell_studying
from symposia.demonstration.synced import tell_synced
from symposia.demonstration.talking import tell_talking
from symposia.demonstration.territory import tell_territory
from symposia.demonstration.testing import tell_tests
from symposia.demonstration.thread import (
    Cast,
    approve,
    finish,
    hold,
    plan_activity,
    reconcile,
)
from symposia.demonstration.told import tell_by_others
from symposia.demonstration.tracking import tell_tracking
from symposia.demonstration.twice import tell_twice
from symposia.demonstration.valued import tell_valued
from symposia.demonstration.waiting import tell_waiting
from symposia.demonstration.wards import tell_ward
from symposia.demonstration.watching import tell_watching
from symposia.directory.models import Clinician
from symposia.shared.tenancy import acting_in

SEED = 20_260_309


@transaction.atomic
def load_demonstration() -> list[Organisation]:
    """Make both organisations and let them live through a month, once; whole or not at all."""
    there = list(Organisation.objects.filter(is_demonstration=True).order_by("slug"))
    if there:
        return there
    chance = random.Random(SEED)  # noqa: S311  # invented people, not secrets
    today = now()
    with time_machine.travel(days_ago(today, 41, "UTC"), tick=True):
        provider, company = make_provider(), make_company()
    tell_provider(provider, chance, today)
    tell_company(company, chance, today)
    return [provider, company]


def tell_provider(organisation: Organisation, chance: random.Random, today: datetime) -> None:
    """Grand rounds held, a course open with a waitlist, one in approval, one in draft."""
    with acting_in(organisation.pk):
        with time_machine.travel(days_ago(today, 39, organisation.zone), tick=True):
            cast = _settled(Cast(organisation, fill_provider(chance), "education_lead", chance))
            sepsis, stroke = _gap(cast, *plans.SEPSIS), _gap(cast, *plans.STROKE)
        people = _people(chance, 59)
        part, draft_part = tell_plans(cast, today)
        tell_why(cast, PROVIDER, sepsis, people, today)
        # Whoever signs in as the learner was there and has not answered yet.
        people.insert(33, Clinician.objects.get(user=cast.team["learner"]))
        with time_machine.travel(cast.at_work(today, 30), tick=True):
            held = build_evaluation(
                plan_activity(plans.held_plan(organisation, today), cast, sepsis), cast
            )
            approve(held, cast)
            invite(held, cast, people[:48], say_yes=34)
        _certify(held, cast, today)
        with time_machine.travel(cast.at_work(today, 6), tick=True):
            wish = plan_activity(plans.open_plan(organisation, today), cast, stroke)
            approve(soon := under(part, wish, cast), cast)
            invite_twice(soon, cast, people, say_yes=46)
            _ask(plan_activity(plans.asked_plan(organisation, today), cast, sepsis), cast)
        under(draft_part, plan_activity(plans.draft_plan(organisation, today), cast, stroke), cast)
        _office(cast, held, [*sepsis, *stroke], today)
        _lately_taught(cast, (held, soon), sepsis, today)
        # After the others, who take the next open activity for one that takes place.
        tell_studying(cast, Offered(part, stroke, people), today)
        tell_deciding(cast, Offered(part, sepsis, people), today)
        _at_last(cast, today)


def _certify(held: Activity, cast: Cast, today: datetime) -> None:
    """Held, finished and closed, with papers that look as the house wants them."""
    tell_look(cast, today)
    hold(held, cast, absent=4)
    finish(held, cast, answering=24)
    reconcile(held, cast)
    tell_mended(cast, held, today)


def tell_company(organisation: Organisation, chance: random.Random, today: datetime) -> None:
    """A round table held, a meeting open for answers, one waiting for its approvers."""
    with acting_in(organisation.pk):
        with time_machine.travel(days_ago(today, 38, organisation.zone), tick=True):
            cast = _settled(Cast(organisation, fill_company(chance), "medical_affairs", chance))
            _prepare(cast, today)
            goals = _gap(cast, *plans.HEART)
        people = _people(chance, 40)
        part, _draft_part = tell_plans(cast, today)
        tell_why(cast, COMPANY, goals, people, today)
        with time_machine.travel(cast.at_work(today, 25), tick=True):
            held = plan_activity(plans.table_plan(organisation, today), cast, goals)
            approve(held, cast)
            invite(held, cast, people[:24], say_yes=15)
        _talk(held, cast)
        with time_machine.travel(cast.at_work(today, 4), tick=True):
            soon = plan_activity(plans.meeting_plan(organisation, today), cast, goals)
            soon = under(part, soon, cast)
            approve(soon, cast)
            invite_twice(soon, cast, people, say_yes=18)
            _ask(plan_activity(plans.nagpur_plan(organisation, today), cast, goals), cast)
        tell_bedside(cast, goals, today)
        _office(cast, held, goals, today)
        _lately(cast, goals, today)


def _talk(held: Activity, cast: Cast) -> None:
    """A round table is held; what was asked about products, and who is followed up after it."""
    hold(held, cast, absent=2)
    finish(held, cast, answering=9)
    tell_handed(cast, held)
    tell_followed(cast, held)


def _lately_taught(
    cast: Cast, taught: Sequence[Activity], goals: Sequence[Objective], today: datetime
) -> None:
    """What learners were tested with, and what is still owed."""
    held, soon = (Activity.objects.get(pk=each.pk) for each in taught)
    tell_tests(cast, held, soon, goals, today)
    tell_evaluating(cast, held, today)
    tell_asking(cast, held, soon)
    tell_duties(cast, today)


def _prepare(cast: Cast, today: datetime) -> None:
    """Who speaks, by when each signs, and what the company decided where codes leave it to it."""
    add_speakers((*SPEAKERS, *ASKED_TO_SPEAK), cast.actor("coordinator"))
    set_deadlines(cast)
    decide_rules(cast.actor("compliance_officer"), today)


def _lately(cast: Cast, goals: Sequence[Objective], today: datetime) -> None:
    """What came up in the last days: a representative's evening, the officer's inbox, a cap; and
    what became of the budget."""
    tell_territory(cast, goals, today)
    tell_inbox(cast, goals, today)
    tell_duties(cast, today)
    propose_lower_cap(cast.actor("deputy"), today)
    tell_budget(cast, today)
    pay_what_waits(cast)


def _at_last(cast: Cast, today: datetime) -> None:
    """After everything that costs: the wards, and what became of the budget."""
    tell_ward(cast, today)
    tell_budget(cast, today)
    pay_what_waits(cast)


def _settled(cast: Cast) -> Cast:
    """They hold their factors, have found their rooms and said what activities begin with."""
    give_authenticators(cast.team)
    tell_places(cast.organisation.country, cast.actor("coordinator"))
    divide_budget(cast)
    return cast


def _office(cast: Cast, held: Activity, goals: Sequence[Objective], today: datetime) -> None:
    """What the office keeps, does, and plans to do again."""
    tell_office(cast, goals, today)
    tell_doors(held, cast, at=held.starts_at - timedelta(minutes=30))
    tell_logistics(cast, today)
    tell_again(cast, held, goals, today)
    tell_engaged(cast, held, today)
    tell_watching(cast, held, today)
    tell_reaching(cast, today)
    tell_waiting(cast, today)
    tell_registering(cast, today)
    keep_reminders(cast, today)
    tell_twice(cast, today)
    tell_synced(cast, today)
    tell_by_others(cast, today)
    tell_tracking(cast, today)
    tell_reported(cast, held, today)
    tell_valued(cast, held, today)
    tell_before(cast, today)
    tell_bound(cast, held, today)
    tell_talking(cast, held, today)


def _ask(activity: Activity, cast: Cast) -> None:
    submit_activity(activity, by=cast.actor(cast.planner))


def _people(chance: random.Random, count: int) -> list[Clinician]:
    there = Clinician.objects.filter(user=None).exclude(email="").order_by("email", "pk")
    return chance.sample(list(there), count)


def _gap(
    cast: Cast, facts: GapFacts, evidence: EvidenceFacts, goals: Sequence[tuple[str, str]]
) -> list[Objective]:
    by = cast.actor(cast.planner)
    gap = record_gap(facts, by=by, owner=cast.team[cast.planner])
    add_evidence(gap, evidence, by=by)
    return [add_objective(gap, text=text, competency=what, by=by) for text, what in goals]
