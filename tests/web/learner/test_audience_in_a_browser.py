"""The page of a session on a phone in Chromium: it goes on by itself and loses nothing."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from symposia.learning.letters import audience_path
from symposia.learning.models import QuestionVote
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.audience import asked, place_in, poll_in, session_now
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


def test_what_is_new_comes_by_itself_and_what_is_begun_stays(live_server, monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        begun = (now() - timedelta(minutes=5)).replace(tzinfo=None, second=0, microsecond=0)
        session = session_now(zone="UTC", wall_starts=begun)
        place = place_in(session)
        poll_in(session, "multiple")
        address = audience_path(organisation.code, place.pk, session.pk)

    with page_of(live_server, viewport=PHONE) as page:
        page.set_default_timeout(WAIT)
        page.goto(address)
        page.get_by_label("Your question").fill("Half a quest")
        page.get_by_label("Warfarin").check()
        with acting_in(organisation.pk):
            asked(session, "How soon after a bleed?")

        expect(page.get_by_text("How soon after a bleed?")).to_be_visible(timeout=WAIT)
        expect(page.get_by_label("Your question")).to_have_value("Half a quest")
        expect(page.get_by_label("Warfarin")).to_be_checked()
        assert violations(page) == []
        page.get_by_role("button", name="I want to know too").click()
        expect(page.get_by_role("button", name="1 vote, with yours")).to_be_visible()

    with acting_in(organisation.pk):
        assert QuestionVote.objects.get().registration == place
