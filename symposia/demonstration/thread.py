"""An activity lived through from plan to certificate, each step by the person whose job it is."""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle

import time_machine
from django.utils.timezone import now

from symposia.accounts.models import Organisation, User
from symposia.accounts.queries import access_of_ids
from symposia.activities.actions.lifecycle import (
    hold_activity,
    reconcile_activity,
    start_activity,
    submit_activity,
)
from symposia.activities.actions.planning import ActivityFacts, create_activity
from symposia.activities.actions.session_objectives import choose_session_objectives
from symposia.activities.actions.sessions import SessionFacts, add_session, assign_faculty
from symposia.activities.models import Activity
from symposia.approvals.actions import DecisionFacts, decide_request
from symposia.approvals.models import ApprovalRequest, Verdict
from symposia.approvals.queries import living_of
from symposia.assessment.actions import respond_to_evaluation
from symposia.assessment.models import EvaluationForm, Kind, Question, Response
from symposia.assessment.queries import Given, options_of, questions_of
from symposia.assessment.standard import STANDARD
from symposia.assessment.taking_part import agenda_asked_about
from symposia.attendance.actions import Scan, record_scan
from symposia.credits.actions.certificates import make_files
from symposia.credits.actions.claims import claim_credit, issue_certificates
from symposia.credits.actions.offers import offer_credit
from symposia.credits.explaining import explain_credit
from symposia.credits.models import Certificate, CreditSystem
from symposia.credits.policies import objection_to_amount, objection_to_claim
from symposia.curriculum.models import Objective
from symposia.demonstration.attendance import (
    decide_missing_check_outs,
    enter_lists,
    see_strangers,
)
from symposia.demonstration.days import days_ago, morning_after
from symposia.demonstration.disclosing import disclose_all, review_all
from symposia.demonstration.places import tell_partner
from symposia.demonstration.rules import state_what_is_known
from symposia.directory.models import Clinician, Territory
from symposia.finance.actions.budgets import EstimateLine, Paper, post_actual, set_estimate
from symposia.finance.queries import budget_of
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.money import Money

REASONS = {
    "compliance_officer": "Rules and independence checked.",
    "finance_officer": "Within the envelope of the quarter.",
    "publisher": "Agenda and statements are complete.",
}
COMMENTS = (
    "The case discussion was the best part.",
    "More time for questions, please.",
    "The slides on dosing were clear.",
    "",
)


@dataclass(frozen=True)
class Plan:
    """What an activity of the demonstration is, before anybody has done anything."""

    title: str
    summary: str
    mode: str
    type: str
    starts: datetime
    sessions: Sequence[tuple[str, int, int, str]]
    venue: str
    city: str
    country: str
    capacity: int
    costs: Sequence[tuple[str, str, int]]
    # What companies show outside the hall, if they do.
    exhibit: str = ""
    # Whether it is an affair of the territory it lies in.
    is_local: bool = False

    @property
    def territory(self) -> Territory | None:
        return Territory.objects.get(code=self.city.lower()) if self.is_local else None


@dataclass(frozen=True)
class Cast:
    """Who does what."""

    organisation: Organisation
    team: dict[str, User]
    planner: str
    chance: random.Random

    def actor(self, role: str) -> Actor:
        return self.team[role].actor()

    def at_work(self, today: datetime, days: int) -> datetime:
        """A moment of the working day so many days ago."""
        return days_ago(today, days, self.organisation.zone)


def plan_activity(plan: Plan, cast: Cast, objectives: Sequence[Objective]) -> Activity:
    """A draft with its agenda, its faculty, its estimate and the credit it offers."""
    by = cast.actor(cast.planner)
    minutes = sum(length for _title, length, _counts, _who in plan.sessions)
    facts = ActivityFacts(
        title=plan.title,
        type=plan.type,
        wall_starts=plan.starts,
        wall_ends=plan.starts + timedelta(minutes=minutes),
        zone=cast.organisation.zone,
        delivery="in_person",
        summary=plan.summary,
        venue_name=plan.venue,
        city=plan.city,
        country=plan.country,
        capacity=plan.capacity,
        expected_attendance=plan.capacity,
    )
    activity = create_activity(
        facts,
        mode=plan.mode,
        by=by,
        objectives=objectives,
        owner=cast.team[cast.planner],
        territory=plan.territory,
    )
    tell_partner(activity, by)
    _write_agenda(activity, plan, objectives, by)
    if plan.exhibit:
        shown = SessionFacts(plan.exhibit, plan.starts, 30, 0, "Foyer", is_marketing=True)
        add_session(activity, shown, by=by)
    currency = cast.organisation.currency
    lines = [EstimateLine(c, text, Money(Decimal(n), currency)) for c, text, n in plan.costs]
    set_estimate(activity, lines, by=by)
    state_what_is_known(activity, by=by)
    if activity.is_independent:
        system = CreditSystem.objects.get(code="ama_pra_1")
        offer_credit(activity, system, by=cast.actor("coordinator"))
        disclose_all(activity, cast.team[cast.planner])
        review_all(activity, cast.team[cast.planner], cast.team["compliance_officer"])
    return activity


def _write_agenda(
    activity: Activity, plan: Plan, objectives: Sequence[Objective], by: Actor
) -> None:
    at, promised = plan.starts, cycle(objectives)
    for title, length, counts, who in plan.sessions:
        session = add_session(activity, SessionFacts(title, at, length, counts, "Hall A"), by=by)
        if counts and objectives:
            choose_session_objectives(session, [next(promised)], by=by)
        if who:
            known = Clinician.objects.filter(full_name=who).first()
            assign_faculty(session, clinician=known, name=who, by=by)
        at += timedelta(minutes=length)


