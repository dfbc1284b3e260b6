"""What takes place again: a series with its exceptions, a copy, a recording, and wishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import time_machine
from django.utils.text import slugify

from symposia.activities.actions.application_reviews import (
    accept_application,
    assign_reviewer,
    return_application,
)
from symposia.activities.actions.applications import (
    ApplicationFacts,
    answer_application,
    begin_application,
    hand_in_application,
)
from symposia.activities.actions.cloning import CloneFacts, clone_activity
from symposia.activities.actions.enduring import RecordingFacts, offer_recording
from symposia.activities.actions.occasions import add_day, avoid_holidays, except_day
from symposia.activities.actions.series import (
    SeriesFacts,
    begin_series,
    copy_to_next_year,
    make_occasions,
)
from symposia.activities.actions.series_team import join_series_team
from symposia.activities.actions.team import enter_own_contributor
from symposia.activities.lasting import Term
from symposia.activities.models import (
    Activity,
    Application,
    Mode,
    Repeats,
    Series,
    TeamRole,
    Type,
)
from symposia.activities.own_types import type_here
from symposia.curriculum.models import Objective, Plan, PlanState
from symposia.demonstration.days import working_day
from symposia.demonstration.thread import Cast
from symposia.shared.actors import Actor

SERIES = {
    "US": (
        "Grand rounds: acute care",
        Type.GRAND_ROUNDS,
        Mode.INDEPENDENT,
        "Harbor Learning Center",
        "Boston",
    ),
    "IN": (
        "Heart failure hour",
        Type.HOSPITAL_MEETING,
        Mode.SCIENTIFIC,
        "Sahyadri Meeting House",
        "Pune",
    ),
}


@dataclass(frozen=True)
class Wish:
    """What somebody applies for, in their own words."""

    applicant: str
    department: str
    title: str
    type: Type
    need: str
    audience: str


WISHES = {
    "US": (
        Wish(
            "Dr Ines Moreau",
            "Department of neurology",
            "Stroke in the young",
            Type.GRAND_ROUNDS,
            "Under fifty, every second stroke was seen too late last year. We want to go through "
            "our own cases.",
            "Residents and emergency physicians",
        ),
        Wish(
            "Martha Quinn",
            "Elm Street College of Nursing",
            "Handing over at night",
            Type.WORKSHOP,
            "One in five calls at night was about something that the day shift knew.",
            "Nurses and residents on nights",
        ),
        Wish(
            "Dr Otto Feld",
            "Department of geriatrics",
            "Falls: what helps",
            Type.JOURNAL_CLUB,
            "Three wards count falls in three ways, and none knows what worked.",
            "Nurses, physiotherapists, residents",
        ),
    ),
    "IN": (
        Wish(
            "Dr Meenal Apte",
            "Western Heart Association",
            "Heart failure in women",
            Type.ROUND_TABLE,
            "Women reach the clinic a year later than men. We want to see where the year goes.",
            "Cardiologists and gynaecologists",
        ),
        Wish(
            "Gurdeep Sandhu",
            "Medical affairs, north",
            "Reading an echo together",
            Type.WORKSHOP,
            "Four of ten reports leave out the filling pressure.",
            "Physicians who order an echo",
        ),
        Wish(
            "Revathi Krishnan",
            "Medical affairs, south",
            "Titrating after discharge",
            Type.WEBINAR,
            "After discharge nobody is in charge of raising the dose.",
            "Physicians and general practitioners",
        ),
    ),
}
LINKS = ("https://stream.example/rounds", "https://stream.example/rounds-in-short")


def tell_again(
    cast: Cast, held: Activity, objectives: Sequence[Objective], today: datetime
) -> None:
    """A series and its next year, another one like the last, its recording, three wishes."""
    with time_machine.travel(cast.at_work(today, 2), tick=True):
        series = _series(cast, objectives, today.date())
        copy_to_next_year(series, by=cast.actor(cast.planner))
        _clone(cast, held)
        if held.is_independent:
            _recordings(cast, held, today.date())
        _wishes(cast, today.date())


def _series(cast: Cast, objectives: Sequence[Objective], today: date) -> Series:
    """Weekly, with a day that moved, one that is skipped and one more; holidays kept free."""
    title, kind, mode, venue, city = SERIES[cast.organisation.country]
    by = cast.actor(cast.planner)
    first = today + timedelta(days=42 - today.weekday() + 3)
    facts = SeriesFacts(
        title=title,
        type=kind,
        repeats=Repeats.WEEKLY,
        interval=1,
        first_on=first,
        until_on=first + timedelta(weeks=7),
        clock=time(12),
        minutes=60,
        zone=cast.organisation.zone,
        delivery="in_person",
        summary="Cases of the week, discussed by those who saw them.",
        venue_name=venue,
        city=city,
        country=cast.organisation.country,
        expected_attendance=40,
    )
    owner = cast.team[cast.planner]
    plan = Plan.objects.filter(parent__isnull=False, state=PlanState.APPROVED).first()
    goals = objectives[:1]
    series = begin_series(facts, mode=mode, objectives=goals, owner=owner, plan=plan, by=by)
    join_series_team(series, enter_own_contributor(owner, by=by), role=TeamRole.PLANNER, by=by)
    avoid_holidays(series, by=by)
    second, third = first + timedelta(weeks=1), first + timedelta(weeks=2)
    except_day(
        series, second, moved_to=second - timedelta(days=1), reason="The hall is taken", by=by
    )
    except_day(series, third, moved_to=None, reason="Congress: everybody is away", by=by)
    add_day(series, first + timedelta(days=4), reason="A guest is in town", by=by)
    make_occasions(series, by=by)
    return series


def _clone(cast: Cast, held: Activity) -> None:
    """Next year's, with everything that may be taken over."""
    again = CloneFacts(f"{held.title}, a year on", held.wall_starts + timedelta(weeks=52))
    take = ["objectives", "agenda", "team", "budget", "milestones", "questions", "invitations"]
    clone_activity(held, again, take=take, by=cast.actor(cast.planner))


