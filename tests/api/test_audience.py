"""Questions and polls of an audience over the API: the same actions, the same refusals."""

import uuid

import pytest
import time_machine

from symposia.learning.actions.audience_polls import answer_poll
from symposia.learning.models import AudiencePoll
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import key_of, member
from tests.factories.audience import MINUTE, asked, place_in, session_now

QUESTIONS, POLLS = "/api/v1/audience-questions", "/api/v1/audience-polls"


@pytest.fixture
def session(organisation):
    made = session_now()
    with time_machine.travel(made.starts_at + MINUTE):
        yield made


@pytest.fixture
def send(client, organisation, session):
    rights = ["manage_evaluations", "view_evaluations"]
    token = key_of(member(organisation, "coordinator"), organisation, rights)

    def sent(path, body=None, method="post"):
        headers = token | {"idempotency-key": str(uuid.uuid4())}
        if method == "get":
            return client.get(path, headers=token)
        act = getattr(client, method)
        return act(path, body or {}, content_type="application/json", headers=headers)

    return sent


def test_a_question_goes_its_way(send, session):
    body = {"activity": str(session.activity_id), "session": str(session.pk), "text": "Why?"}
    made = send(QUESTIONS, body)
    one = f"{QUESTIONS}/{made.json()['id']}"
    same = asked(session, "The same?")

    shown = send(f"{one}/showing").json()
    hidden = send(f"{one}/hiding", {"reason": "Off the subject"}).json()
    refused = send(f"{one}/joining", {"other": str(same.pk)})
    handed = send(f"{QUESTIONS}/{same.pk}/handover")
    said = send(f"{QUESTIONS}/{same.pk}/answers", {"in_room": True}).json()
    written = send(f"{QUESTIONS}/{same.pk}/answers", {"answer": "In a week."}).json()

    assert made.status_code == 201
    assert (shown["state"], hidden["state"]) == ("shown", "hidden")
    assert (refused.status_code, refused.json()["code"]) == (409, "audience_looked_at")
    assert handed.json()["code"] == "audience_not_handed"
    assert (said["state"], said["answer"]) == ("answered", "")
    assert written["answer"] == "In a week."
    assert send(one, method="get").json()["hidden_because"] == "Off the subject"
    assert send(QUESTIONS, method="get").json()["count"] == 2


def test_a_poll_goes_its_way(send, session):
    ids = {"activity": str(session.activity_id), "session": str(session.pk)}
    made = send(POLLS, ids | {"question": "Next?", "options": ["Wait", "Treat"]})
    never = send(POLLS, ids | {"question": "How sure?", "kind": "scale", "highest": 5})
    one = f"{POLLS}/{made.json()['id']}"

    early = send(f"{one}/results", {"is_shown": True})
    send(f"{one}/opening")
    poll = AudiencePoll.objects.select_related("session__activity").get(question="Next?")
    answer_poll(poll, place_in(session), [1], by=SYSTEM)
    shown = send(f"{one}/results", {"is_shown": True}).json()
    closed = send(f"{one}/closing").json()
    gone = send(f"{POLLS}/{never.json()['id']}", method="delete")

    assert early.json()["code"] == "audience_no_results"
    assert shown["is_shown"] is True
    assert (closed["state"], closed["people"]) == ("closed", 1)
    assert closed["results"][1] == {"answer": "Treat", "people": 1, "percent": 100}
    assert gone.status_code == 204
    assert len(send(f"{POLLS}/answers", method="get").json()["items"]) == 1
    assert send(one, method="get").status_code == 200
