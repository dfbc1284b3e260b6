"""An evaluation on a phone in Chromium: a page a section, a condition, and a dead network."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.assessment.actions import write_questions
from symposia.assessment.models import EvaluationForm, Response, UnopenedSheet
from symposia.assessment.standard import Draft
from symposia.credits.letters import LEARNING
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.credits import attended
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000
ASKED = (
    Draft("yes_no", "Will you change something?", section="Your practice"),
    Draft("rating", "How sure are you?", section="Your practice", depends_on=1,
          depends_values=["yes"]),
    Draft("text", "Anything else?", section="In the end", required=False),
)  # fmt: skip


def test_a_page_a_section_and_what_waits_without_network_is_sent_later(live_server, monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        registration = attended(answered=False)
        form = EvaluationForm.objects.create(activity=registration.activity, version=2)
        write_questions(form, ASKED)
    token = make_link(LEARNING, registration.pk, organisation.code)

    with page_of(live_server, viewport=PHONE) as page:
        page.set_default_timeout(WAIT)
        page.goto(reverse("finish_evaluation", args=[token]))
        on, send = page.get_by_role("button", name="Continue"), page.get_by_text("Send my answers")
        expect(page.get_by_text("How sure are you?")).to_be_hidden()
        expect(send).to_be_hidden()
        on.click()
        expect(page.get_by_text("Please choose an answer").first).to_be_visible()
        page.get_by_text("Yes", exact=True).click()
        expect(page.get_by_text("How sure are you?")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("radio", name="4", exact=True).check()
        on.click()
        page.get_by_label("Anything else?").fill("The tea was cold.")
        page.reload()
        expect(page.get_by_role("radio", name="4", exact=True)).to_be_checked()
        on.click()

        page.context.set_offline(True)
        send.click()
        expect(page.get_by_text("No network.")).to_be_visible()
        page.context.set_offline(False)
        page.wait_for_url(f"**{reverse('finish', args=[token])}")

    with acting_in(organisation.pk):
        assert Response.objects.get().registration == registration
        said = [(a["rating"], a["text"]) for a in UnopenedSheet.objects.get().answers]
    assert said == [(None, "yes"), (4, ""), (None, "The tea was cold.")]
