"""A survey in Chromium: nothing leaves before the review, and the page follows while it is sent."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect, sync_playwright

from symposia.curriculum import tasks
from symposia.curriculum.models import SurveyInvitation
from symposia.shared.tenancy import acting_in
from symposia.work.models import Job
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.curriculum import SurveyQuestionFactory
from tests.factories.directory import ClinicianFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path("node_modules/axe-core/axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Office:
    """An office with a survey that nobody has read yet, and three clinicians, one unreachable."""

    def __init__(self):
        self.organisation = OrganisationFactory()
        self.user = member(self.organisation, "education_lead")
        with acting_in(self.organisation.pk):
            self.survey = SurveyQuestionFactory().survey
            ClinicianFactory.create_batch(2)
            ClinicianFactory(full_name="Quiet Person", email="")

    def sent(self):
        with acting_in(self.organisation.pk):
            return SurveyInvitation.objects.count()

    def work(self):
        """Do what was asked for, as a worker would."""
        with acting_in(self.organisation.pk):
            job = Job.objects.get()
            people = list(self.survey_people())
        tasks.send_survey.run(
            str(self.organisation.pk),
            job_id=str(job.pk),
            survey_id=str(self.survey.pk),
            clinician_ids=people,
        )

    def survey_people(self):
        from_directory = ClinicianFactory._meta.model.objects.exclude(email="")
        return [str(pk) for pk in from_directory.order_by("pk").values_list("pk", flat=True)]


@pytest.fixture
def office(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return Office()


@pytest.fixture
def page(office, live_server, client):
    client.force_login(office.user)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page
        assert page.complaints == []
        chromium.close()


def violations(page):
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text()})
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [(v["id"], [node["html"] for node in v["nodes"][:3]]) for v in found["violations"]]


def test_a_survey_is_reviewed_sent_and_followed(page, office):
    page.goto(reverse("survey", args=[office.survey.pk]))
    page.get_by_role("link", name="Send it").click()
    page.get_by_role("button", name="Review").click()

    expect(page.get_by_text("Quiet Person")).to_be_visible()
    expect(page.get_by_text("has no e-mail address")).to_be_visible()
    assert violations(page) == []
    assert office.sent() == 0

    page.get_by_role("button", name="Send to 2 people").click()
    expect(page.get_by_text("Being sent").first).to_be_visible()
    expect(page.get_by_role("link", name="Send it")).to_have_count(0)
    assert violations(page) == []

    office.work()
    expect(page.get_by_text("0 of 2 answered")).to_be_visible(timeout=10_000)
    expect(page.get_by_text("Being sent")).to_have_count(0)
    assert office.sent() == 2
