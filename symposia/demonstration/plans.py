"""The plans and gaps of the demonstration, as their people would have written them."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from symposia.accounts.models import Organisation
from symposia.curriculum.actions.gaps import EvidenceFacts, GapFacts
from symposia.demonstration.days import FRIDAY
from symposia.demonstration.thread import Plan

US_COSTS = (
    ("venue", "Auditorium and staff", 1800),
    ("meals", "Working lunch", 1450),
    ("faculty", "Faculty honoraria", 2400),
)
IN_COSTS = (
    ("venue", "Hall hire", 60_000),
    ("meals", "Working meal", 42_000),
    ("faculty", "Speaker fee", 45_000),
)

# What each of the two organisations runs, and where.
_provider = partial(Plan, mode="independent", country="US")
_company = partial(Plan, mode="scientific", country="IN")


def evening(organisation: Organisation, today: datetime, days: int, hour: int) -> datetime:
    """A wall time at the venue some days from today, on a day on which doctors work."""
    local = today.astimezone(ZoneInfo(organisation.zone)) + timedelta(days=days)
    into_weekend = local.weekday() - FRIDAY
    if into_weekend > 0:
        # What is past was on the Friday before, what is to come is on the Monday after.
        local += timedelta(days=-into_weekend if days < 0 else 3 - into_weekend)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0, tzinfo=None)


SEPSIS = (
    GapFacts(
        title="Antibiotics within one hour of suspected sepsis",
        statement="Four in ten patients with suspected sepsis wait longer than an hour for the "
        "first dose, mostly because blood cultures are drawn late.",
        need_type="competence",
        population="Emergency and internal medicine",
        measure="First antibiotic dose within 60 minutes",
        baseline="58 %",
        target="80 %",
    ),
    EvidenceFacts(
        kind="quality_data",
        citation="Sepsis dashboard of the hospital, last two quarters (demonstration data)",
        figure="58 % of 214 patients",
    ),
    (
        ("Start the hour-one bundle before results are back", "patient_care"),
        ("Draw cultures without delaying the first dose", "medical_knowledge"),
    ),
)
STROKE = (
    GapFacts(
        title="Late thrombolysis is withheld from patients who would benefit",
        statement="Patients who wake up with a stroke are rarely selected by perfusion imaging.",
        need_type="knowledge",
        population="Neurology, emergency medicine",
        measure="Eligible wake-up strokes treated",
        baseline="38 %",
        target="55 %",
    ),
    EvidenceFacts(
        kind="evaluation",
        citation="Evaluation of last year's stroke course (demonstration data)",
        figure="41 of 66 were unsure whom to select",
    ),
    (
        ("Select patients for late thrombolysis from perfusion imaging", "patient_care"),
        ("Explain the bleeding risk to patients and families", "communication"),
    ),
)
HEART = (
    GapFacts(
        title="Heart failure therapy is started but not titrated",
        statement="Doses stay at the starting level for months after discharge.",
        need_type="performance",
        population="Physicians and cardiologists",
        measure="Patients on target dose at 90 days",
        baseline="22 %",
        target="45 %",
    ),
    EvidenceFacts(
        kind="survey",
        citation="Needs survey among 180 doctors of three regions (demonstration data)",
        figure="6 of 10 name fear of low blood pressure",
    ),
    (
        ("Titrate heart failure therapy to target within 90 days", "patient_care"),
        ("Recognise when low blood pressure is acceptable", "medical_knowledge"),
    ),
)


def held_plan(organisation: Organisation, today: datetime) -> Plan:
    return _provider(
        title="Sepsis in the first hour",
        summary="Grand rounds on the hour-one bundle, with three cases of our own.",
        type="grand_rounds",
        starts=evening(organisation, today, -8, 12),
        sessions=(
            ("Welcome", 5, 0, ""),
            ("The hour-one bundle: what holds", 40, 40, "Leela Bhatt"),
            ("Three cases, one decision each", 30, 30, "Samuel Okonjo"),
            ("Questions", 15, 0, ""),
        ),
        venue="Main auditorium",
        city="Boston",
        capacity=60,
        costs=US_COSTS,
    )


def open_plan(organisation: Organisation, today: datetime) -> Plan:
    return _provider(
        title="Acute stroke: thrombolysis update",
        summary="Whom to treat late, and how to say so to families.",
        type="course",
        starts=evening(organisation, today, 9, 18),
        sessions=(
            ("Welcome and how to claim", 5, 0, ""),
            ("Who benefits from thrombolysis after 4.5 hours?", 45, 45, "Sameer Rao"),
            ("Break", 15, 0, ""),
            ("Three cases, one decision each", 45, 45, "Ingrid Halvorsen"),
            ("Evaluation", 10, 0, ""),
        ),
        venue="Hall A",
        city="Boston",
        capacity=40,
        costs=US_COSTS,
    )


def asked_plan(organisation: Organisation, today: datetime) -> Plan:
    return _provider(
        title="Antimicrobial stewardship workshop",
        summary="De-escalation at 48 hours, practised on charts.",
        type="workshop",
        starts=evening(organisation, today, 34, 9),
        sessions=(
            ("De-escalation at 48 hours", 60, 60, "Leela Bhatt"),
            ("Charts in small groups", 60, 60, "Paulo Marchetti"),
        ),
        venue="Simulation centre",
        city="Worcester",
        capacity=24,
        costs=US_COSTS,
        exhibit="Exhibition of laboratory equipment",
    )


def draft_plan(organisation: Organisation, today: datetime) -> Plan:
    return _provider(
        title="Wake-up stroke: journal club",
        summary="",
        type="course",
        starts=evening(organisation, today, 48, 17),
        sessions=(("Two trials, one disagreement", 60, 60, "Ingrid Halvorsen"),),
        venue="Library",
        city="Boston",
        capacity=20,
        costs=US_COSTS[:1],
    )


def table_plan(organisation: Organisation, today: datetime) -> Plan:
    return _company(
        title="Titrating heart failure therapy: round table",
        summary="A scientific exchange on the ninety days after discharge.",
        type="round_table",
        starts=evening(organisation, today, -6, 18),
        sessions=(
            ("From starting dose to target", 45, 45, "Vinay Gokhale"),
            ("Low blood pressure: when to worry", 45, 45, "Ritu Menon"),
        ),
        venue="Deccan Convention Rooms",
        city="Pune",
        capacity=20,
        costs=IN_COSTS,
    )


def meeting_plan(organisation: Organisation, today: datetime) -> Plan:
    return _company(
        title="Ninety days after discharge",
        summary="Case-based scientific meeting for physicians of the south.",
        type="conference",
        starts=evening(organisation, today, 12, 17),
        sessions=(
            ("What the registries say", 40, 40, "Ritu Menon"),
            ("Tea", 20, 0, ""),
            ("Five cases", 60, 60, "Harish Pillai"),
        ),
        venue="Cubbon Meeting Rooms",
        city="Bengaluru",
        capacity=16,
        costs=IN_COSTS,
    )


def nagpur_plan(organisation: Organisation, today: datetime) -> Plan:
    return _company(
        title="Heart failure clinic: first steps",
        summary="",
        type="round_table",
        starts=evening(organisation, today, 26, 18),
        sessions=(("Setting up a titration clinic", 60, 60, "Vinay Gokhale"),),
        venue="Orange City Rooms",
        city="Nagpur",
        capacity=18,
        costs=(("venue", "Hall hire", 40_000), ("meals", "Working meal", 52_000), IN_COSTS[2]),
        is_local=True,
    )