def approve(activity: Activity, cast: Cast) -> None:
    """Compliance, finance and publisher sign, each for a reason."""
    submit_activity(activity, by=cast.actor(cast.planner))
    while request := living_of("activity", activity.pk):
        sign(request, cast.team[request.current_role])


def sign(request: ApprovalRequest, user: User) -> None:
    """Somebody reads what waits for their role and approves it."""
    access = access_of_ids(user.pk, request.organisation_id, at=now())
    if access is None:
        raise LookupError(request.current_role)
    reason, seen = REASONS[request.current_role], (request.frozen_hash, request.current_step)
    said = DecisionFacts(Verdict.APPROVE, reason, *seen, factor="totp")
    decide_request(request, said, access=access, by=user.actor())


def hold(activity: Activity, cast: Cast, absent: int) -> None:
    """The evening itself: the door scans, most stay to the end."""
    door = cast.actor("door_staff")
    registered = list(Registration.objects.of(activity).confirmed().order_by("pk"))
    with time_machine.travel(activity.starts_at, tick=True):
        start_activity(Activity.objects.get(pk=activity.pk), by=cast.actor("coordinator"))
    came = registered[absent:]
    for number, registration in enumerate(came):
        late = timedelta(minutes=cast.chance.choice((-12, -8, -5, -3, 0, 4, 11)))
        _scan(registration, "in", activity.starts_at + late, door)
        if number % 9 != 0:
            early = timedelta(minutes=cast.chance.choice((0, 0, 0, 1, 2, 25)))
            _scan(registration, "out", activity.ends_at - early, door)
    if activity.is_independent:
        see_strangers(activity, door)
    with time_machine.travel(activity.ends_at + timedelta(minutes=5), tick=True):
        hold_activity(Activity.objects.get(pk=activity.pk), by=cast.actor("coordinator"))


def reconcile(activity: Activity, cast: Cast) -> None:
    """The morning after, at the desk: the paper list, and how a missing check-out counts."""
    enter_lists(Activity.objects.get(pk=activity.pk), cast.actor("coordinator"))
    decide_missing_check_outs(activity, cast.actor("compliance_officer"))


def _scan(registration: Registration, kind: str, at: datetime, by: Actor) -> None:
    scan = Scan(
        event_uuid=uuid.uuid4(),
        activity_id=registration.activity_id,
        registration_id=registration.pk,
        kind="in" if kind == "in" else "out",
        device="Hall A entry",
    )
    with time_machine.travel(at, tick=True):
        record_scan(scan, by=by)


def finish(activity: Activity, cast: Cast, answering: int) -> None:
    """Learners answer the evaluation and claim; the office issues the rest and posts the bills."""
    with time_machine.travel(activity.ends_at + timedelta(hours=1), tick=True):
        attended = [
            registration
            for registration in Registration.objects.of(activity).confirmed().with_people()
            if explain_credit(registration).was_there
        ]
        for registration in attended[:answering]:
            _answer_and_claim(registration, cast.chance)
    with time_machine.travel(morning_after(activity.ends_at, activity.zone), tick=True):
        reconcile_activity(Activity.objects.get(pk=activity.pk), by=cast.actor("coordinator"))
        issue_certificates(activity, by=cast.actor("coordinator"))
        pending = [c.pk for c in Certificate.objects.of(activity).without_file()]
        make_files(pending, by=cast.actor("coordinator"))
        _post_bills(activity, cast)


def _answer_and_claim(registration: Registration, chance: random.Random) -> None:
    by = Actor("link", registration.pk, registration.clinician.called)
    form = EvaluationForm.objects.current_of(registration.activity_id)
    if form:
        asked = questions_of(form)
        # What the standard six are answered with stays as it was before there were blocks.
        more = random.Random(Response.objects.count())  # noqa: S311  # invented answers
        whole = {
            q.pk: _answer(q, chance if q.position <= len(STANDARD) else more)
            for q in asked
            if q.is_asked and not q.repeats
        }
        blocks = {
            about.id: {q.pk: _answer(q, more) for q in asked if q.repeats == about.repeats}
            for about in agenda_asked_about(registration, asked)
        }
        respond_to_evaluation(registration, whole, blocks=blocks, by=by)
    explained = explain_credit(registration)
    at = now()
    if objection_to_claim(explained, at=at) is None:
        amount = explained.allowed
        if objection_to_amount(explained, amount, attested=True) is None:
            claim_credit(registration, amount, attested=True, by=by)


def _answer(question: Question, chance: random.Random) -> Given:
    if question.kind == Kind.RATING:
        return Given(rating=chance.choice((3, 4, 4, 5, 5, 5)))
    if question.kind == Kind.TEXT:
        text = chance.choice(COMMENTS)
        return Given(text=text) if text else Given(declined=True)
    return Given(text=chance.choice(options_of(question))[0])


def _post_bills(activity: Activity, cast: Cast) -> None:
    """What came in as invoices, a little under or over what was expected."""
    for line in budget_of(activity).lines:
        share = Decimal(cast.chance.choice((92, 97, 100, 103))) / 100
        amount = Money((line.estimate.amount * share).quantize(Decimal(1)), line.estimate.currency)
        number = f"INV-{activity.number[-4:]}-{line.line.position + 1}"
        paper = Paper("Invoice received", paid_to=line.line.description, evidence=number)
        post_actual(line.line, amount, paper, by=cast.actor("finance_officer"))
