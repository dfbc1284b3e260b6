"""A follow-up in Chromium: harm that was told without a network waits and is sent once."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from symposia.engagement.models import AdverseEvent
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.engagement import AfterMeeting, approved
from tests.web.browsing import PHONE, page_of, violations
from tests.web.field.test_in_a_browser import WAIT, kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def after(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        made = AfterMeeting(organisation)
        made.owed = made.make()
        made.agrees(made.came)
        approved()
    return made


def test_harm_that_was_told_without_a_network_waits_and_is_sent_once(after, live_server):
    client = Client()
    client.force_login(after.user)
    address = reverse("follow_up", args=[after.owed.pk])
    with page_of(live_server, client, viewport=PHONE) as page:
        page.set_default_timeout(WAIT)
        page.goto(reverse("clinician_engagement", args=[after.came.pk]))
        assert violations(page) == []
        page.goto(reverse("field_follow_ups"))
        kept(page, address, reverse("field_waiting"))

        page.context.set_offline(True)
        page.goto(address)
        assert violations(page) == []
        page.get_by_label("Product").fill("Corvalan")
        hand = page.get_by_role("button", name="Hand to drug safety now")
        hand.click()
        expect(page.locator("#field-said")).to_have_text("Fill in what is marked first.")
        page.get_by_label("What they told").fill("She fainted twice.")
        hand.click()
        expect(page.locator("#field-said")).to_contain_text("it waits on this phone")
        page.goto(reverse("field_waiting"))
        expect(page.locator("#field-waiting li")).to_contain_text("Adverse event, told by")

        page.context.set_offline(False)
        expect(page.locator("#field-waiting .state[data-tone=ok]")).to_have_count(1, timeout=WAIT)
        page.reload()
        assert page.complaints == []
    with acting_in(after.organisation.pk):
        assert AdverseEvent.objects.get().text == "She fainted twice."
