"""What learners of the demonstration renew: licences, credit of elsewhere, a house rule."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine
from django.utils.formats import date_format
from django.utils.timezone import now

from symposia.activities.models import Activity, State
from symposia.credits.actions.appeals import appeal_credit, decide_appeal
from symposia.credits.actions.requirements import set_subjects, track_licence, write_requirement
from symposia.credits.actions.transcripts import (
    Proof,
    accept_external_credit,
    hand_in_external_credit,
    return_external_credit,
    share_transcript,
)
from symposia.credits.external import ExternalFacts
from symposia.credits.licence_rules import LicenceFacts, PackFactsIn
from symposia.credits.models import CreditSystem, OwnPack, RequirementPack
from symposia.demonstration.thread import Cast
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.paper import set_paper

TEMPLATE = Path(__file__).with_name("bill.typ")
# What it was, who held it, how many days ago, how much, its subject.
ELSEWHERE = (
    ("Pain and opioids in primary care", "Lakeside University", 120, "3.00", "opioid_pain"),
    ("Update in internal medicine", "Lakeside University", 75, "12.50", ""),
    ("End-of-life care", "Northern Medical Society", 9, "2.00", "end_of_life"),
)
WRONG = ("I came at six, not later.", "The second session is missing.")
# Which rule, begun so many days ago, over in so many days.
PROVIDER_RULES = (("us_ma", 640, 90), ("us_al", 200, 165), ("us_ny", 900, 195))
COMPANY_RULES = (("in_maharashtra", 1500, 325), ("in_karnataka", 1780, 45))


def tell_tracking(cast: Cast, today: datetime) -> None:
    """The learner and some colleagues enter what they renew; the office looks at the proofs."""
    is_company = cast.organisation.is_company
    people = list(Clinician.objects.filter(user=None).exclude(email="").order_by("email")[:3])
    if learner := cast.team.get("learner"):
        people = [Clinician.objects.get(user=learner), *people[:2]]
    with time_machine.travel(cast.at_work(today, 5), tick=True):
        rule = write_requirement(_house_rule(cast, today), by=cast.actor("coordinator"))
        _licences(cast, people, rule, today, COMPANY_RULES if is_company else PROVIDER_RULES)
        _appeals(cast, today)
        if not is_company:
            _elsewhere(cast, people[0], people[1], today)
            _subjects(cast)


def _house_rule(cast: Cast, today: datetime) -> PackFactsIn:
    topics: list[dict[str, object]] = [
        {"topic": "medical_ethics", "hours": "1", "share": None, "every": "cycle", "condition": ""}
    ]
    return PackFactsIn(
        name="Medical staff, each year",
        authority=cast.organisation.name,
        cycle_months=12,
        hours=Decimal(12),
        valid_from=today.date() - timedelta(days=365),
        citation="Bylaws of the medical staff (invented)",
        topics=topics,
    )


def _licences(
    cast: Cast,
    people: list[Clinician],
    rule: OwnPack,
    today: datetime,
    rules: tuple[tuple[str, int, int], ...],
) -> None:
    by = cast.actor("coordinator")
    for number, (clinician, (code, begun, left)) in enumerate(zip(people, rules, strict=False)):
        pack = RequirementPack.objects.get(code=code)
        days = today.date() - timedelta(days=begun), today.date() + timedelta(days=left)
        track_licence(clinician, LicenceFacts(pack, f"L-{4210 + number}", *days), by=by)
    year = today.date() - timedelta(days=200), today.date() + timedelta(days=164)
    track_licence(people[0], LicenceFacts(rule, "", *year), by=by)


def _elsewhere(cast: Cast, mine: Clinician, other: Clinician, today: datetime) -> None:
    """The learner's own: two accepted, one that waits; a colleague's was sent back."""
    by, office = cast.team["learner"].actor(), cast.actor("coordinator")
    system = CreditSystem.objects.get(code="ama_pra_1")
    for number, (title, provider, days, amount, subject) in enumerate(ELSEWHERE):
        facts = ExternalFacts(
            system,
            title,
            provider,
            today.date() - timedelta(days=days),
            Decimal(amount),
            (subject,) if subject else (),
        )
        made = hand_in_external_credit(mine, facts, _proof(facts, number), by=by)
        if number < len(ELSEWHERE) - 1:
            accept_external_credit(made, by=office)
    facts = ExternalFacts(
        system, "Ward teaching", "Elsewhere", today.date() - timedelta(days=30), Decimal(1)
    )
    made = hand_in_external_credit(other, facts, _proof(facts, 9), by=office)
    return_external_credit(made, reason="The paper names nobody.", by=office)
    ends = datetime.combine(today.date() + timedelta(days=60), time(23, 59))
    zone = ZoneInfo(cast.organisation.zone)
    for board in ("Massachusetts Board of Registration in Medicine", "Credentialing, Lakeside"):
        share_transcript(mine, board, ends.replace(tzinfo=zone), by=by)


def _appeals(cast: Cast, today: datetime) -> None:
    """Two who were there find their minutes wrong; one was answered."""
    over = Registration.objects.confirmed().filter(activity__ends_at__lt=today - timedelta(days=6))
    rows = list(over.with_people().order_by("activity__starts_at", "pk")[:2])
    for registration, said in zip(rows, WRONG, strict=False):
        by = Actor("link", registration.pk, registration.clinician.called)
        appeal = appeal_credit(registration, said, by=by)
        if said == WRONG[0]:
            office = cast.actor("coordinator")
            decide_appeal(appeal, granted=False, reason="The door saw you at 18:20.", by=office)


def _subjects(cast: Cast) -> None:
    """What the coming course is about, as boards ask for it."""
    for activity in Activity.objects.filter(state=State.OPEN).order_by("starts_at")[:2]:
        hours = {"risk_management": Decimal("1.00"), "end_of_life": Decimal("0.50")}
        set_subjects(activity, hours, by=cast.actor("coordinator"))


def _proof(facts: ExternalFacts, number: int) -> Proof:
    said = {
        "supplier": facts.provider,
        "title": f"Certificate {8100 + number}",
        "what": facts.title,
        "day": date_format(facts.earned_on, "j F Y"),
        "amount": f"{facts.amount} credits",
    }
    return Proof(f"certificate-{8100 + number}.pdf", set_paper(TEMPLATE, said, now()))
