"""The day of a compliance officer: what waits for a signature, of different age, kind and risk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import time_machine
from django.utils.timezone import now

from symposia.accounts.models import User
from symposia.accounts.queries import local_day
from symposia.activities.actions.lifecycle import (
    NewDate,
    reschedule_activity,
    submit_activity,
)
from symposia.activities.actions.rules import check_rules, recheck_rules
from symposia.activities.models import Activity
from symposia.approvals.actions import (
    DEFAULT_STEPS,
    RouteFacts,
    agree_to_route,
    chase_overdue,
    propose_route,
)
from symposia.approvals.models import Step
from symposia.approvals.queries import living_of
from symposia.compliance.actions.values import RestrictionFacts, add_restriction, grant_override
from symposia.compliance.queries import findings_of
from symposia.curriculum.models import Objective
from symposia.demonstration.bedside import MOVED
from symposia.demonstration.plans import evening, nagpur_plan
from symposia.demonstration.thread import Cast, Plan, plan_activity, sign
from symposia.directory.models import Clinician
from symposia.shared.actors import SYSTEM

# Within so many hours each signs; what lies with the publisher longer, compliance may sign too.
HOURS = {"Compliance": 72, "Finance": 48, "Publish": 48}
RISES_TO = {"Publish": "compliance_officer"}
REGION = "north"
BARRED = "Jehangir Mody"


@dataclass(frozen=True)
class Asked:
    """What somebody asks for: how long ago, for which day ahead, and what it is."""

    planner: str
    ago: int
    ahead: int
    title: str
    type: str
    city: str
    venue: str
    people: int
    speaker: str
    costs: Sequence[tuple[str, str, int]]
    mode: str = "scientific"


LATE = Asked(
    *("medical_affairs", 9, 33, "Devices in heart failure: for whom, and when", "symposium"),
    *("Mumbai", "Marine Lines Conference Rooms", 40, "Anand Kelkar"),
    (("venue", "Hall hire", 55_000), ("meals", "Dinner", 72_000), ("faculty", "Speaker", 40_000)),
)
EXCEPTED = Asked(
    *("medical_affairs", 6, 30, "Advisory board: from discharge to the clinic", "advisory_board"),
    *("Mumbai", "Station Road Meeting Rooms", 10, "Devika Salvi"),
    (("meals", "Set dinner", 34_000), ("faculty", "Chair of the board", 35_000)),
)
FORBIDDEN = Asked(
    *(REGION, 5, 36, "Reading an echo together: first session", "workshop"),
    *("Delhi", "Yamuna Training Rooms", 20, BARRED),
    (("meals", "Lunch", 24_000), ("faculty", "Trainer", 30_000)),
)
WHOSE_TRAVEL = Asked(
    *(REGION, 2, 41, "Heart failure day of the north", "round_table"),
    *("Delhi", "Lodi Conference House", 45, "Mumtaz Sheikh"),
    (("venue", "Hall hire", 80_000), ("travel", "Trains and rooms", 45_000)),
)
PLAIN = (
    Asked(
        *("medical_affairs", 1, 29, "Ward round: titrating safely", "hospital_meeting"),
        *("Surat", "Surat General Hospital", 18, "Roopa Hegde"),
        (("meals", "Tea", 5_400), ("faculty", "Speaker", 15_000)),
    ),
    Asked(
        *(REGION, 1, 43, "Ward round: titrating safely", "hospital_meeting"),
        *("Jaipur", "Jaipur General Hospital", 22, "Leena Sawhney"),
        (("meals", "Tea", 6_600), ("faculty", "Speaker", 15_000)),
    ),
    Asked(
        *("brand_manager", 3, 38, "Starting therapy before discharge", "speaker_programme"),
        *("Hyderabad", "Charminar Rooms", 25, "Kabir Anand"),
        (("meals", "Dinner", 45_000), ("materials", "Charts", 12_000)),
        mode="promotional",
    ),
)
SPEAKERS = tuple(each.speaker for each in (LATE, EXCEPTED, FORBIDDEN, WHOSE_TRAVEL, *PLAIN))


def set_deadlines(cast: Cast) -> None:
    """Two officers agree by when each signature is given, and who may give it after that."""
    steps = [
        Step(**each, hours=HOURS[each["name"]], escalates_to=RISES_TO.get(each["name"], ""))
        for each in DEFAULT_STEPS
    ]
    proposal = propose_route(RouteFacts("activity", "Activity", steps), by=cast.actor("deputy"))
    agree_to_route(proposal, by=cast.actor("compliance_officer"))


def tell_inbox(cast: Cast, goals: Sequence[Objective], today: datetime) -> None:
    """Everything that waits for the officer, the oldest first."""
    manager = User.objects.get(email=f"{REGION}@sahyadri.example")
    cast = replace(cast, team={**cast.team, REGION: manager})
    _left_lying(cast, goals, today)
    _excepted(cast, goals, today)
    forbidden = _ask(FORBIDDEN, cast, goals, today)
    for asked in (WHOSE_TRAVEL, *PLAIN):
        _ask(asked, cast, goals, today)
    with time_machine.travel(cast.at_work(today, 2), tick=True):
        person = Clinician.objects.get(full_name=BARRED)
        reason = "Works for a competitor since this month (demonstration)"
        facts = RestrictionFacts("person", reason, local_day(), clinician_id=person.pk)
        add_restriction(facts, by=cast.actor("deputy"))
        recheck_rules(forbidden.pk, by=SYSTEM)
    with time_machine.travel(cast.at_work(today, 1), tick=True):
        _move(cast)


def _left_lying(cast: Cast, goals: Sequence[Objective], today: datetime) -> None:
    """Two have signed, the third has not, and the day by which that was due is over."""
    activity = _ask(LATE, cast, goals, today)
    for days, role in ((8, "deputy"), (7, "finance_officer")):
        with time_machine.travel(cast.at_work(today, days), tick=True):
            if request := living_of("activity", activity.pk):
                sign(request, cast.team[role])
    with time_machine.travel(cast.at_work(today, 3), tick=True):
        chase_overdue(at=now(), by=SYSTEM)


def _excepted(cast: Cast, goals: Sequence[Objective], today: datetime) -> None:
    """A dinner above the cap was asked for with a reason, and the deputy made an exception."""
    with time_machine.travel(cast.at_work(today, EXCEPTED.ago), tick=True):
        activity = _planned(EXCEPTED, cast, goals, today)
        by = cast.actor(EXCEPTED.planner)
        evaluation = check_rules(activity, by=by)
        reason = (
            "Asked for by medical affairs: the one quiet room near the station serves a set dinner."
        )
        until = activity.wall_starts.date() + timedelta(days=1)
        for finding in findings_of(evaluation):
            if finding.holds_back:
                grant_override(finding, reason=reason, expires_on=until, by=cast.actor("deputy"))
        submit_activity(activity, by=by)


def _move(cast: Cast) -> None:
    """A meeting that all had signed begins later on its day, so that it is asked again."""
    activity = Activity.objects.get(title__endswith=f"at the bedside: {MOVED}")
    later = NewDate(activity.wall_starts + timedelta(hours=2), "The day shift ends at six now.")
    reschedule_activity(activity, later, by=cast.actor("coordinator"))


def _ask(asked: Asked, cast: Cast, goals: Sequence[Objective], today: datetime) -> Activity:
    with time_machine.travel(cast.at_work(today, asked.ago), tick=True):
        activity = _planned(asked, cast, goals, today)
        return submit_activity(activity, by=cast.actor(asked.planner))


def _planned(asked: Asked, cast: Cast, goals: Sequence[Objective], today: datetime) -> Activity:
    is_science = asked.mode == "scientific"
    whole = replace(cast, planner=asked.planner)
    return plan_activity(_plan(asked, cast, today), whole, goals if is_science else [])


def _plan(asked: Asked, cast: Cast, today: datetime) -> Plan:
    """The plan of one evening with one talk and its discussion."""
    return replace(
        nagpur_plan(cast.organisation, today),
        title=asked.title,
        mode=asked.mode,
        type=asked.type,
        starts=evening(cast.organisation, today, asked.ahead, 17),
        sessions=(
            ("Where we stand", 45, 45, asked.speaker),
            ("Cases and questions", 45, 45, asked.speaker),
        ),
        venue=asked.venue,
        city=asked.city,
        capacity=asked.people,
        costs=asked.costs,
    )
