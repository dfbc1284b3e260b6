"""A learner's phone in Chromium: the certificate appears by itself, no message covers a step."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.credits.actions.certificates import make_files
from symposia.credits.letters import LEARNING
from symposia.credits.models import Certificate
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.credits import attended
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        }
    }


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
