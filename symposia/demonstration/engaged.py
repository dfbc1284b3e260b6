"""Whom the organisations of the demonstration engage: rates, agreements, people from outside."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import time_machine
from django.utils.text import slugify

from symposia.accounts.actions import accept_membership
from symposia.accounts.memberships import offer_of_id
from symposia.accounts.queries import local_day
from symposia.activities.actions.agencies import AgencyFacts, add_agency, end_agency
from symposia.activities.actions.agreements import (
    accept_agreement,
    countersign_agreement,
    draft_agreement,
    send_agreement,
)
from symposia.activities.actions.externals import (
    ExternalFacts,
    add_external,
    end_external,
    give_external_access,
)
from symposia.activities.actions.faculty_invitations import invite_faculty
from symposia.activities.actions.rate_card import RateFacts, set_rate
from symposia.activities.actions.team import change_contributor_address, enter_contributor
from symposia.activities.agreed import AgreementFacts
from symposia.activities.models import (
    Activity,
    Agreement,
    Contributor,
    Service,
    SessionFaculty,
    State,
    Tier,
    Unit,
)
from symposia.activities.queries import faculty_of
from symposia.demonstration.again import SERIES
from symposia.demonstration.billed import AGENCY, bill_of_agency
from symposia.demonstration.thread import Cast
from symposia.finance.actions.budgets import EstimateLine, set_estimate
from symposia.finance.models import Category
from symposia.finance.queries import budget_of
from symposia.shared.actors import Actor
from symposia.shared.money import Money

# An hour of a speaker by tier, and the ceiling; a chair is worth a tenth less, an adviser more.
HOURS = {
    "US": {"local": (180, 240), "regional": (260, 340), "national": (350, 450)},
    "IN": {"local": (6_000, 8_000), "regional": (9_000, 12_000), "national": (14_000, 18_000)},
}
SHARES = {Service.SPEAKER: 100, Service.CHAIR: 90, Service.ADVISER: 110}
SOURCE = "Fair-market-value study of the year (demonstration, to verify)"
AGENTS = {"US": "Nadia Petrov", "IN": "Nikhil Sawant"}
SERVICES = "Prepares and gives the talk, answers questions, joins a call before the day."
ADVICE = "Reads the cases beforehand and writes half a page on each."
FAIR = "The only centre of the region that does this; travels on the evening before."


def tell_engaged(cast: Cast, held: Activity, today: datetime) -> None:
    """A rate card, agreements at every stage, and people from outside on the team."""
    with time_machine.travel(cast.at_work(today, 30), tick=True):
        _card(cast, today)
    with time_machine.travel(cast.at_work(today, 1), tick=True):
        later = Activity.objects.get(title=f"{held.title}, a year on")
        first, second = (_person(each, cast) for each in faculty_of(held)[:2])
        _leave_fees_to_agreements(later, cast)
        _sign(_agree(later, first, 2, SERVICES, cast), cast)
        _above_the_card(later, second, cast)
        occasion = Activity.objects.filter(title=SERIES[cast.organisation.country][0]).order_by(
            "starts_at"
        )[0]
        _send(_agree(occasion, second, 1, ADVICE, cast), cast)
        _outside(cast)


def _card(cast: Cast, today: datetime) -> None:
    by, begins = cast.actor("compliance_officer"), today.date().replace(month=1, day=1)
    currency = cast.organisation.currency
    for service, share in SHARES.items():
        for tier, amounts in HOURS[cast.organisation.country].items():
            amount, ceiling = (Money(Decimal(each * share) / 100, currency) for each in amounts)
            set_rate(RateFacts(service, tier, Unit.HOUR, amount, ceiling, begins, SOURCE), by=by)


def _person(teacher: SessionFaculty, cast: Cast) -> Contributor:
    by, address = cast.actor(cast.planner), f"{slugify(teacher.name)}@faculty.example"
    known = teacher.clinician
    person = enter_contributor(clinician=known, name=teacher.name, email=address, by=by)
    return person if person.email else change_contributor_address(person, address, by=by)


def _leave_fees_to_agreements(activity: Activity, cast: Cast) -> None:
    """What was a round sum for all who teach is now a line for each of them."""
    kept = [
        EstimateLine(each.line.category, each.line.description, each.estimate, each.line.pk)
        for each in budget_of(activity).lines
        if each.line.category != Category.FACULTY
    ]
    set_estimate(activity, kept, by=cast.actor(cast.planner))


def _agree(
    activity: Activity, person: Contributor, hours: int, services: str, cast: Cast
) -> Agreement:
    """At the rate of the card."""
    service = Service.SPEAKER if services == SERVICES else Service.ADVISER
    amount, _ceiling = HOURS[cast.organisation.country]["regional"]
    each = Money(Decimal(amount * SHARES[service]) / 100, cast.organisation.currency)
    facts = AgreementFacts(service, Tier.REGIONAL, Unit.HOUR, Decimal(hours), each, services)
    if service == Service.SPEAKER:
        year = activity.wall_starts.date() + timedelta(days=300)
        facts = replace(facts, covers_until=year)
    return draft_agreement(activity, person, facts, by=cast.actor(cast.planner))


def _sign(agreement: Agreement, cast: Cast) -> None:
    """It is sent, the person accepts it by the link, and the organisation signs."""
    sent = _send(agreement, cast)
    person = Actor("link", sent.contributor_id, sent.contributor.name)
    accepted = accept_agreement(sent, seen=sent.sha256, by=person)
    countersign_agreement(accepted, factor="totp", by=cast.actor("finance_officer"))


def _send(agreement: Agreement, cast: Cast) -> Agreement:
    """With the letter to all faculty, whose link leads to the agreement too."""
    by = cast.actor(cast.planner)
    invite_faculty(agreement.activity, agreement.contributor, by=by)
    return send_agreement(agreement, by=by)


def _above_the_card(activity: Activity, person: Contributor, cast: Cast) -> None:
    """Within fair market value, above the card: a second person has not looked yet."""
    amount, ceiling = HOURS[cast.organisation.country]["national"]
    each = Money(Decimal(amount + ceiling) / 2, cast.organisation.currency)
    facts = AgreementFacts(
        Service.SPEAKER, Tier.NATIONAL, Unit.HOUR, Decimal(2), each, SERVICES, FAIR
    )
    draft_agreement(activity, person, facts, by=cast.actor(cast.planner))


def _agency(cast: Cast) -> None:
    """The agency for a year, and one that works for us no more."""
    by, today = cast.actor("coordinator"), local_day()
    first = today - timedelta(days=200)
    facts = AgencyFacts(AGENCY, first, first + timedelta(days=730), "Ingrid Voss")
    add_agency(facts, by=by)
    gone = add_agency(AgencyFacts("Harbourlight Production", first), by=by)
    end_agency(gone, reason="Gave up its business.", seen=[], by=by)


def _outside(cast: Cast) -> None:
    """Somebody of an agency who signs in to the next activity, a technician, and one who left."""
    by, organisation = cast.actor("coordinator"), cast.organisation
    activity = Activity.objects.filter(state=State.OPEN).order_by("starts_at")[0]
    address = f"agency@{organisation.slug}.example"
    task = "Stands, signs and the transfer from the station"
    _agency(cast)
    runs = add_external(
        activity,
        ExternalFacts(AGENTS[organisation.country], task, address, AGENCY),
        by=by,
    )
    last = activity.wall_ends.date() + timedelta(days=30)
    given = give_external_access(runs, last, by=by)
    offer = offer_of_id(given.offer_id) if given.offer_id else None
    if offer is None:
        raise LookupError(address)
    accept_membership(offer, by=Actor("link", offer.pk, runs.name))
    bill_of_agency(activity, address, cast)
    add_external(activity, ExternalFacts("Robin Vale", "Sound and cameras"), by=by)
    left = add_external(activity, ExternalFacts("Jo Marsh", "Stands", "", AGENCY), by=by)
    end_external(left, reason="Works for another client now.", by=by)
