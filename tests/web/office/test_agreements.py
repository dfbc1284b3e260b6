"""Pages of agreements: written in the office, accepted on a phone, signed, and nobody else's."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from symposia.activities.actions.rate_card import RateFacts, set_rate
from symposia.activities.faculty_letters import FACULTY
from symposia.activities.models import Agreement, FacultyInvitation, Rate
from symposia.finance.queries import books_currency
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.money import Money
from symposia.shared.tenancy import acting_in
from symposia.web.office import agreements
from tests.activities.test_agreements import activity as an_activity  # noqa: F401
from tests.activities.test_agreements import before_the_day, invited, person  # noqa: F401
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory

WRITTEN = {
    "service": "speaker",
    "tier": "national",
    "unit": "hour",
    "quantity": "2",
    "each": "",
    "services": "A talk of forty minutes and its preparation.",
}


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def on_card(organisation):
    currency = books_currency()
    rate = {"service": "speaker", "tier": "national", "unit": "hour", "source": "Study, to verify"}
    amount, ceiling = Money(Decimal(300), currency), Money(Decimal(400), currency)
    facts = RateFacts(**rate, amount=amount, ceiling=ceiling, from_on=date(2026, 1, 1))
    return set_rate(facts, by=SYSTEM)


def written(client, activity, **more):
    sent = WRITTEN | {"person": str(person().pk)} | more
    return client.post(reverse("agreement_new", args=[activity.pk]), sent)


def test_an_empty_fee_is_that_of_the_card(client, coordinator, an_activity, on_card):  # noqa: F811
    answer = written(client, an_activity)

    made = Agreement.objects.get()
    assert answer.url == reverse("agreement", args=[made.pk])
    assert (made.each_minor, made.rate) == (30000, on_card)
    page = client.get(answer.url).text
    assert "Study, to verify" in page
    tab = client.get(reverse("activity_agreements", args=[an_activity.pk])).text
    assert made.number in tab
    estimate = client.get(reverse("activity_estimate", args=[an_activity.pk])).text
    assert reverse("agreement", args=[made.pk]) in estimate


def test_a_fee_above_the_ceiling_is_refused_in_words(
    client,
    coordinator,
    an_activity,  # noqa: F811
    on_card,
):
    answer = written(client, an_activity, each="400.01", above_because="Famous")

    assert answer.status_code == 422
    assert "above the ceiling of fair market value" in answer.text
    assert not Agreement.objects.exists()


def test_it_is_read_and_accepted_on_a_phone_and_signed(
    client,
    organisation,
    coordinator,
    an_activity,  # noqa: F811
    on_card,
    monkeypatch,
):
    written(client, an_activity)
    invited(an_activity)
    made = Agreement.objects.get()
    client.post(reverse("agreement_sending", args=[made.pk]))
    invitation = FacultyInvitation.objects.get()
    token = make_link(FACULTY, invitation.pk, organisation.code)
    page = reverse("faculty_agreement", args=[token])
    client.logout()

    shown = client.get(page)
    looked = Agreement.objects.get()
    wrong = client.post(page, {"seen": "0" * 64})
    client.post(page, {"seen": looked.sha256})
    accepted = Agreement.objects.get()
    paper = client.get(reverse("faculty_agreement_pdf", args=[token]))

    assert "I accept the agreement" in shown.text
    assert looked.accepted_at is None
    assert wrong.status_code == 422
    assert accepted.accepted_at
    assert paper.content.startswith(b"%PDF-")
    client.force_login(member(organisation, "finance_officer"))
    signing = reverse("agreement_signature", args=[made.pk])
    asked = client.post(signing)
    assert Agreement.objects.get().state == "sent"
    assert asked.status_code == 302
    monkeypatch.setattr(agreements, "fresh_factor", lambda _request: "totp")
    client.post(signing)
    assert Agreement.objects.get().state == "signed"


def test_a_draft_is_not_shown_to_the_person(
    client,
    organisation,
    coordinator,
    an_activity,  # noqa: F811
    on_card,
):
    written(client, an_activity)
    invitation = invited(an_activity)
    token = make_link(FACULTY, invitation.pk, organisation.code)

    assert client.get(reverse("faculty_agreement", args=[token])).status_code == 404


def test_an_agreement_of_another_organisation_is_not_there(client, coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = ActivityFactory()

    assert client.get(reverse("agreement_new", args=[foreign.pk])).status_code == 404


def test_whoever_keeps_the_rules_keeps_the_card_and_the_words(client, organisation, coordinator):
    rate = {
        "service": "speaker",
        "tier": "local",
        "unit": "day",
        "amount": "500",
        "ceiling": "700",
        "from_on": "2027-01-01",
        "source": "Study 2026",
    }
    assert client.post(reverse("rate_new"), rate).status_code == 403
    client.force_login(member(organisation, "compliance_officer"))

    client.post(reverse("rate_new"), rate)
    wrong = client.post(reverse("agreement_words"), {"text": "{person} gets {fee} and {secret}"})

    assert Rate.objects.get().ceiling_minor == 70000
    assert wrong.status_code == 422
    assert "cannot be filled in" in wrong.text
    assert "Study 2026" in client.get(reverse("rates")).text
