"""Evenings at the bedside: whom the company's cap lets speak once more that year."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import time_machine

from symposia.accounts.models import Organisation
from symposia.curriculum.models import Objective
from symposia.demonstration.plans import evening, meeting_plan
from symposia.demonstration.thread import Cast, Plan, approve, plan_activity

SPEAKER = "Farah Contractor"
CITIES = ("Hyderabad", "Chennai", "Kochi")
# The evening that begins later than was signed, with another speaker.
MOVED, ITS_SPEAKER = "Pune", "Harish Pillai"
APART = timedelta(days=14)
# A cap counts a calendar year, so all of them, and one more that somebody plans, are in the same.
ROOM_LEFT = timedelta(days=75)


def first_day(today: date) -> date:
    """In seven weeks, or in January where the year would end before them."""
    begins = today + timedelta(days=50)
    if (begins + ROOM_LEFT).year == begins.year:
        return begins
    return date(begins.year + 1, 1, 11)


def bedside_plans(organisation: Organisation, today: datetime) -> list[Plan]:
    """One to a city, and the one that moves."""
    wait = first_day(today.date()) - today.date()
    plans = []
    evenings = [*((city, SPEAKER) for city in CITIES), (MOVED, ITS_SPEAKER)]
    for number, (city, speaker) in enumerate(evenings):
        on = today + wait + APART * number
        like = meeting_plan(organisation, today)
        plans.append(
            replace(
                like,
                title=f"Heart failure at the bedside: {city}",
                summary="Three patients of the ward, seen and discussed with their doctors.",
                type="hospital_meeting",
                starts=evening(organisation, on, 0, 16),
                sessions=(("Three patients, one question each", 60, 60, speaker),),
                venue=f"{city} General Hospital",
                city=city,
                capacity=12,
                costs=(("meals", "Tea", 4_800), ("faculty", "Speaker fee", 15_000)),
                is_local=True,
            )
        )
    return plans


def tell_bedside(cast: Cast, goals: Sequence[Objective], today: datetime) -> None:
    """All of them approved: what is signed counts as an engagement."""
    with time_machine.travel(cast.at_work(today, 3), tick=True):
        for plan in bedside_plans(cast.organisation, today):
            approve(plan_activity(plan, cast, goals), cast)
