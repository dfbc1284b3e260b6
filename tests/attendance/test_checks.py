"""Presence checks and polls: asked, answered, and what they prove."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from symposia.attendance.actions.checks import answer_check, ask_who_is_there, close_check
from symposia.attendance.actions.conflicts import Decision, decide_conflict, find_conflicts
from symposia.attendance.actions.rules import RuleFacts, set_presence_rule
from symposia.attendance.asking import Question, results_of
from symposia.attendance.explaining import explain_presence
from symposia.attendance.models import CheckAnswer, Conflict, PresenceCheck, PresenceEvidence
from symposia.attendance.queries import minutes_of
from symposia.audit.models import Entry
from symposia.registrations.letters import TICKET
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.attendance.test_conflicts import online, placed, seen
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.activities import ActivityFactory, SessionFactory

MINUTE = timedelta(minutes=1)


@pytest.fixture
def activity(organisation):
    made = ActivityFactory(state="running", type="webinar", delivery="online")
    with time_machine.travel(made.starts_at, tick=False):
        yield made


@pytest.fixture
def session(activity):
    return SessionFactory(activity=activity, minutes=90, creditable_minutes=90, title="Sepsis")


def ask(session, after=10, minutes=3, **more):
    at = session.starts_at + after * MINUTE
    return ask_who_is_there(session.activity, Question(session, at, minutes, **more), by=SYSTEM)


def answer(asked, place, choice=None, after=1):
    with time_machine.travel(asked.asked_at + after * MINUTE, tick=False):
        return answer_check(asked, place, choice, by=SYSTEM)


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def rule(activity, percent, short):
    on = activity.wall_starts.date() - timedelta(days=1)
    facts = RuleFacts(activity.type, "whole_session", on, "We looked", None, percent, short)
    return set_presence_rule(facts, by=SYSTEM)


def clock(at):
    return f"{at:%H:%M}"


def test_an_answer_is_evidence_of_its_moment_once(session):
    place = placed(session.activity)
    asked = ask(session)

    made = answer(asked, place)

    evidence = PresenceEvidence.objects.get()
    assert (evidence.source, evidence.kind) == ("poll", "span")
    assert evidence.occurred_at == made.answered_at
    assert evidence.ends_at - evidence.occurred_at == timedelta(seconds=1)
    assert code_of(lambda: answer(asked, place)) == "check_answered"
    assert Entry.objects.filter(action="presence_check.answered").count() == 1


@pytest.mark.parametrize("after", [-1, 3, 30])
def test_an_answer_outside_its_window_is_refused(session, after):
    place, asked = placed(session.activity), ask(session)

    assert code_of(lambda: answer(asked, place, after=after)) == "check_not_open"
    assert not PresenceEvidence.objects.exists()


def test_whoever_has_no_place_here_answers_nothing(session):
    elsewhere, asked = placed(ActivityFactory(state="running")), ask(session)

    assert code_of(lambda: answer(asked, elsewhere)) == "other_activity"


def test_enough_answers_leave_the_minutes_as_they_are(session):
    place = placed(session.activity)
    online(place, 0, 90)
    first, second, _third = (ask(session, after) for after in (10, 40, 70))
    answer(first, place)
    answer(second, place)

    assert minutes_of(place).creditable == 90


def test_too_few_answers_wait_for_the_desk_and_the_page_says_so(session):
    place = placed(session.activity)
    online(place, 0, 90)
    first, *_others = (ask(session, after) for after in (10, 40, 70))
    answer(first, place)

    explained = explain_presence(place)

    assert explained.presence.creditable == 0
    assert explained.presence.was_there
    assert explained.sentences(clock) == [
        "“Sepsis”: 1 of 3 presence checks answered; 90 min online count only if the desk says so."
    ]


def test_the_desk_decides_once_and_may_take_it_back(session):
    place = placed(session.activity)
    online(place, 0, 90)
    ask(session, 10)
    type(session.activity).objects.filter(pk=session.activity_id).update(state="held")
    session.activity.refresh_from_db()

    [conflict] = find_conflicts(session.activity, by=SYSTEM).new
    decide_conflict(conflict, Decision("answered", "The connection broke"), by=SYSTEM)

    assert conflict.kind == "checks"
    assert minutes_of(place).creditable == 90
    assert not Conflict.objects.open().exists()


def test_left_uncounted_it_stays_decided(session):
    place = placed(session.activity)
    online(place, 0, 90)
    ask(session, 10)
    type(session.activity).objects.filter(pk=session.activity_id).update(state="held")
    session.activity.refresh_from_db()
    [conflict] = find_conflicts(session.activity, by=SYSTEM).new

    decide_conflict(conflict, Decision("not_there", "Nobody answered"), by=SYSTEM)

    assert minutes_of(place).creditable == 0
    assert not Conflict.objects.open().exists()


def test_where_the_rule_says_so_minutes_count_up_to_the_last_answer(session):
    rule(session.activity, 100, "capped")
    place = placed(session.activity)
    online(place, 0, 90)
    first, _second = ask(session, 30), ask(session, 70)
    answer(first, place, after=1)

    explained = explain_presence(place)

    assert explained.presence.creditable == 31
    assert explained.sentences(clock)[0] == (
        "“Sepsis”: 1 of 2 presence checks answered; 59 min online after the last answer do not "
        "count."
    )
    assert find_conflicts(session.activity, by=SYSTEM).new == []


def test_nobody_owes_an_answer_to_what_was_asked_before_they_came_or_in_the_room(session):
    late, room = placed(session.activity), placed(session.activity)
    ask(session, 10)
    online(late, 30, 90)
    seen(room, 0)
    seen(room, 90, "out")

    assert minutes_of(late).creditable == 60
    assert minutes_of(room).creditable == 90


def test_a_share_of_nothing_asks_for_nothing(session):
    rule(session.activity, 0, "desk")
    place = placed(session.activity)
    online(place, 0, 90)
    ask(session, 10)

    assert minutes_of(place).creditable == 90


def test_a_check_that_was_planned_and_called_off_is_due_from_nobody(session):
    place = placed(session.activity)
    online(place, 0, 90)
    close_check(ask(session, 60), by=SYSTEM)

    assert minutes_of(place).creditable == 90


def test_a_poll_counts_what_was_chosen(session):
    options = ["Lactate", "Cultures", "Fluids"]
    asked = ask(session, question="What first?", options=options)
    for choice in (0, 2, 2):
        answer(asked, placed(session.activity), choice)

    assert results_of(asked) == [("Lactate", 1), ("Cultures", 0), ("Fluids", 2)]
    assert code_of(lambda: answer(asked, placed(session.activity))) == "check_choice"
    assert code_of(lambda: answer(asked, placed(session.activity), 3)) == "check_choice"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"after": 90}, "check_time"),
        ({"after": -1}, "check_time"),
        ({"minutes": 0}, "check_minutes"),
        ({"minutes": 61}, "check_minutes"),
        ({"question": "Well?", "options": ["Yes"]}, "check_options"),
        ({"question": "Well?", "options": ["Yes", "Yes"]}, "check_options"),
        ({"options": ["Yes", "No"]}, "check_question"),
    ],
)
def test_what_cannot_be_asked_is_refused(session, facts, code):
    assert code_of(lambda: ask(session, **facts)) == code
    assert not PresenceCheck.objects.exists()


def test_nothing_is_asked_of_a_room_nor_in_a_session_of_another_activity(session):
    room = SessionFactory(activity=ActivityFactory(state="running", delivery="in_person"))
    asked = Question(room, room.starts_at, 3)

    assert code_of(lambda: ask(room, 0)) == "check_not_online"
    assert code_of(lambda: ask_who_is_there(session.activity, asked, by=SYSTEM)) == "check_session"


@pytest.mark.parametrize(("percent", "short"), [(50, ""), (None, "desk"), (101, "desk")])
def test_a_share_and_what_follows_are_said_together(session, percent, short):
    assert code_of(lambda: rule(session.activity, percent, short)) == "check_share"


@pytest.fixture
def coordinator(client, organisation, activity):
    client.force_login(member(organisation, "coordinator"))


def post(client, name, *args, **values):
    body = {"idempotency_key": uuid.uuid4(), **values}
    return client.post(reverse(name, args=args), body, follow=True)


def test_the_office_asks_now_sees_the_results_and_takes_no_more(client, coordinator, session):
    values = {"session": session.pk, "question": "What first?", "options": "Lactate\nFluids"}
    with time_machine.travel(session.starts_at + 5 * MINUTE, tick=False):
        page = post(client, "presence_check_new", session.activity_id, **values, minutes=3, at="")
        asked = PresenceCheck.objects.get()
        answer(asked, placed(session.activity, clinician__full_name="Jill Chill"), 1, after=0)
        page = client.get(reverse("check_answers", args=[asked.pk])).text
        closed = post(client, "presence_check_closing", asked.pk).text
        listed = client.get(reverse("presence_checks", args=[session.activity_id])).text

    assert asked.options == ["Lactate", "Fluids"]
    assert "Jill Chill" in page
    assert "Take no more answers" in page
    assert "Closed: no more answers are taken." in closed
    assert "What first?" in listed


def test_a_check_without_its_session_time_is_refused_in_words_and_keeps_the_rest(
    client, coordinator, session
):
    with time_machine.travel(session.ends_at + MINUTE, tick=False):
        page = post(
            client,
            "presence_check_new",
            session.activity_id,
            session=session.pk,
            question="Still with us?",
            minutes=3,
        )

    assert page.status_code == 422
    assert "while its session goes on" in page.text
    assert "Still with us?" in page.text


def test_a_check_of_another_organisation_does_not_exist(client, coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        activity = ActivityFactory(state="running", delivery="online")
        asked = ask(SessionFactory(activity=activity, minutes=60))

    assert client.get(reverse("check_answers", args=[asked.pk])).status_code == 404


def live(organisation, place):
    return reverse("ticket_live", args=[make_link(TICKET, place.pk, organisation.code)])


def test_a_learner_answers_with_one_press_on_the_own_page(client, organisation, session):
    place, asked = placed(session.activity), ask(session)
    address = live(organisation, place)
    with time_machine.travel(asked.asked_at + MINUTE, tick=False):
        before = client.get(address).text
        body = {"asked": asked.pk, "idempotency_key": uuid.uuid4()}
        after = client.post(address, body, follow=True).text

    assert "I am here" in before
    assert "You have answered." in after
    assert CheckAnswer.objects.get().registration == place


@pytest.mark.parametrize("named", ["", "nonsense", str(uuid.UUID(int=7))])
def test_what_is_not_asked_is_refused_in_words(client, organisation, session, named):
    place = placed(session.activity)

    page = client.post(
        live(organisation, place), {"asked": named, "idempotency_key": uuid.uuid4()}, follow=True
    )

    assert "This question is not open now." in page.text
    assert "Nothing is asked at the moment." in page.text


def test_the_api_asks_tells_the_results_and_closes(client, organisation, session):
    with time_machine.travel(session.starts_at + MINUTE, tick=False):
        rights = ["manage_registrations", "view_attendance"]
        token = key_of(member(organisation, "coordinator"), organisation, rights)

        def send(path, body=None):
            headers = token | {"idempotency-key": str(uuid.uuid4())}
            return client.post(
                f"/api/v1{path}", body or {}, content_type="application/json", headers=headers
            )

        body = {"activity": str(session.activity_id), "session": str(session.pk)}
        made = send("/presence-checks", body)
        answer(PresenceCheck.objects.get(), placed(session.activity), after=0)
        one = client.get(f"/api/v1/presence-checks/{made.json()['id']}", headers=token).json()
        closed = send(f"/presence-checks/{made.json()['id']}/closing")
        answers = client.get("/api/v1/presence-checks/answers", headers=token).json()

    assert made.status_code == 201
    assert one["results"] == [{"answer": "Still there", "people": 1}]
    assert closed.json()["state"] == "Closed"
    assert len(answers["items"]) == 1
