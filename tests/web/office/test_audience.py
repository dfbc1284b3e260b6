"""The queue of a session, its polls, the screen of the room, and the lists by name."""

import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from symposia.learning.actions.audience_polls import answer_poll, show_results
from symposia.learning.models import AudiencePoll, AudienceQuestion
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.audience import MINUTE, asked, place_in, poll_in, session_now


@pytest.fixture
def session(organisation):
    made = session_now()
    with time_machine.travel(made.starts_at + MINUTE):
        yield made


@pytest.fixture
def coordinator(client, organisation, session):
    """Signed in while the session goes on: who signed in before has been signed out."""
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def address(name, session):
    return reverse(name, args=[session.activity_id, session.pk])


def post(client, name, pk, **values):
    body = {"idempotency_key": uuid.uuid4(), **values}
    return client.post(reverse(name, args=[pk]), body, follow=True)


def test_the_moderator_sees_who_asked_and_shows_hides_joins_and_answers(
    client, coordinator, session
):
    named = place_in(session, clinician__full_name="Cy Roe")
    texts = ("Shown?", "Hidden?", "Joined?", "Written?")
    made = {text: asked(session, text, named, shown=False) for text in texts}
    kept = asked(session, "Kept?")

    page = client.get(address("audience_queue", session)).text
    assert page.count("Cy Roe") == 4
    assert "the room does not see the name" in page
    post(client, "audience_question_showing", made["Shown?"].pk)
    post(client, "audience_question_hiding", made["Hidden?"].pk, reason="Names a patient")
    post(client, "audience_question_joining", made["Joined?"].pk, other=kept.pk)
    post(client, "audience_question_answer", made["Written?"].pk, answer="In three days.")
    page = post(client, "audience_question_in_room", kept.pk).text

    states = dict(AudienceQuestion.objects.values_list("text", "state"))
    assert states == {
        "Shown?": "shown",
        "Hidden?": "hidden",
        "Joined?": "merged",
        "Written?": "answered",
        "Kept?": "answered",
    }
    assert "Marked as answered." in page
    assert "Names a patient" in page


def test_what_is_missing_is_said_and_what_was_done_meanwhile(client, coordinator, session):
    question = asked(session)

    unsaid = post(client, "audience_question_hiding", question.pk, reason="")
    nobody = post(client, "audience_question_joining", question.pk, other=question.pk)
    empty = post(client, "audience_question_answer", question.pk, answer="")
    post(client, "audience_question_in_room", question.pk, said="x" * 5001)
    again = post(client, "audience_question_showing", question.pk).text

    assert {unsaid.status_code, nobody.status_code, empty.status_code} == {422}
    assert "Somebody has done that already" in again
    assert client.get(reverse("audience_question", args=[question.pk])).status_code == 200


def test_polls_are_prepared_opened_shown_closed_and_removed(client, coordinator, session):
    place = address("audience_poll_new", session)
    facts = {"question": "What next?", "kind": "single", "options": "Wait\nTreat"}
    client.post(place, {"idempotency_key": uuid.uuid4(), **facts})
    client.post(place, {"idempotency_key": uuid.uuid4(), **facts, "question": "Again?"})
    first, second = AudiencePoll.objects.order_by("made_at", "pk")

    post(client, "audience_poll_opening", first.pk)
    refused = post(client, "audience_poll_opening", second.pk).text
    for choice in (0, 1, 1):
        answer_poll(first, place_in(session), [choice], by=SYSTEM)
    post(client, "audience_poll_showing", first.pk, shown="1")
    post(client, "audience_poll_closing", first.pk)
    page = post(client, "audience_poll_removal", second.pk).text

    first.refresh_from_db()
    assert "“What next?” is open in this session. Close it first." in refused
    assert (first.state, first.is_shown) == ("closed", True)
    assert "67 %" in page
    assert "Again?" not in page


def test_a_poll_that_cannot_be_asked_so_keeps_its_words(client, coordinator, session):
    facts = {"question": "What next?", "kind": "single", "options": "Wait"}
    page = client.post(
        address("audience_poll_new", session), {"idempotency_key": uuid.uuid4(), **facts}
    )

    assert page.status_code == 422
    assert "2 to 8 answers" in page.text
    assert "What next?" in page.text


def test_the_screen_has_the_poll_then_the_questions_and_names_nobody_who_did_not(
    client, coordinator, session
):
    asked(session, "Silent?", place_in(session, clinician__full_name="Cy Roe"))
    asked(session, "Unseen?", shown=False)
    screen = address("audience_screen", session)

    questions = client.get(screen).text
    poll = poll_in(session)
    polled = client.get(screen).text
    show_results(poll, is_shown=True, by=SYSTEM)
    for choice in (0, 1, 1):
        answer_poll(poll, place_in(session), [choice], by=SYSTEM)
    results = client.get(screen).text

    assert "Silent?" in questions
    assert "Cy Roe" not in questions
    assert "Unseen?" not in questions
    assert "qr-code" in questions
    assert "What next?" in polled
    assert "Silent?" not in polled
    assert "%" not in polled.split('id="room-asked"')[1]
    assert "67 %" in results


