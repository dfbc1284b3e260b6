from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now

from symposia.activities.actions.organisers import (
    CouncilApproval,
    OrganiserFacts,
    enter_council_approval,
    name_organiser,
)
from symposia.finance.actions.fees import add_fee
from symposia.finance.fee_rules import FeeFacts
from symposia.finance.queries import books_currency
from symposia.registrations.actions.admission import settle_admission
from symposia.reporting.models import CommercialSupport
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditOfferFactory
from tests.factories.registrations import RegistrationFactory


def page(client, organisation, **query):
    address = reverse("catalogue", args=[organisation.code])
    return client.get(address, query).content.decode()


def offered(**facts):
    return ActivityFactory(state="open", **facts)


def test_what_is_open_is_shown_with_credit_and_places(client, organisation):
    activity = offered(title="Stroke update", capacity=2)
    CreditOfferFactory(activity=activity, maximum=Decimal("1.50"), designated_at=now())
    RegistrationFactory(activity=activity)

    shown = page(client, organisation)

    assert "Stroke update" in shown
    assert "1.50" in shown
    assert "1 place left" in shown
    assert reverse("public_activity", args=[organisation.code, activity.number]) in shown


def test_a_card_says_what_it_costs_and_who_supports_it(client, organisation):
    free, paid = offered(title="Free of charge"), offered(title="With a fee")
    price = Money(Decimal(300), books_currency())
    add_fee(paid, FeeFacts("Everybody", price), by=SYSTEM)
    for source in ("Norvella Pharma", "Axilon Devices"):
        CommercialSupport.objects.create(
            activity=paid, source=source, amount_minor=1, currency="USD", noted_by_name="Asha"
        )

    cards = BeautifulSoup(page(client, organisation), "html.parser").find_all("article")

    said = {card.h3.text: card.text for card in cards}
    assert "Free" in said[free.title].replace(free.title, "")
    assert "No outside funding is recorded." in said[free.title]
    assert f"Everybody: {price}" in said[paid.title]
    assert "Supported by Axilon Devices, Norvella Pharma" in said[paid.title]
    own = client.get(reverse("public_activity", args=[organisation.code, paid.number])).text
    assert "Supported by Axilon Devices, Norvella Pharma" in own


def test_what_may_be_begun_at_any_time_stands_after_what_is_soon(client, organisation):
    begun, ends = now() - timedelta(days=16), now() + timedelta(days=700)
    lasting = offered(
        title="Wake-up stroke", type="internet_enduring", starts_at=begun, ends_at=ends
    )
    offered(title="Evening")

    shown = page(client, organisation)

    assert shown.index("Evening") < shown.index("Wake-up stroke")
    until = date_format(lasting.wall_ends, "j M Y")
    assert f"Any time until {until}" in shown
    assert f"month={begun:%Y-%m}" not in shown


@pytest.mark.parametrize("state", ["draft", "in_approval", "approved", "running", "cancelled"])
def test_what_is_not_open_is_not_shown(client, organisation, state):
    ActivityFactory(state=state, title="Stroke update")

    assert "Stroke update" not in page(client, organisation)


def test_promotion_and_what_is_by_invitation_are_not_for_the_public(client, organisation):
    offered(title="A new tablet", mode="promotional")
    closed = offered(title="Advisory evening")
    settle_admission(closed, "invited", by=SYSTEM)

    shown = page(client, organisation)

    assert "A new tablet" not in shown
    assert "Advisory evening" not in shown
    assert "Nothing fits" in shown


def test_an_offer_of_credit_that_is_not_designated_is_not_announced(client, organisation):
    CreditOfferFactory(activity=offered(), maximum=Decimal("9.75"), designated_at=None)

    assert "9.75" not in page(client, organisation)
    assert "No credit announced" in page(client, organisation)


def test_filters_are_links_and_say_how_many_they_leave(client, organisation):
    offered(title="In Pune", city="Pune", delivery="in_person")
    offered(title="In Nashik", city="Nashik", delivery="hybrid")

    everything = page(client, organisation)
    online = page(client, organisation, form="online")
    pune = page(client, organisation, form="online", city="Pune")

    assert "?city=Pune" in everything
    assert "?form=online" in everything
    assert "In Nashik" in online
    assert "In Pune" not in online
    assert "Nothing fits" in pune
    assert "Show all" in pune


def test_words_are_found_in_title_and_summary(client, organisation):
    offered(title="Stroke update", summary="Thrombolysis")
    offered(title="Asthma")

    shown = page(client, organisation, q="thrombolysis stroke")

    assert "Stroke update" in shown
    assert "Asthma" not in shown


@pytest.mark.parametrize("query", [{"page": "99"}, {"page": "x"}, {"month": "never"}, {"q": "\0"}])
def test_what_nobody_can_ask_for_breaks_nothing(client, organisation, query):
    offered(title="Stroke update")

    assert client.get(reverse("catalogue", args=[organisation.code]), query).status_code == 200


def test_many_activities_are_turned_by_pages(client, organisation):
    start = now() + timedelta(days=1)
    for number in range(26):
        offered(title=f"Evening {number:02}", starts_at=start + timedelta(hours=number))

    first, second = page(client, organisation), page(client, organisation, page="2")

    assert ("Evening 00" in first, "Evening 25" in first) == (True, False)
    assert ("Evening 00" in second, "Evening 25" in second) == (False, True)
    assert "?page=2" in first


def test_the_catalogue_asks_as_much_for_three_as_for_one(client, organisation):
    def asked():
        with CaptureQueriesContext(connection) as found:
            page(client, organisation)
        return len(found)

    CreditOfferFactory(activity=offered(), designated_at=now())
    asked()
    one = asked()
    for _ in range(2):
        CreditOfferFactory(activity=offered(), designated_at=now())

    assert asked() == one <= 15


def test_the_catalogue_of_nobody_does_not_exist(client, organisation):
    assert client.get(reverse("catalogue", args=["nobody"])).status_code == 404


def test_a_companys_meeting_says_of_credit_what_its_own_page_says(client, organisation):
    meeting = offered(mode="scientific", starts_at=now() + timedelta(days=20))
    assert "No credit<" in page(client, organisation)

    organiser = name_organiser(meeting, OrganiserFacts("association", "Society"), by=SYSTEM)
    enter_council_approval(organiser, CouncilApproval("Council", "MMC/118"), by=SYSTEM)

    assert "Hours of a medical council" in page(client, organisation)
