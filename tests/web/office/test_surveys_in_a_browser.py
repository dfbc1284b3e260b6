"""A survey in Chromium: nothing leaves before the review, and the page follows while it is sent."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.curriculum import tasks
from symposia.curriculum.models import SurveyInvitation
from symposia.shared.tenancy import acting_in
from symposia.work.models import Job
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.curriculum import SurveyQuestionFactory
from tests.factories.directory import ClinicianFactory
from tests.web.browsing import page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
    with page_of(live_server, client, reduced_motion="reduce") as page:
        yield page
        assert page.complaints == []


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