def _recordings(cast: Cast, held: Activity, today: date) -> None:
    """The whole recording, and a short one."""
    released = working_day(today + timedelta(days=21))
    term = Term(released, released + timedelta(days=365), released + timedelta(days=730))
    for words, link in zip(("recorded", "in short"), LINKS, strict=True):
        facts = RecordingFacts(f"{held.title}, {words}", Type.INTERNET_ENDURING, link, term)
        offer_recording(held, facts, by=cast.actor(cast.planner))


def _wishes(cast: Cast, today: date) -> None:
    """One waits for an answer, one was returned, one became an activity."""
    waiting, returned, accepted = (
        _wish(cast, wish, working_day(today + timedelta(days=80 + 7 * number)))
        for number, wish in enumerate(WISHES[cast.organisation.country])
    )
    lead = cast.team[cast.planner]
    assign_reviewer(waiting, lead, by=lead.actor())
    return_application(returned, reason="For whom exactly, and how many?", by=lead.actor())
    accept_application(accepted, reason="We plan it with you.", owner=lead, by=lead.actor())


def _wish(cast: Cast, wish: Wish, day: date) -> Application:
    who = Actor("link", None, wish.applicant)
    mine = cast.organisation
    facts = ApplicationFacts(
        applicant=who.name,
        email=f"{slugify(wish.applicant)}@applicants.example.org",
        department=wish.department,
        mode=SERIES[mine.country][2],
        type=wish.type,
        title=wish.title,
        need=wish.need,
        audience=wish.audience,
        day=day,
        clock=time(16, 30),
        minutes=60,
        zone=mine.zone,
        delivery="in_person",
        country=mine.country,
        expected_attendance=25,
    )
    made = begin_application(facts, by=who)
    asked = type_here(wish.type).fields
    answer_application(made, dict.fromkeys(asked, "To be agreed with you"), by=who)
    return hand_in_application(made, by=who)
