import uuid

from django.urls import reverse

from symposia.assessment.models import Answer, Response
from symposia.credits.letters import LEARNING
from symposia.shared.links import make_link
from tests.factories.credits import attended


def address(organisation, registration, name="finish_evaluation"):
    return reverse(name, args=[make_link(LEARNING, registration.pk, organisation.code)])


def sent(client, organisation, registration, **answers):
    return client.post(
        address(organisation, registration), {"idempotency_key": uuid.uuid4(), **answers}
    )


def test_the_page_says_how_many_questions_and_that_no_name_is_kept(client, organisation):
    page = client.get(address(organisation, attended(answered=False))).content.decode()

    assert "2 questions, about two minutes." in page
    assert "I prefer not to say" in page
    assert "Why?" in page


def test_answers_are_kept_and_the_next_step_is_shown(client, organisation):
    registration = attended(answered=False)

    answer = sent(client, organisation, registration, q1="5", q2="Time.")

    assert answer["Location"] == address(organisation, registration, "finish")
    assert Response.objects.get().registration == registration
    assert sorted(a.text for a in Answer.objects.all()) == ["", "Time."]


def test_a_missing_answer_is_named_and_nothing_is_lost(client, organisation):
    answer = sent(client, organisation, attended(answered=False), q2="My own words.")

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Please choose an answer, or prefer not to say." in page
    assert "My own words." in page
    assert not Response.objects.exists()


def test_preferring_not_to_say_is_an_answer(client, organisation):
    sent(client, organisation, attended(answered=False), q1="prefer-not-to-say")

    assert Answer.objects.get().declined


def test_an_evaluation_that_was_answered_is_not_asked_again(client, organisation):
    registration = attended()

    page = client.get(address(organisation, registration)).content.decode()
    sent(client, organisation, registration, q1="5")

    assert "You have answered the evaluation." in page
    assert "Send my answers" not in page
    assert not Answer.objects.exists()
