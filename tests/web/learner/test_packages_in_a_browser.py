"""Packages in Chromium, framed from an origin of their own: they score, and get nowhere."""

import json
import uuid
from pathlib import Path

import pytest
from django.conf import settings as product
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from symposia.demonstration.packages import manifest, zipped
from symposia.learning.actions.attempts import Committed, keep_commits
from symposia.learning.letters import LEARNING
from symposia.learning.models import PackageAttempt, PackageCommit, Progress
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.learning import course_with, scorm
from tests.factories.registrations import RegistrationFactory
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def origins(settings, live_server, files, monkeypatch):
    """The product by its name, content by its number."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.ORIGIN = live_server.url
    settings.CONTENT_ORIGIN = live_server.url.replace("localhost", "127.0.0.1")
    rules = product.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {"frame-src": [settings.CONTENT_ORIGIN]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": rules | allowed}
    settings.ROOT_URLCONF = "tests.web.urls_beside"
    settings.DEMO = False


@pytest.fixture
def organisation(origins):
    return OrganisationFactory()


@pytest.fixture
def phone(origins, live_server):
    with page_of(live_server, viewport=PHONE, reduced_motion="reduce") as page:
        yield page
        # What a page that is left sends arrives before the tables are emptied.
        page.goto("about:blank")
        page.wait_for_timeout(2_000)


# Milliseconds: several processes of the browser, on a machine with other things to do.
SOON = 20_000


def opened(phone, organisation, facts):
    """The page of a package that a learner has begun."""
    with acting_in(organisation.pk):
        _course, (lesson,) = course_with(facts)
        place = RegistrationFactory(activity=lesson.activity)
    token = make_link(LEARNING, place.pk, organisation.code)
    phone.goto(reverse("course", args=[token]))
    phone.get_by_role("button", name="I have read this; begin").click()
    phone.goto(reverse("lesson", args=[token, lesson.pk]))
    phone.get_by_role("button", name="Begin", exact=True).click()
    return inside(phone)


def inside(phone):
    return phone.frame_locator("[data-package] iframe").frame_locator("iframe")


def answer(part, *choices):
    for words in choices:
        part.get_by_role("button", name=words).click()


@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_a_package_scores_and_resumes(phone, organisation, standard):
    part = opened(phone, organisation, scorm(standard))
    expect(part.get_by_text("Page 1 of 3")).to_be_visible(timeout=SOON)
    assert violations(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    part.get_by_role("button", name="Next page").click()
    expect(part.get_by_text("Page 2 of 3")).to_be_visible(timeout=SOON)

    # The page is opened again at once, before its last word was told; it goes on where it was.
    phone.reload()
    part = inside(phone)
    expect(part.get_by_text("Page 2 of 3")).to_be_visible(timeout=SOON)
    part.get_by_role("button", name="Next page").click()
    expect(phone.locator('[data-part="read"][data-completion="completed"]')).to_be_visible(
        timeout=SOON
    )

    phone.locator('[data-part="ask"]').click()
    answer(inside(phone), "Whoever has tissue to save")
    with phone.expect_response("**/attempt/commits/"):
        answer(inside(phone), "The core")
    phone.reload()
    answer(inside(phone), "Together, before treatment")

    expect(phone.locator("#package-standing")).to_contain_text("Passed, 100 %", timeout=SOON)
    expect(phone.locator("#package-done")).to_be_visible(timeout=SOON)
    assert phone.complaints == []
    with acting_in(organisation.pk):
        found = PackageAttempt.objects.get()
        assert (found.completion, found.percent) == ("passed", 100)
        assert Progress.objects.get().completed_at
        numbers = list(PackageCommit.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, found.version + 1))


def telling(count):
    """The page of the lesson telling so many words at once."""
    return lambda asked: (
        "/attempt/commits/" in asked.url and len(json.loads(asked.post_data)["commits"]) == count
    )


def test_what_follows_something_refused_holds_nothing_up(phone, organisation):
    """Words of a sitting without a network; meanwhile another device went on."""
    phone.route("**/attempt/commits/", lambda route: route.abort())
    part = opened(phone, organisation, scorm())
    for number in (1, 2):
        with phone.expect_request(telling(number)):
            part.get_by_role("button", name="Next page").click()
    for number in range(3, 9):
        with phone.expect_request(telling(number)):
            part.locator("main").evaluate("keep()")
    with acting_in(organisation.pk):
        told = Committed(uuid.uuid4(), 1, None, "read", {"core": {}}, now())
        keep_commits(PackageAttempt.objects.get(), [told], by=SYSTEM)

    phone.unroute("**/attempt/commits/")
    with phone.expect_navigation():
        phone.evaluate("dispatchEvent(new Event('online'))")
    expect(inside(phone).get_by_text("Page 1 of 3")).to_be_visible(timeout=SOON)
    phone.locator('[data-part="ask"]').click()

    expect(inside(phone).get_by_text("Who may still be treated?")).to_be_visible(timeout=SOON)


HOSTILE = Path(__file__).with_name("hostile.html")


def test_a_hostile_package_gets_nowhere(phone, organisation, live_server):
    page = HOSTILE.read_text().replace("PRODUCT", json.dumps(live_server.url))
    parts = {"imsmanifest.xml": manifest("1.2", "Evil", [("one", "One", "one.html")])}
    content = zipped(parts | {"one.html": page, "worker.js": "self.x = 1"})

    part = opened(phone, organisation, scorm(content=content))
    expect(part.get_by_text("all tried")).to_be_visible(timeout=SOON)
    phone.wait_for_timeout(900)

    assert phone.url.startswith(live_server.url)
    with acting_in(organisation.pk):
        found = PackageAttempt.objects.get()
        got = json.loads(found.states["one"]["cmi"]["suspend_data"])
        assert {name: said for name, said in got.items() if said} == {}
        assert len(got) >= 25
        assert found.states["one"]["cmi"]["core"]["student_id"] == found.pk.hex
        assert found.completion == "open"
