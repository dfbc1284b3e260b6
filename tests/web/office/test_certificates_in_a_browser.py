"""Certificates in Chromium: their look is chosen beside the paper; a badge is checked."""

import json
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.credits.actions.claims import claim_credit
from symposia.credits.badges import badge_of
from symposia.credits.models import Certificate
from symposia.credits.queries import signing_now
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.credits import attended
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def organisation(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return OrganisationFactory()


def test_the_paper_follows_the_choices_and_a_badge_is_checked(organisation, live_server, client):
    client.force_login(member(organisation, "administrator"))
    with acting_in(organisation.pk):
        entry = claim_credit(attended(), Decimal("1.25"), attested=True, by=SYSTEM)
        signing = signing_now()
        badge = badge_of(
            Certificate.objects.get(entry=entry), organisation, signing.key, signing.seed
        )

    with page_of(live_server, client, viewport=PHONE, reduced_motion="reduce") as page:
        page.goto(reverse("certificate_design_new"))
        paper = page.get_by_role("img", name="A certificate of an invented learner in this look")
        expect(paper).to_have_attribute("src", re.compile("sample.png"))
        page.get_by_label("Colour").select_option("Plum")
        expect(paper).to_have_attribute("src", re.compile("^data:image/png"))
        page.get_by_label("A sentence of your own").fill("For {nobody}")
        expect(page.locator("#shown")).to_contain_text("nothing to fill in for {nobody}")
        assert not page.evaluate(WIDE)
        assert violations(page) == []

        page.goto(reverse("badge_check"))
        page.get_by_label("The badge as text").fill(json.dumps(badge))
        page.get_by_role("button", name="Check").click()
        expect(page.get_by_text("This badge holds.")).to_be_visible()
        assert not page.evaluate(WIDE)
        assert violations(page) == []
        assert page.complaints == []
