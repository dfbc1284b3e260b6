"""Studying on a phone in Chromium: from the first page on, with a network that dies."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.learning.letters import LEARNING
from symposia.learning.models import Progress, StudyEntry
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.learning import course_with, text
from tests.factories.registrations import RegistrationFactory
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def organisation(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return OrganisationFactory()


@pytest.fixture
def phone(organisation, live_server):
    with page_of(live_server, viewport=PHONE, reduced_motion="reduce") as page:
        yield page
        assert page.complaints == []


@pytest.fixture
def begun(phone, organisation):
    """The page of the first lesson, reached as a learner reaches it."""
    with acting_in(organisation.pk):
        _course, lessons = course_with(text(), text("Second"))
        place = RegistrationFactory(activity=lessons[0].activity)
    phone.goto(reverse("finish", args=[make_link(LEARNING, place.pk, organisation.code)]))
    phone.get_by_role("link", name="Continue: Lessons").click()
    expect(phone.get_by_role("heading", name="Before you begin")).to_be_visible()
    assert violations(phone) == []
    phone.get_by_role("button", name="I have read this; begin").click()
    phone.get_by_role("link", name="Go on: Reading the trace").click()
    expect(phone.get_by_role("heading", name="Reading the trace")).to_be_visible()
    return place


def is_narrow(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_lesson_is_done_on_a_phone(phone, organisation, begun):
    assert is_narrow(phone)
    assert violations(phone) == []
    phone.wait_for_timeout(2_500)

    phone.get_by_role("button", name="Done with this lesson").click()

    expect(phone.get_by_role("link", name="Go on: Second")).to_be_visible()
    with acting_in(organisation.pk):
        progress = Progress.objects.get()
        assert progress.completed_at
        assert 1 <= progress.seconds <= 30


def test_what_is_done_without_a_network_is_told_later(phone, organisation, begun):
    phone.wait_for_timeout(1_500)
    phone.context.set_offline(True)

    phone.get_by_role("button", name="Done with this lesson").click()

    expect(phone.locator("#study-waiting")).to_contain_text("kept on this device")
    with acting_in(organisation.pk):
        assert not Progress.objects.exclude(completed_at=None).exists()

    phone.context.set_offline(False)
    expect(phone.locator("#study-waiting")).to_be_hidden(timeout=20_000)
    with acting_in(organisation.pk):
        assert Progress.objects.get().completed_at
        assert StudyEntry.objects.filter(kind="done").count() == 1