@pytest.mark.parametrize(
    ("page", "name"),
    [("audience_queue", "audience_queue_changes"), ("audience_screen", "audience_screen_changes")],
)
def test_nothing_new_has_no_content(client, coordinator, session, page, name):
    version = client.get(address(page, session)).context["version"]
    place = address(name, session)

    nothing = client.get(place, headers={"if-none-match": f'"{version}"'})
    asked(session, "What is new?")
    something = client.get(place, headers={"if-none-match": f'"{version}"'})

    assert (nothing.status_code, nothing.content) == (304, b"")
    assert "What is new?" in something.text
    assert "<html" not in something.text


def test_the_office_asks_what_came_in_otherwise(client, coordinator, session):
    place = address("audience_queue_questions", session)
    body = {"idempotency_key": uuid.uuid4(), "text": "From the gallery?", "name": "unnamed"}

    client.post(place, body)

    question = AudienceQuestion.objects.get()
    assert (question.registration, question.state) == (None, "waiting")


def test_what_is_left_stands_above_the_sessions_and_in_a_list(client, coordinator, session):
    asked(session, "Left open?")
    with time_machine.travel(session.ends_at + MINUTE, tick=False):
        client.force_login(coordinator)
        page = client.get(reverse("activity_audience", args=[session.activity_id])).text
        listed = reverse("audience_questions", args=[session.activity_id])
        found = client.get(f"{listed}?follow_up=open").text
        none = client.get(f"{listed}?follow_up=handed").text

    assert "1 question was not answered in its session." in page
    assert "Left open?" in found
    assert "Left open?" not in none


def test_answers_by_name_are_for_whoever_may_see_them(client, organisation, session):
    poll = poll_in(session)
    answer_poll(poll, place_in(session, clinician__full_name="Cy Roe"), [1], by=SYSTEM)
    client.force_login(member(organisation, "coordinator"))

    page = client.get(reverse("poll_answers", args=[poll.pk])).text
    sheet = client.get(reverse("poll_answers_csv", args=[poll.pk]))

    assert "Cy Roe" in page
    assert "Warfarin" in b"".join(sheet.streaming_content).decode()
    for role in ("finance_officer", "door_staff", "supporter", "agency"):
        client.force_login(member(organisation, role))
        assert client.get(reverse("poll_answers", args=[poll.pk])).status_code == 403


def test_the_wall_stands_before_a_company_in_an_independent_activity(client, organisation, session):
    question, poll = asked(session), poll_in(session)
    client.force_login(member(organisation, "medical_affairs"))

    for place in (
        reverse("activity_audience", args=[session.activity_id]),
        address("audience_queue", session),
        address("audience_screen", session),
        reverse("audience_question", args=[question.pk]),
        reverse("audience_questions", args=[session.activity_id]),
        reverse("poll_answers", args=[poll.pk]),
    ):
        assert client.get(place).status_code in {403, 404}, place


def test_medical_affairs_reads_what_a_moderator_handed_over(client, organisation):
    session = session_now(mode="scientific")
    with time_machine.travel(session.starts_at):
        question = asked(session, "Is it safe with grapefruit?")
        client.force_login(member(organisation, "medical_affairs"))
        refused = post(client, "audience_question_handover", question.pk)
        client.force_login(member(organisation, "coordinator"))
        page = post(client, "audience_question_handover", question.pk).text
        client.force_login(member(organisation, "medical_affairs"))
        listed = reverse("audience_questions", args=[session.activity_id])
        found = client.get(f"{listed}?follow_up=handed").text

    assert refused.status_code == 403
    assert "Handed over" in page
    assert "grapefruit" in found


def test_what_belongs_to_another_organisation_does_not_exist(client, coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        session = session_now()
        with time_machine.travel(session.starts_at, tick=False):
            question, poll = asked(session), poll_in(session)

    for place in (
        address("audience_queue", session),
        reverse("audience_question", args=[question.pk]),
        reverse("poll_answers", args=[poll.pk]),
    ):
        assert client.get(place).status_code == 404


def test_the_queue_asks_as_much_for_one_question_as_for_three(client, coordinator, session):
    def statements():
        client.get(address("audience_queue", session))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("audience_queue", session))
        return len(queries)

    asked(session)
    poll_in(session)
    of_one = statements()
    for _ in range(2):
        asked(session)

    assert statements() == of_one
