"""Questions of the audience: asked, voted for once, moderated, answered, followed up."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.actions.sessions import remove_session
from symposia.activities.events import SessionRemoving
from symposia.activities.models import Session
from symposia.audit.models import Entry
from symposia.learning.actions.audience_questions import (
    answer_in_writing,
    ask_session,
    hand_question_over,
    hide_question,
    join_questions,
    mark_answered_in_room,
    show_question,
    take_vote_back,
    vote_for_question,
)
from symposia.learning.audience import follow_ups, for_faculty, hours_of, queue_of, room_of
from symposia.learning.audience_lists import AUDIENCE_QUESTIONS
from symposia.learning.models import AudiencePoll, AudienceQuestion, QuestionVote
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.events import announce
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.audience import MINUTE, asked, place_in, poll_in, session_now


@pytest.fixture
def session(organisation):
    made = session_now()
    with time_machine.travel(made.starts_at + MINUTE):
        yield made


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def again(question):
    return AudienceQuestion.objects.get(pk=question.pk)


def to_be_done(session, access):
    rows = AUDIENCE_QUESTIONS.rows(access, activity_pk=session.activity_id)
    return {each.text: each.follow_up for each in rows}


def let_go(session):
    announce(SessionRemoving(session.pk, session.activity_id))


def ask(session, text="Why?", place=None, **facts):
    facts.setdefault("is_named", False)
    return ask_session(session, text, registration=place, by=SYSTEM, **facts)


def test_a_question_waits_for_the_moderator_and_keeps_who_asked(session):
    place = place_in(session, clinician__full_name="Ana Diaz")

    made = ask(session, "  Which dose?  ", place)

    assert (made.state, made.text, made.registration) == ("waiting", "Which dose?", place)
    assert made.asker_name == "Ana Diaz"
    assert made.name_shown == "Without a name"
    assert Entry.objects.filter(action="audience_question.asked").count() == 1


@pytest.mark.parametrize(
    ("minutes", "code"), [(-61, "audience_not_yet"), (90, "audience_over"), (200, "audience_over")]
)
def test_questions_and_votes_have_their_hours(session, minutes, code):
    question, place = asked(session), place_in(session)

    with time_machine.travel(session.starts_at + minutes * MINUTE, tick=False):
        assert code_of(lambda: ask(session, place=place)) == code
        assert code_of(lambda: vote_for_question(question, place, by=SYSTEM)) == code


@pytest.mark.parametrize("minutes", [-60, 0, 89])
def test_they_are_taken_shortly_before_and_shortly_after_too(session, minutes):
    place = place_in(session)

    with time_machine.travel(session.starts_at + minutes * MINUTE, tick=False):
        assert ask(session, place=place).state == "waiting"


def test_whoever_has_no_place_here_or_only_waits_for_one_asks_nothing(session):
    elsewhere = place_in(session_now())
    waits = place_in(session, state="queued")

    assert code_of(lambda: ask(session, place=elsewhere)) == "audience_no_place"
    assert code_of(lambda: ask(session, place=waits)) == "audience_no_place"


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_a_question_has_words_and_not_too_many(session, text):
    assert code_of(lambda: ask(session, text, place_in(session))) == "audience_question_empty"


def test_one_person_does_not_fill_the_queue(session):
    place = place_in(session)
    for number in range(5):
        ask(session, f"Why {number}?", place)

    assert code_of(lambda: ask(session, "And why?", place)) == "audience_asked_much"
    show_question(AudienceQuestion.objects.earliest("pk"), by=SYSTEM)
    assert ask(session, "And why?", place).state == "waiting"


def test_nothing_is_asked_in_a_break_nor_of_what_is_not_going_on(session):
    session.is_break = True
    assert code_of(lambda: ask(session)) == "audience_break"
    planned = session_now(state="approved")

    assert code_of(lambda: ask(planned)) == "audience_not_going_on"


def test_a_vote_counts_once_is_taken_back_and_given_again(session):
    question, place = asked(session), place_in(session)

    for _ in range(3):
        vote_for_question(question, place, by=SYSTEM)
    assert QuestionVote.objects.count() == 1
    take_vote_back(question, place, by=SYSTEM)
    take_vote_back(question, place, by=SYSTEM)
    assert QuestionVote.objects.count() == 0
    vote_for_question(question, place, by=SYSTEM)

    actions = Entry.objects.filter(action__startswith="audience_question.vote")
    assert Counter(each.action for each in actions) == {
        "audience_question.voted_for": 2,
        "audience_question.vote_taken_back": 1,
    }


def test_nobody_votes_for_the_own_question_nor_for_one_that_is_not_shown(session):
    place = place_in(session)
    own, hidden = asked(session, place=place), asked(session, shown=False)

    assert code_of(lambda: vote_for_question(own, place, by=SYSTEM)) == "audience_own_question"
    assert code_of(lambda: vote_for_question(hidden, place, by=SYSTEM)) == "audience_not_shown"


def test_the_room_sees_the_most_wanted_first_and_no_name_that_was_not_given(session):
    few = asked(session, "Few?", place_in(session, clinician__full_name="Ana Diaz"), is_named=True)
    many = asked(session, "Many?", place_in(session, clinician__full_name="Bo Lund"))
    for _ in range(2):
        vote_for_question(many, place_in(session), by=SYSTEM)
    asked(session, "Unseen?", shown=False)

    room = room_of(session, place_in(session))

    assert [each.pk for each in room.questions] == [many.pk, few.pk]
    assert [each.name_shown for each in room.questions] == ["Without a name", "Ana Diaz"]
    assert [each.votes for each in room.questions] == [2, 0]
    assert room.own == []


def test_whoever_asked_sees_what_became_of_it(session):
    place = place_in(session)
    waits, hidden = (asked(session, text, place, shown=False) for text in ("A?", "B?"))
    hide_question(hidden, reason="Not about this session", by=SYSTEM)
    other = asked(session, "C?")
    joined = asked(session, "D?", place, shown=False)
    join_questions(joined, other, by=SYSTEM)

    own = {each.text: each for each in room_of(session, place).own}

    assert {text: each.state for text, each in own.items()} == {
        "A?": "waiting",
        "B?": "hidden",
        "D?": "merged",
    }
    assert own["B?"].hidden_because == "Not about this session"
    assert own["D?"].merged_into.text == "C?"
    assert waits.pk == own["A?"].pk


def test_a_question_is_hidden_for_a_reason_and_may_be_shown_after_all(session):
    question = asked(session)

    assert code_of(lambda: hide_question(question, reason=" ", by=SYSTEM)) == "audience_hidden_why"
    hide_question(question, reason="Names a patient", by=SYSTEM)
    assert again(question).state == "hidden"
    show_question(question, by=SYSTEM)

    assert (again(question).state, again(question).hidden_because) == ("shown", "")
    assert code_of(lambda: show_question(question, by=SYSTEM)) == "audience_looked_at"


def test_joined_questions_count_everybody_once(session):
    ana, bo, cy = (place_in(session) for _ in range(3))
    stays, goes = asked(session, "Dose?", ana), asked(session, "How much?", bo)
    for place in (bo, cy):
        vote_for_question(stays, place, by=SYSTEM)
    for place in (ana, cy):
        vote_for_question(goes, place, by=SYSTEM)
    first = asked(session, "What dose?", place_in(session))
    join_questions(first, goes, by=SYSTEM)

    join_questions(goes, stays, by=SYSTEM)

    behind = set(QuestionVote.objects.filter(question=stays).values_list("registration", flat=True))
    assert behind == {bo.pk, cy.pk, first.registration_id}
    assert {again(each).merged_into_id for each in (goes, first)} == {stays.pk}


def test_only_questions_of_one_session_that_stand_are_joined(session):
    one, hidden = asked(session), asked(session)
    hide_question(hidden, reason="No", by=SYSTEM)
    elsewhere = session_now()
    with time_machine.travel(elsewhere.starts_at, tick=False):
        far = asked(elsewhere)

    assert code_of(lambda: join_questions(one, one, by=SYSTEM)) == "audience_with_itself"
    assert code_of(lambda: join_questions(one, hidden, by=SYSTEM)) == "audience_with_itself"
    assert code_of(lambda: join_questions(one, far, by=SYSTEM)) == "audience_other_session"
    join_questions(one, other := asked(session), by=SYSTEM)
    assert code_of(lambda: join_questions(one, other, by=SYSTEM)) == "audience_looked_at"


def test_an_answer_in_the_room_needs_no_words_and_gets_them_once_later(session):
    question = asked(session, place=place_in(session, clinician__email="ana@example.net"))

    mark_answered_in_room(question, by=SYSTEM)
    assert again(question).answered_in_room
    assert not Delivery.objects.exists()
    answer_in_writing(question, "Three days.", by=SYSTEM)

    found = again(question)
    assert (found.state, found.answer, found.answered_in_room) == ("answered", "Three days.", True)
    assert Delivery.objects.get().to_address == "ana@example.net"
    assert code_of(lambda: answer_in_writing(question, "Four.", by=SYSTEM)) == "audience_has_answer"


def test_a_written_answer_is_told_to_everybody_who_asked_the_same(session):
    ana = place_in(session, clinician__email="ana@example.net")
    bo = place_in(session, clinician__email="bo@example.net")
    stays, goes = asked(session, "Which dose?", ana), asked(session, "How much?", bo)
    join_questions(goes, stays, by=SYSTEM)

    answer_in_writing(stays, "Half of it.", by=SYSTEM)

    told = {each.to_address: each.text for each in Delivery.objects.all()}
    assert set(told) == {"ana@example.net", "bo@example.net"}
    assert "How much?" in told["bo@example.net"]
    assert "Half of it." in told["bo@example.net"]
    assert "Ana" not in told["bo@example.net"]
    late = asked(session, "Dose?", place_in(session, clinician__email="cy@example.net"))
    join_questions(late, stays, by=SYSTEM)
    assert Delivery.objects.filter(to_address="cy@example.net").count() == 1


def test_what_nobody_answered_is_followed_up_once_the_session_has_ended(session):
    shown, waits = asked(session, "A?"), asked(session, "B?", shown=False)
    hidden, done = asked(session, "C?"), asked(session, "D?")
    hide_question(hidden, reason="No", by=SYSTEM)
    mark_answered_in_room(done, by=SYSTEM)
    rows = AudienceQuestion.objects.all()

    assert not follow_ups(rows, at=now()).exists()
    assert waits not in for_faculty(session.activity)
    with time_machine.travel(session.ends_at + timedelta(days=2), tick=False):
        assert set(follow_ups(rows, at=now())) == {shown, waits}
        assert set(for_faculty(session.activity)) == {shown, waits, done}
        [hour] = hours_of(session.activity)
        counted = (hour.to_follow_up, hour.waiting)
        answer_in_writing(shown, "Yes.", by=SYSTEM)
        left = set(follow_ups(rows, at=now()))

    assert counted == (2, 1)
    assert left == {waits}


def test_a_question_about_a_product_goes_to_medical_affairs_once(organisation):
    session = session_now(mode="scientific")
    with time_machine.travel(session.starts_at, tick=False):
        question = asked(session)
        hand_question_over(question, by=SYSTEM)

        assert again(question).handed_at == now()
        assert again(question).is_unanswered
        assert code_of(lambda: hand_question_over(question, by=SYSTEM)) == "audience_handed"


def test_what_was_handed_over_is_answered_with_the_question_it_is_joined_with(organisation):
    access = access_of(member(organisation), organisation, at=now())
    session = session_now(mode="scientific")
    with time_machine.travel(session.starts_at, tick=False):
        goes, stays = asked(session, "With grapefruit?"), asked(session, "With juice?")
        hand_question_over(goes, by=SYSTEM)
        join_questions(goes, stays, by=SYSTEM)
        todo = to_be_done(session, access)
        answer_in_writing(stays, "No.", by=SYSTEM)

    assert todo == {"With juice?": "handed", "With grapefruit?": "none"}
    assert again(stays).handed_at == session.starts_at
    assert set(to_be_done(session, access).values()) == {"none"}
    assert Entry.objects.filter(action="audience_question.handed_over").count() == 2


def test_what_was_handed_over_asks_nothing_more_of_a_question_that_is_answered(organisation):
    access = access_of(member(organisation), organisation, at=now())
    session = session_now(mode="scientific")
    with time_machine.travel(session.starts_at, tick=False):
        goes, done = asked(session, "With grapefruit?"), asked(session, "With juice?")
        answer_in_writing(done, "No.", by=SYSTEM)
        hand_question_over(goes, by=SYSTEM)

        join_questions(goes, done, by=SYSTEM)

    assert again(done).handed_at is None
    assert set(to_be_done(session, access).values()) == {"none"}


def test_nothing_of_an_independent_activity_is_handed_to_a_company(session):
    question = asked(session)

    assert session.activity.mode == "independent"
    assert code_of(lambda: hand_question_over(question, by=SYSTEM)) == "audience_not_handed"


def test_the_queue_has_the_unseen_as_they_came_and_the_shown_by_votes(session):
    first, second = (asked(session, text, shown=False) for text in ("A?", "B?"))
    few, many = asked(session, "C?"), asked(session, "D?")
    vote_for_question(many, place_in(session), by=SYSTEM)
    poll_in(session)

    queue = queue_of(session)

    assert list(queue.waiting) == [first, second]
    assert list(queue.shown) == [many, few]
    assert len(queue.polls) == 1


def test_a_session_that_was_asked_stays_and_one_with_prepared_polls_goes(organisation):
    session, other = session_now(), session_now()
    with time_machine.travel(session.starts_at, tick=False):
        asked(session)
        poll_in(other, is_open=False)

        assert code_of(lambda: let_go(session)) == "session_has_audience"
        let_go(other)
        remove_session(draft := session_now(state="draft"), by=SYSTEM)

    assert set(AudiencePoll.objects.all()) == set()
    assert not Session.objects.filter(pk=draft.pk).exists()
