"""A representative's territory: its doctors, a meeting with few places, and an allotment for it."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import time_machine
from django.utils.timezone import now

from symposia.accounts.models import Organisation, User
from symposia.accounts.queries import local_day
from symposia.activities.actions.lifecycle import open_activity
from symposia.activities.models import Activity
from symposia.curriculum.models import Objective
from symposia.demonstration.people import IN_FAMILY, IN_GIVEN, SPECIALTIES
from symposia.demonstration.plans import evening, meeting_plan
from symposia.demonstration.spending import spend_before_meeting
from symposia.demonstration.thread import Cast, Plan, approve, plan_activity
from symposia.directory.actions.clinicians import add_clinician
from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.actions.restrictions import RestrictionFacts, restrict_person
from symposia.directory.models import (
    Channel,
    Clinician,
    ConsentSource,
    Institution,
    Purpose,
    Territory,
)
from symposia.outreach.actions.allotments import AllotmentFacts, allot_invitations
from symposia.outreach.candidates import candidates_among

CITY = "Bengaluru"
TITLE = "Breathless at night: cases from the ward"
SEED = 560_001
ADDED = 32
APPROVED, ALLOTTED, PLACES = 35, 40, 12


def territory_plan(organisation: Organisation, today: datetime) -> Plan:
    """An evening in a small room."""
    return replace(
        meeting_plan(organisation, today),
        title=TITLE,
        summary="Four patients of the ward, with the doctors who look after them afterwards.",
        type="round_table",
        starts=evening(organisation, today, 9, 18),
        sessions=(("Four patients, four questions", 60, 60, "Harish Pillai"),),
        venue="Ulsoor Lake Rooms",
        city=CITY,
        capacity=PLACES,
        costs=(("meals", "Tea", 4_800), ("faculty", "Speaker fee", 15_000)),
        is_local=True,
    )


def tell_territory(cast: Cast, goals: Sequence[Objective], today: datetime) -> None:
    """Thirty-five doctors are approved for the representative; two of them are not asked. What was
    paid beforehand is handed in."""
    by = cast.actor("coordinator")
    with time_machine.travel(cast.at_work(today, 2), tick=True):
        plan = territory_plan(cast.organisation, today)
        approve(activity := plan_activity(plan, cast, goals), cast)
        activity = open_activity(Activity.objects.get(pk=activity.pk), by=by)
        _add_doctors(cast)
        doctors = _free_to_be_asked()[:APPROVED]
        until_on = activity.wall_starts.date() - timedelta(days=1)
        representative = User.objects.get(email=f"{CITY.lower()}@sahyadri.example")
        facts = AllotmentFacts(ALLOTTED, until_on, doctors)
        allot_invitations(activity, representative, facts, by=by)
        spend_before_meeting(activity, representative, cast)
        said = ConsentFacts(
            Purpose.INVITATIONS, Channel.EMAIL, given=False, source=ConsentSource.BUTTON
        )
        state_consent(doctors[4], said, by=by)
        left = RestrictionFacts("retired", "Personnel office", local_day())
        restrict_person(doctors[11], left, by=by)


def _add_doctors(cast: Cast) -> None:
    """Doctors of the city who came into the directory by hand, with a number to call."""
    territory = Territory.objects.get(code=CITY.lower())
    hospital = Institution.objects.get(name=f"{CITY} General Hospital")
    chance = random.Random(SEED)  # noqa: S311  # invented people, not secrets
    for index, name in enumerate(_new_names(chance)):
        add_clinician(
            by=cast.actor("coordinator"),
            full_name=name,
            email=f"{name.replace(' ', '.').lower()}@bengaluru.example",
            phone=f"+91 00000 {10_000 + index}",
            profession="physician",
            credential=chance.choice(("MBBS MD", "MD DM", "MBBS DNB")),
            specialty=chance.choice(SPECIALTIES),
            institution=hospital,
            territory=territory,
            city=CITY,
            region="South",
            country="IN",
        )


def _new_names(chance: random.Random) -> Iterator[str]:
    """Names that nobody in the directory has."""
    taken = set(Clinician.objects.values_list("full_name", flat=True))
    names = [f"{given} {family}" for given in IN_GIVEN for family in IN_FAMILY]
    yield from chance.sample([name for name in names if name not in taken], ADDED)


def _free_to_be_asked() -> list[Clinician]:
    there = Clinician.objects.filter(territory__code=CITY.lower()).active()
    people = list(there.order_by("search_text", "pk"))
    return [each.clinician for each in candidates_among(people, at=now()) if not each.objection]
