import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from symposia.activities.models import ActivityObjective
from symposia.assessment.actions.tests import TestFacts, change_test, make_test, open_test
from symposia.assessment.models import AnswerSaved, AttemptResult, BankKind, Purpose
from symposia.assessment.policies.tests import PartFacts
from symposia.assessment.wording import OptionFacts, Wording
from symposia.credits.letters import LEARNING
from symposia.registrations.letters import TICKET
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from tests.factories.accounts import OrganisationFactory
from tests.factories.assessment import bank_question, choice, knowledge_test
from tests.factories.credits import attended
from tests.factories.curriculum import ObjectiveFactory

JSON = {"accept": "application/json"}


@pytest.fixture
def registration(organisation):
    return attended()


@pytest.fixture
def at(organisation, registration):
    """The address of a page of the post-test."""
    token = make_link(LEARNING, registration.pk, organisation.code)
    return lambda name="finish_test": reverse(name, args=[token, "post"])


def post(client, address, **values):
    headers = values.pop("headers", None)
    return client.post(
        address, {"idempotency_key": uuid.uuid4(), **values}, headers=headers or {}, follow=True
    )


def test_the_page_says_what_is_asked_before_anybody_begins(client, registration, at):
    knowledge_test(registration.activity, pass_mark=80, minutes=20)

    page = client.get(at()).text

    assert "80 % of the points" in page
    assert "2 of 2" in page
    assert "20 minutes from the beginning" in page
    assert "Begin" in page


def test_every_kind_is_answered_without_script_and_passed(client, registration, at):
    pair = Wording(
        BankKind.MATCH,
        "What belongs?",
        (OptionFacts("Aspirin", partner="Platelets"), OptionFacts("Heparin", partner="Thrombin")),
    )
    order = Wording(BankKind.ORDER, "How?", (OptionFacts("Look"), OptionFacts("Act")))
    knowledge_test(
        registration.activity,
        choice(),
        choice("Which two?", right=("Alteplase", "Aspirin")),
        order,
        pair,
        Wording(BankKind.NUMERIC, "How much?", value=1, unit="mg/kg"),
        Wording(BankKind.SHORT, "What is it?", (OptionFacts("AF"),)),
        shuffles_questions=False,
    )
    page = post(client, at("finish_attempts")).text
    assert "Question 6 of 6" in page

    answers = {"q1": 1, "q2": [1, 3], "q3_1": 1, "q3_2": 2, "q4_1": 1, "q4_2": 2}
    page = post(client, at("finish_submission"), **answers, q5="1 mg/kg", q6="af").text

    assert "Passed" in page
    assert "100 %" in page
    assert "About Alteplase." in page
    assert AttemptResult.objects.get().passed


def test_an_answer_is_saved_as_it_is_given_and_stands_there_later(client, registration, at):
    knowledge_test(registration.activity)
    post(client, at("finish_attempts"))
    one = {"position": 1, "q1": 3, "event_uuid": uuid.uuid4(), "sequence": 1}

    first = post(client, at("finish_answers"), headers=JSON, **one)
    again = post(client, at("finish_answers"), headers=JSON, **one)

    assert first.json() == again.json() == {"saved": True}
    assert AnswerSaved.objects.count() == 1
    page = client.get(at("finish_attempt")).text
    assert 'value="3" id="id_q1' in page.replace("required ", "")
    assert "checked" in page


def test_what_is_left_out_is_said_and_nothing_is_lost(client, registration, at):
    knowledge_test(registration.activity, choice("One?"), choice("Two?"))
    post(client, at("finish_attempts"))

    page = post(client, at("finish_submission"), q1=1)
    assert page.status_code == 422
    assert "Without an answer: 1." in page.text
    assert "checked" in page.text
    assert not AttemptResult.objects.exists()

    done = post(client, at("finish_submission"), q1=1, anyway="yes").text
    assert "50 %" in done


