"""A learner's phone in Chromium: the certificate appears by itself, no message covers a step."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.credits.actions.certificates import make_files
from symposia.credits.letters import LEARNING
from symposia.credits.models import Certificate
from symposia.registrations.letters import TICKET
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory
from tests.factories.credits import attended
from tests.factories.registrations import RegistrationFactory
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("files"),
]


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
def registration(organisation):
    with acting_in(organisation.pk):
        return attended()


def test_the_certificate_appears_without_looking_again(phone, organisation, registration):
    phone.goto(reverse("finish", args=[make_link(LEARNING, registration.pk, organisation.code)]))
    phone.get_by_label("I claim only the credit").check()
    phone.get_by_role("button", name="Claim 1.25 and get certificate").click()
    expect(phone.get_by_text("Your certificate is being made.")).to_be_visible()
    toast = phone.locator("#toasts .toast")
    assert toast.bounding_box()["y"] < phone.locator("#certificate-file").bounding_box()["y"]

    with acting_in(organisation.pk):
        make_files([Certificate.objects.get().pk], by=SYSTEM)

    expect(phone.get_by_role("link", name="Download PDF")).to_be_visible(timeout=10_000)
    expect(phone.locator("#said")).to_have_text("Your certificate is ready.")
    assert violations(phone) == []
    # Once it is there nothing asks any more.
    assert phone.locator("[hx-trigger]").count() == 0


# Whether the phone has kept a page by now.
KEEPS = """(async path => {
    const tickets = await caches.open("tickets");
    return (await tickets.keys()).some(one => new URL(one.url).pathname === path);
})"""


def test_a_ticket_that_was_opened_opens_again_without_a_network(phone, organisation):
    with acting_in(organisation.pk):
        place = RegistrationFactory(activity=ActivityFactory(state="open"))
    path = reverse("ticket", args=[make_link(TICKET, place.pk, organisation.code)])
    phone.goto(path)
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    for _look in range(100):
        if phone.evaluate(KEEPS, path):
            break
        phone.wait_for_timeout(100)

    phone.context.set_offline(True)
    phone.reload()

    expect(phone.locator("#ticket-offline")).to_be_visible()
    expect(phone.get_by_role("heading", name=place.activity.title)).to_be_visible()
    phone.context.set_offline(False)
