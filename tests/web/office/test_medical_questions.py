"""The list of medical affairs and its pages; the API says and refuses the same."""

import uuid

import pytest
import time_machine
from django.urls import reverse

from symposia.activities.models import Activity
from symposia.learning.actions.audience_questions import hand_question_over
from symposia.learning.models import MedicalAnswer
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.audience import asked, session_now

SAID = {"answer": "It raises the level.", "reply_to": "mi@example.org"}


def handed_now(text="Is it safe with grapefruit?"):
    session = session_now(mode="scientific")
    with time_machine.travel(session.starts_at, tick=False):
        question = asked(session, text)
        hand_question_over(question, by=SYSTEM)
    return question


@pytest.fixture
def medical(client, organisation):
    user = member(organisation, "medical_affairs")
    client.force_login(user)
    return user


def page(client, question, kind="medical_question"):
    return reverse(kind, args=[question.pk])


def test_medical_affairs_answers_from_its_list(client, medical):
    question = handed_now()
    listed = reverse("medical_questions")

    assert "grapefruit" in client.get(listed, {"standing": "open"}).text
    assert medical.email in client.get(page(client, question)).text
    client.post(page(client, question, "medical_question_answer"), SAID)

    assert MedicalAnswer.objects.get().text == SAID["answer"]
    assert "grapefruit" not in client.get(listed, {"standing": "open"}).text
    assert "grapefruit" in client.get(listed, {"standing": "answered"}).text
    done = client.get(page(client, question)).text
    assert SAID["answer"] in done
    assert "Send the answer" not in done


def test_a_reason_is_asked_for_before_it_is_declined(client, medical):
    question = handed_now()
    address = page(client, question, "medical_question_refusal")

    assert client.post(address, {"reply_to": "mi@example.org"}).status_code == 422
    client.post(address, {"reply_to": "mi@example.org", "reason": "Off label."})

    assert MedicalAnswer.objects.get().outcome == "declined"


def test_an_address_that_no_table_keeps_is_refused_on_the_form(client, medical):
    address = page(client, handed_now(), "medical_question_answer")
    long = f"{'a' * 64}@{'.'.join(['b' * 60] * 4)}.org"

    assert client.post(address, SAID | {"reply_to": long}).status_code == 422
    assert not MedicalAnswer.objects.exists()


def test_a_second_answer_is_refused_in_words(client, medical):
    question = handed_now()
    address = page(client, question, "medical_question_answer")
    client.post(address, SAID)

    assert "answered or declined already" in client.post(address, SAID, follow=True).text


@pytest.mark.parametrize(
    "role", ["brand_manager", "area_manager", "field_representative", "agency", "supporter"]
)
def test_it_is_kept_from_whoever_promotes(client, organisation, role):
    question = handed_now()
    client.force_login(member(organisation, role))

    assert client.get(reverse("medical_questions")).status_code == 403
    assert client.get(page(client, question)).status_code == 403
    assert client.post(page(client, question, "medical_question_answer"), SAID).status_code in {
        403,
        404,
    }
    assert not MedicalAnswer.objects.exists()


def test_a_coordinator_reads_and_does_not_answer(client, organisation):
    question = handed_now()
    client.force_login(member(organisation, "coordinator"))

    assert "Send the answer" not in client.get(page(client, question)).text
    assert client.post(page(client, question, "medical_question_answer"), SAID).status_code == 403


def test_nothing_of_an_independent_activity_stands_there(client, medical):
    question = handed_now()
    Activity.objects.filter(pk=question.activity_id).update(mode="independent")

    assert "grapefruit" not in client.get(reverse("medical_questions")).text
    closed = client.get(page(client, question))
    assert closed.status_code == 403
    assert "grapefruit" not in closed.text


def test_what_belongs_to_another_organisation_does_not_exist(client, medical):
    with acting_in(OrganisationFactory().pk):
        question = handed_now()

    assert client.get(page(client, question)).status_code == 404
    assert client.post(page(client, question, "medical_question_answer"), SAID).status_code == 404


def test_a_program_lists_answers_and_is_refused_alike(client, organisation, medical):
    question, other = handed_now(), handed_now("And in pregnancy?")
    token = key_of(medical, organisation, ["view_evaluations", "manage_curriculum"])
    base = "/api/v1/medical-questions"

    def post(path, body):
        headers = token | {"idempotency-key": str(uuid.uuid4())}
        return client.post(path, body, content_type="application/json", headers=headers)

    first = post(f"{base}/{question.pk}/answers", SAID)
    second = post(f"{base}/{question.pk}/answers", SAID)
    refused = post(f"{base}/{other.pk}/refusal", {"reason": "Off label.", "reply_to": "a@x.org"})
    listed = client.get(f"{base}?standing=declined", headers=token).json()

    assert (first.status_code, first.json()["outcome"]) == (200, "answered")
    assert (second.status_code, second.json()["code"]) == (409, "medical_dealt_with")
    assert refused.json()["text"] == "Off label."
    assert [item["question"] for item in listed["items"]] == ["And in pregnancy?"]
