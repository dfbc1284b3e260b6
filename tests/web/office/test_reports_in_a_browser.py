"""A file to a body in Chromium, from its first check to what the body rejected."""

import pytest
from django.urls import reverse

from symposia.reporting.actions.facts import FactsOfActivity, keep_activity_facts
from symposia.reporting.actions.submissions import begin_submission
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditOfferFactory
from tests.factories.reporting import BodyAccountFactory
from tests.web.browsing import page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(monkeypatch):
    """Somebody of the office, and a draft of one activity that nothing is missing of."""
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    organisation = OrganisationFactory()
    user = member(organisation, "coordinator")
    with acting_in(organisation.pk):
        BodyAccountFactory()
        activity = ActivityFactory(state="held", city="Boston", country="US")
        CreditOfferFactory(activity=activity)
        facts = FactsOfActivity(region="MA", has_support=False)
        keep_activity_facts(activity, facts, by=SYSTEM)
        file = begin_submission("pars_activities", activity.wall_ends.year, by=SYSTEM)
    return user, activity, file


def test_a_file_is_checked_handed_in_and_answered(office, live_server, client):
    user, activity, file = office
    client.force_login(user)
    with page_of(live_server, client, reduced_motion="reduce") as page:
        page.goto(reverse("submission", args=[file.pk]))
        page.get_by_role("button", name="Check and make the file").click()
        page.get_by_role("button", name="I have handed it in").click()
        answer = f"record,status,code,message\n{activity.number},rejected,7,Wrong state\n"
        page.get_by_label("Answer of the body").set_input_files(
            {"name": "answer.csv", "mimeType": "text/csv", "buffer": answer.encode()}
        )
        page.get_by_role("button", name="Take the answer in").click()
        page.get_by_text("1 record was rejected.").wait_for()
        assert violations(page) == []
        page.get_by_role("button", name="Send what was rejected again").click()
        page.get_by_text("stands in a file of its own now").wait_for()

        assert page.complaints == []
