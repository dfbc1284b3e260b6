"""What a stranger's browser makes of the time of a public activity."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_browser_tells_the_readers_own_time_and_nothing_where_it_is_the_venues(
    live_server, monkeypatch
):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="open", zone="Asia/Kolkata")
    there = reverse("public_activity", args=[organisation.code, activity.number])

    for zone, own in (("Asia/Tokyo", True), ("Asia/Colombo", False)):
        with page_of(live_server, viewport=PHONE, timezone_id=zone, locale="en-GB") as page:
            page.goto(there)
            if own:
                expect(page.get_by_text("GMT+9 your time")).to_be_visible()
                assert violations(page) == []
            else:
                expect(page.locator("[data-own-time]")).to_be_hidden()
            assert page.complaints == []
