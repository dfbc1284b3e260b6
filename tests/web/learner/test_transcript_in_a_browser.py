"""A learner's phone in Chromium: transcript and requirements fit it, and everybody can use them."""

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.credits import ExternalCreditFactory, LicenceFactory
from tests.factories.directory import ClinicianFactory
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("files"),
]
# Whether anything of the page is wider than the phone.
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def learner(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    organisation = OrganisationFactory()
    user = member(organisation, "learner")
    with acting_in(organisation.pk):
        clinician = ClinicianFactory(user=user)
        ExternalCreditFactory(clinician=clinician, state="accepted", decided_at=now())
        ExternalCreditFactory(clinician=clinician, title="Waiting course")
        LicenceFactory(clinician=clinician)
    return user


@pytest.fixture
def phone(learner, live_server, client):
    client.force_login(learner)
    with page_of(live_server, client, viewport=PHONE, reduced_motion="reduce") as page:
        yield page
        assert page.complaints == []


def test_transcript_and_requirements_fit_a_phone(phone):
    phone.goto(reverse("transcript"))
    expect(phone.get_by_role("heading", name="My transcript")).to_be_visible()
    expect(phone.get_by_text("Waits for the office")).to_be_visible()
    assert not phone.evaluate(WIDE)
    assert violations(phone) == []

    phone.get_by_role("button", name="Take it back").click()
    expect(phone.get_by_text("It is taken back.")).to_be_visible()

    phone.get_by_role("link", name="My requirements").first.click()
    expect(phone.get_by_role("heading", name="My requirements")).to_be_visible()
    phone.get_by_text("The arithmetic").click()
    expect(phone.get_by_text("asked").first).to_be_visible()
    assert not phone.evaluate(WIDE)
    assert violations(phone) == []
