"""Sessions with places of their own and the questions at registration, over the API."""

import uuid

import pytest

from symposia.registrations.models import Registration, RegistrationQuestion, SessionPlaces
from tests.factories.accounts import key_of, member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory

RIGHTS = ["manage_registrations", "view_people_of_activity", "view_directory"]


@pytest.fixture
def ask(client, organisation):
    user = member(organisation, "coordinator")
    key = key_of(user, organisation, RIGHTS)

    def send(method, path, body=None):
        headers = key | {"idempotency-key": str(uuid.uuid4())}
        address = f"/api/v1{path}"
        if method == "get":
            return client.get(address, headers=headers)
        return getattr(client, method)(
            address, body, content_type="application/json", headers=headers
        )

    return send


@pytest.fixture
def session(organisation):
    activity = ActivityFactory(state="open", minutes=480)
    return SessionFactory(activity=activity, minutes=60, title="Ultrasound workshop")


def test_a_session_gets_places_and_is_chosen_with_the_registration(ask, session):
    settled = ask("put", f"/session-places/{session.pk}", {"capacity": 1})
    body = {
        "activity": str(session.activity_id),
        "clinician": str(ClinicianFactory().pk),
        "sessions": [str(session.pk)],
    }
    made = ask("post", "/registrations", body)

    assert settled.json()["capacity"] == 1
    assert made.status_code == 201
    (row,) = ask("get", "/session-places").json()["items"]
    assert (row["session"], row["taken"], row["left"]) == ("Ultrasound workshop", "1", "0")
    (chosen,) = ask("get", "/session-places/people").json()["items"]
    assert chosen["state"] == "Place confirmed"
    people = ask("get", "/registrations").json()["items"]
    assert people[0]["sessions"] == "Ultrasound workshop"


def test_a_clash_registers_nobody(ask, session):
    other = SessionFactory(activity=session.activity, minutes=60)
    for each in (session, other):
        ask("put", f"/session-places/{each.pk}", {"capacity": 1})
    body = {
        "activity": str(session.activity_id),
        "clinician": str(ClinicianFactory().pk),
        "sessions": [str(session.pk), str(other.pk)],
    }

    answer = ask("post", "/registrations", body)

    assert answer.status_code == 409
    assert answer.json()["code"] == "sessions_at_the_same_time"
    assert not Registration.objects.exists()


def test_sessions_of_somebody_are_settled_and_a_session_is_opened_to_all(ask, session):
    ask("put", f"/session-places/{session.pk}", {"capacity": 1})
    body = {"activity": str(session.activity_id), "clinician": str(ClinicianFactory().pk)}
    made = ask("post", "/registrations", body).json()

    way = f"/session-places/registrations/{made['id']}"
    (chosen,) = ask("put", way, {"sessions": [str(session.pk)]}).json()
    left = ask("put", way, {"sessions": []}).json()
    gone = ask("delete", f"/session-places/{session.pk}")

    assert (chosen["state"], chosen["position"], left) == ("confirmed", None, [])
    assert gone.status_code == 204
    assert not SessionPlaces.objects.exists()


def test_questions_are_asked_answered_and_counted(ask, session):
    activity = str(session.activity_id)
    body = {"activity": activity, "clinician": str(ClinicianFactory().pk)}
    made = ask("post", "/registrations", body).json()
    asks = {"activity": activity, "text": "Dinner?", "kind": "yes_no"}
    question = ask("post", "/registration-questions", asks).json()

    answers = [{"question": question["id"], "values": ["yes"]}]
    (given,) = ask("put", f"/registration-questions/registrations/{made['id']}", answers).json()

    assert (given["asked"], given["values"]) == ("Dinner?", ["yes"])
    (counted,) = ask("get", f"/registration-questions/counts/{activity}").json()
    assert counted["by_answer"] == {"Yes": 1, "No": 0}
    (row,) = ask("get", "/registration-questions/answers").json()["items"]
    assert (row["asked"], row["answer"]) == ("Dinner?", "yes")


def test_a_question_is_changed_and_withdrawn(ask, session):
    made = ask("post", f"/registration-questions/usual-ones/{session.activity_id}").json()
    way = f"/registration-questions/{made[0]['id']}"

    body = {"text": "What is your diet?", "need": "dietary", "seen_version": 1}
    changed = ask("put", way, body).json()
    again = ask("put", way, body)
    itself = body | {"seen_version": 2, "parent": made[0]["id"], "parent_answer": "yes"}
    after_itself = ask("put", way, itself)
    gone = ask("delete", way)

    assert (changed["text"], changed["version"]) == ("What is your diet?", 2)
    assert (again.status_code, again.json()["code"]) == (409, "changed_meanwhile")
    assert after_itself.json()["code"] == "registration_question_chain"
    assert gone.status_code == 204
    assert ask("delete", way).status_code == 404
    assert RegistrationQuestion.objects.of(session.activity).count() == 3


def test_blanks_answer_nothing_and_long_answers_are_refused_in_words(ask, session):
    activity = str(session.activity_id)
    body = {"activity": activity, "clinician": str(ClinicianFactory().pk)}
    made = ask("post", "/registrations", body).json()
    asks = {"activity": activity, "text": "Which menu?", "kind": "choice", "required": True}
    long = ask("post", "/registration-questions", asks | {"choices": ["Fish", "x" * 121]})
    question = ask("post", "/registration-questions", asks | {"choices": ["Fish", "Vegan"]}).json()

    answers = [{"question": question["id"], "values": [""]}]
    blank = ask("put", f"/registration-questions/registrations/{made['id']}", answers)

    assert (long.status_code, long.json()["code"]) == (409, "registration_choice_too_long")
    assert (blank.status_code, blank.json()["code"]) == (409, "registration_answer_missing")
