import uuid

import pytest
from django.urls import reverse

from symposia.registrations.actions.questions import answer_questions, ask_question
from symposia.registrations.answers import answers_of
from symposia.registrations.models import Need, QuestionKind, RegistrationQuestion
from symposia.registrations.question_rules import QuestionFacts
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory

MENU = QuestionFacts(
    "Which menu?", QuestionKind.CHOICE, need=Need.DIETARY, choices=("Fish", "Vegetarian")
)


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open")


def get(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def post(client, page, *args, **values):
    return client.post(reverse(page, args=args), {"idempotency_key": uuid.uuid4(), **values})


def test_a_question_is_asked_after_an_answer_to_another(client, coordinator, activity):
    dinner = ask_question(activity, QuestionFacts("Dinner?", QuestionKind.YES_NO), by=SYSTEM)
    form = get(client, "registration_question_new", activity.pk).text

    answer = post(
        client,
        "registration_question_new",
        activity.pk,
        text="Which menu?",
        kind="choice",
        choices="Fish\n\nVegetarian\n",
        need="dietary",
        after=f"{dinner.pk} yes",
    )

    assert "Dinner? Yes" in form
    question = RegistrationQuestion.objects.get(kind="choice")
    assert (question.choices, question.parent) == (["Fish", "Vegetarian"], dinner)
    assert "Dinner? yes" in client.get(answer.url).text


def test_one_answer_to_choose_from_is_refused_and_nothing_is_lost(client, coordinator, activity):
    answer = post(
        client,
        "registration_question_new",
        activity.pk,
        text="Which menu?",
        kind="choice",
        choices="Fish",
    )

    assert answer.status_code == 422
    assert "Offer at least two answers, each another one." in answer.text
    assert "Which menu?" in answer.text


def test_meals_and_access_are_asked_with_one_press(client, coordinator, activity):
    assert "Ask for meals and access" in get(client, "activity_questions", activity.pk).text

    post(client, "registration_questions_usual", activity.pk)

    page = get(client, "activity_questions", activity.pk).text
    assert "What do you eat?" in page
    assert "Ask for meals and access" not in page


def test_a_question_is_changed_and_withdrawn(client, coordinator, activity):
    question = ask_question(activity, MENU, by=SYSTEM)
    assert "Vegetarian" in get(client, "registration_question", question.pk).text

    values = {"text": "Which dish?", "kind": "choice", "choices": "Fish\nVegan", "seen_version": 1}
    post(client, "registration_question", question.pk, **values)
    question.refresh_from_db()
    assert (question.text, question.choices, question.version) == (
        "Which dish?",
        ["Fish", "Vegan"],
        2,
    )

    late = post(client, "registration_question", question.pk, **values | {"text": "Which fish?"})
    assert late.status_code == 422
    assert "Nothing of theirs was overwritten" in late.text
    assert "Which fish?" in late.text

    post(client, "registration_question_withdrawal", question.pk)
    assert "Which dish?" not in get(client, "activity_questions", activity.pk).text


def test_a_long_answer_to_choose_from_is_said_to_be_too_long(client, coordinator, activity):
    values = {"text": "Which menu?", "kind": "choice", "choices": f"Fish\n{'x' * 121}"}

    answer = post(client, "registration_question_new", activity.pk, **values)

    assert answer.status_code == 422
    assert "at most 120 letters" in answer.text
    assert "x" * 121 in answer.text


def test_answers_are_listed_counted_and_taken_home(client, coordinator, activity):
    question = ask_question(activity, MENU, by=SYSTEM)
    registration = RegistrationFactory(activity=activity)
    answer_questions(registration, {question.pk: ["Fish"]}, by=SYSTEM)

    assert "Fish" in get(client, "activity_answers", activity.pk, need="dietary").text
    assert "Fish" not in get(client, "activity_answers", activity.pk, need="access").text
    assert "How many said what" in get(client, "activity_questions", activity.pk).text
    assert "Fish" in get(client, "registration", registration.pk).text
    file = get(client, "activity_people_csv", activity.pk).getvalue().decode()
    assert "Fish" in file


def test_the_office_answers_for_somebody(client, coordinator, activity):
    question = ask_question(activity, MENU, by=SYSTEM)
    registration = RegistrationFactory(activity=activity)
    form = get(client, "registration_answers", registration.pk).text

    post(client, "registration_answers", registration.pk, **{f"q_{question.pk}": "Vegetarian"})

    assert "Which menu?" in form
    assert answers_of(registration)[0].words == "Vegetarian"


@pytest.mark.parametrize("name", ["registration_question", "registration_answers"])
def test_what_is_not_mine_does_not_exist(client, coordinator, name):
    assert get(client, name, uuid.uuid4()).status_code == 404


def test_whoever_only_reads_asks_nothing(client, organisation, activity):
    client.force_login(member(organisation, "publisher"))

    assert post(client, "registration_questions_usual", activity.pk).status_code in {403, 404}
    assert not RegistrationQuestion.objects.exists()