def test_who_is_not_there_yet_reads_which_objective_and_what_comes_next(
    client, organisation, registration, at
):
    mine = ObjectiveFactory()
    ActivityObjective.objects.create(activity=registration.activity, objective=mine)
    test = make_test(registration.activity, Purpose.POST, by=SYSTEM)
    facts = TestFacts(pass_mark=80, attempts=2, is_required=True, what_next="Write to Dr Noor.")
    parts = [PartFacts(bank_question(objective=mine))]
    change_test(test, facts, parts, seen_version=test.version, by=SYSTEM)
    test.refresh_from_db()
    open_test(test, by=SYSTEM)

    post(client, at("finish_attempts"))
    first = post(client, at("finish_submission"), q1=2).text
    assert "Not there yet" in first
    assert mine.text in first
    assert "Try again" in first
    assert "About Alteplase." not in first
    assert "fail" not in first.casefold()

    post(client, at("finish_attempts"))
    last = post(client, at("finish_submission"), q1=2).text
    assert "Write to Dr Noor." in last
    assert "Try again" not in last
    assert "Right is: Alteplase" in last


def test_answers_that_are_told_at_once_are_told_and_stand(client, registration, at):
    knowledge_test(registration.activity, feedback="at_once")
    post(client, at("finish_attempts"))

    page = post(client, at("finish_answers"), position=1, q1=2).text

    assert "Not quite." in page
    assert "Right is: Alteplase" in page
    assert "This is my answer" not in page
    assert "Done" in post(client, at("finish_submission")).text or AttemptResult.objects.exists()


def test_the_steps_lead_to_the_test_that_credit_waits_for(client, registration, at):
    knowledge_test(registration.activity)
    token = at().split("/")[2]

    page = client.get(reverse("finish", args=[token])).text

    assert "Continue to the post-test" in page
    assert "2 attempts left" in page
    assert at() in page


def test_a_time_that_is_over_is_told_to_a_script_too(client, registration, at):
    knowledge_test(registration.activity, minutes=5)
    post(client, at("finish_attempts"))

    with time_machine.travel(timezone.now() + timedelta(minutes=8), tick=True):
        answer = post(client, at("finish_answers"), headers=JSON, position=1, q1=1)
        page = post(client, at("finish_submission"), q1=1).text

    assert answer.status_code == 409
    assert "The time was over" in page


def test_the_ticket_leads_to_the_pre_test_until_it_begins(client, organisation):
    registration = attended(starts=timezone.now() + timedelta(days=1))
    knowledge_test(registration.activity, purpose=Purpose.PRE)
    ticket = reverse("ticket", args=[make_link(TICKET, registration.pk, organisation.code)])

    assert "To the pre-test" in client.get(ticket).text
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=1), tick=True):
        assert "To the pre-test" not in client.get(ticket).text


def test_the_ticket_opens_the_pre_test_and_nothing_one_finishes(client, organisation):
    registration = attended(starts=timezone.now() + timedelta(days=1))
    knowledge_test(registration.activity, purpose=Purpose.PRE)
    knowledge_test(registration.activity)
    token = make_link(TICKET, registration.pk, organisation.code)
    ticket, pre = reverse("ticket", args=[token]), reverse("finish_test", args=[token, "pre"])

    links = set(re.findall(r'href="(/l/[^"]*)"', client.get(ticket).text))
    page = client.get(pre).text
    key = {"idempotency_key": uuid.uuid4()}
    begun = client.post(reverse("finish_attempts", args=[token, "pre"]), key)

    assert links == {pre}
    assert f'href="{ticket}"' in page
    assert reverse("finish", args=[token]) not in page.split('"')
    assert begun.url == reverse("finish_attempt", args=[token, "pre"])
    assert client.get(begun.url).status_code == 200
    assert client.get(reverse("finish_test", args=[token, "post"])).status_code == 404
    assert client.get(reverse("finish", args=[token])).status_code == 404


def test_there_is_no_page_without_a_test_or_for_another_organisation(client, registration, at):
    assert client.get(at()).status_code == 404
    make_test(registration.activity, Purpose.POST, by=SYSTEM)
    assert client.get(at()).status_code == 404
    foreign = make_link(LEARNING, registration.pk, OrganisationFactory().code)
    assert client.get(reverse("finish_test", args=[foreign, "post"])).status_code == 404
