"""A test on a phone in Chromium: saved as it is answered, kept without a network, handed in."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from symposia.assessment.models import AnswerSaved, AttemptResult, BankKind
from symposia.assessment.wording import OptionFacts, Wording
from symposia.credits.letters import LEARNING
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.assessment import choice, knowledge_test
from tests.factories.credits import attended
from tests.web.browsing import PHONE, page_of, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 20_000


class Learner:
    """Somebody who was there, and the post-test of the activity."""

    def __init__(self, *wordings):
        self.organisation = OrganisationFactory()
        with acting_in(self.organisation.pk):
            self.registration = attended()
            knowledge_test(
                self.registration.activity,
                choice("Which one?"),
                choice("Which two?", right=("Alteplase", "Aspirin")),
                *wordings,
                shuffles_questions=False,
                shuffles_options=False,
            )
        self.token = make_link(LEARNING, self.registration.pk, self.organisation.code)

    def address(self, name="finish_test"):
        return reverse(name, args=[self.token, "post"])

    def answers(self):
        with acting_in(self.organisation.pk):
            rows = AnswerSaved.objects.order_by("sequence", "pk")
            return [(row.item.position, row.chosen) for row in rows.select_related("item")]

    def percent(self):
        with acting_in(self.organisation.pk):
            return [int(result.percent) for result in AttemptResult.objects.all()]


@pytest.fixture
def learner(monkeypatch):
    # The library that drives the browser runs a loop in this thread; the server has its own.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    return Learner()


@pytest.fixture
def phone(learner, live_server):
    with page_of(live_server, viewport=PHONE) as page:
        page.set_default_timeout(WAIT)
        page.goto(learner.address())
        yield page


def until(page, look, wanted):
    """Until what the server keeps is so."""
    for _look in range(100):
        if look() == wanted:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{look()} is not {wanted}")


def test_answers_survive_a_dead_network_and_a_phone_that_is_put_away(phone, learner):
    assert violations(phone) == []
    phone.get_by_role("button", name="Begin").click()
    said = phone.locator("[data-test-said]")

    phone.get_by_label("Aspirin").first.check()
    expect(said).to_contain_text("Your answers are saved.")
    phone.context.set_offline(True)
    phone.get_by_label("Alteplase").first.check()
    phone.locator("#q2").get_by_label("Alteplase").check()
    phone.locator("#q2").get_by_label("Aspirin").check()
    expect(said).to_contain_text("No network.")
    phone.get_by_role("button", name="Hand in").click()
    expect(said).to_contain_text("kept on this phone")
    assert learner.answers() == [(1, [3])]

    phone.context.set_offline(False)
    until(phone, learner.answers, [(1, [3]), (1, [1]), (2, [1, 3])])
    phone.goto(learner.address("finish_attempt"))
    expect(phone.get_by_label("Alteplase").first).to_be_checked()
    expect(phone.locator("#q2").get_by_label("Aspirin")).to_be_checked()
    assert violations(phone) == []
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]

    phone.get_by_role("button", name="Hand in").click()
    expect(phone.get_by_role("heading", name="Passed", exact=True)).to_be_visible()
    assert learner.percent() == [100]
    assert violations(phone) == []
    assert phone.complaints == []


def test_what_a_phone_kept_is_sent_when_the_page_is_opened_again(phone, learner):
    phone.get_by_role("button", name="Begin").click()
    expect(phone.locator("[data-test-said]")).to_have_count(1)
    phone.route("**/attempt/answers/", lambda route: route.abort())
    phone.get_by_label("Alteplase").first.check()
    expect(phone.locator("[data-test-said]")).to_contain_text("No network.")
    assert learner.answers() == []

    phone.unroute("**/attempt/answers/")
    phone.reload()

    expect(phone.get_by_label("Alteplase").first).to_be_checked()
    until(phone, learner.answers, [(1, [1])])


def test_enter_in_a_field_hands_in_once_its_answer_is_sent(learner, live_server):
    learner = Learner(Wording(BankKind.SHORT, "What is it?", (OptionFacts("AF"),)))
    with page_of(live_server, viewport=PHONE) as page:
        page.set_default_timeout(WAIT)
        page.goto(learner.address())
        page.get_by_role("button", name="Begin").click()
        page.get_by_label("Alteplase").first.check()
        page.locator("#q2").get_by_label("Alteplase").check()
        page.locator("#q2").get_by_label("Aspirin").check()
        until(page, lambda: len(learner.answers()), 3)

        field = page.locator("#q3 input[type=text]")
        field.fill("AF")
        field.press("Enter")

        expect(page.get_by_role("heading", name="Passed", exact=True)).to_be_visible()
    assert learner.percent() == [100]
