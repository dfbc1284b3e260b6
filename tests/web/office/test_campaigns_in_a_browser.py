"""A campaign in Chromium: chosen, reviewed, sent with its number on the button, recalled."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.outreach.models import Campaign, Recipient
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(monkeypatch, client):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    organisation = OrganisationFactory()
    client.force_login(member(organisation, "coordinator"))
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="open", mode="scientific")
        ClinicianFactory.create_batch(2)
        ClinicianFactory(full_name="Quiet Person", email="")
    return organisation, activity


@pytest.mark.parametrize("looks", [{}, {"viewport": PHONE, "color_scheme": "dark"}], ids=str)
def test_a_campaign_is_reviewed_sent_and_recalled(office, live_server, client, looks):
    organisation, activity = office
    with page_of(live_server, client, **looks) as page:
        page.goto(reverse("activity_invite", args=[activity.pk]))
        page.get_by_role("button", name="Review all 3 that fit").click()

        expect(page.get_by_text("2 people will receive it")).to_be_visible()
        expect(page.get_by_text("1 is skipped:")).to_be_visible()
        expect(page.get_by_role("row", name="has no e-mail address 1")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Send 2 invitations").click()

        expect(page.get_by_text("You have a minute to recall it.")).to_be_visible()
        page.get_by_role("button", name="Recall wave 1").click()
        expect(page.get_by_text("Kept back: 2. Had left already: 0.")).to_be_visible()
        assert violations(page) == []
        assert page.complaints == []
    with acting_in(organisation.pk):
        assert Campaign.objects.get().state == "released"
        states = set(Recipient.objects.in_waves().values_list("state", flat=True))
        assert states == {"recalled", "skipped"}
