"""Polls of the audience: prepared, opened, answered once a person, shown as numbers."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection

from symposia.attendance.actions.checks import ask_who_is_there
from symposia.attendance.asking import Question
from symposia.attendance.models import PresenceEvidence
from symposia.learning.actions.audience_polls import (
    answer_poll,
    close_poll,
    open_poll,
    remove_poll,
    show_results,
)
from symposia.learning.actions.audience_questions import vote_for_question
from symposia.learning.audience_polls import poll_read, polls_in_room
from symposia.learning.audience_versions import version_of_audience
from symposia.learning.models import AudiencePoll, PollAnswer, QuestionVote
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import SessionFactory
from tests.factories.audience import MINUTE, asked, place_in, poll_in, session_now

HANDS = 6


@pytest.fixture
def session(organisation):
    made = session_now()
    with time_machine.travel(made.starts_at + MINUTE):
        yield made


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def answer(poll, *choices, place=None):
    place = place or place_in(poll.session)
    return answer_poll(poll, place, choices, by=SYSTEM)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"question": " "}, "audience_poll_question"),
        ({"options": ["Yes"]}, "audience_poll_options"),
        ({"options": ["Yes", "Yes"]}, "audience_poll_options"),
        ({"options": [str(n) for n in range(9)]}, "audience_poll_options"),
        ({"kind": "multiple", "options": ["Yes", "x" * 81]}, "audience_poll_options"),
        ({"kind": "scale", "options": (), "highest": 2}, "audience_poll_scale"),
        ({"kind": "scale", "options": (), "highest": 11}, "audience_poll_scale"),
        ({"kind": "scale", "options": ["Low"], "highest": 5}, "audience_poll_ends"),
    ],
)
def test_what_cannot_be_asked_so_is_refused(session, facts, code):
    assert code_of(lambda: poll_in(session, **facts)) == code


def test_one_poll_of_a_session_is_open_at_a_time(session):
    first, second = poll_in(session, question="First?"), poll_in(session, is_open=False)

    assert code_of(lambda: open_poll(second, by=SYSTEM)) == "audience_other_poll"
    assert code_of(lambda: open_poll(first, by=SYSTEM)) == "audience_poll_is_open"
    close_poll(first, by=SYSTEM)
    open_poll(second, by=SYSTEM)
    assert code_of(lambda: close_poll(first, by=SYSTEM)) == "audience_poll_not_open"


def test_nothing_is_opened_long_before_the_session(session):
    poll = poll_in(session, is_open=False)

    with time_machine.travel(session.starts_at - 61 * MINUTE, tick=False):
        assert code_of(lambda: open_poll(poll, by=SYSTEM)) == "audience_not_yet"


def test_an_answer_is_one_and_may_change_while_the_poll_is_open(session):
    poll, place = poll_in(session), place_in(session)

    answer(poll, 0, place=place)
    answer(poll, 2, place=place)
    close_poll(poll, by=SYSTEM)

    assert PollAnswer.objects.get().choices == [2]
    assert code_of(lambda: answer(poll, 1, place=place)) == "audience_poll_not_open"
    open_poll(poll, by=SYSTEM)
    answer(poll, 1, place=place)
    assert PollAnswer.objects.get().choices == [1]


@pytest.mark.parametrize(
    ("kind", "choices"),
    [("single", ()), ("single", (0, 1)), ("single", (3,)), ("multiple", ()), ("multiple", (1, 1))],
)
def test_what_is_no_answer_is_refused(session, kind, choices):
    poll = poll_in(session, kind)

    assert code_of(lambda: answer(poll, *choices)) == "audience_poll_choice"


def test_whoever_has_no_place_here_answers_nothing(session):
    poll, elsewhere = poll_in(session), place_in(session_now())

    assert code_of(lambda: answer(poll, 0, place=elsewhere)) == "audience_no_place"


def test_results_count_people_and_of_a_scale_the_average(session):
    several = poll_in(session, "multiple")
    answer(several, 0, 2)
    answer(several, 2)
    close_poll(several, by=SYSTEM)
    scale = poll_in(session, "scale", ["Never", "Always"], highest=5)
    for number in (3, 4, 4):
        answer(scale, number)

    read, rated = poll_read(several), poll_read(scale)

    assert [(each.label, each.people, each.percent) for each in read.results] == [
        ("Apixaban", 1, 50),
        ("Warfarin", 0, 0),
        ("Neither", 2, 100),
    ]
    assert read.people == 2
    assert [each.label for each in rated.results] == ["1 · Never", "2", "3", "4", "5 · Always"]
    assert rated.mean == 4.7


def test_the_room_sees_results_only_when_shown_and_never_of_fewer_than_three(session):
    poll = poll_in(session)
    answer(poll, 0)
    answer(poll, 1)
    assert not polls_in_room(session)[0].is_seen
    show_results(poll, is_shown=True, by=SYSTEM)
    assert not polls_in_room(session)[0].is_seen
    answer(poll, 1)
    assert polls_in_room(session)[0].is_seen
    close_poll(poll, by=SYSTEM)
    assert polls_in_room(session)[0].is_seen

    show_results(poll, is_shown=False, by=SYSTEM)

    assert polls_in_room(session) == []


def test_results_follow_the_question_and_what_was_asked_stays(session):
    prepared = poll_in(session, is_open=False)
    assert code_of(lambda: show_results(prepared, is_shown=True, by=SYSTEM)) == (
        "audience_no_results"
    )
    open_poll(prepared, by=SYSTEM)
    assert code_of(lambda: remove_poll(prepared, by=SYSTEM)) == "audience_poll_was_asked"
    never = poll_in(session, is_open=False)

    remove_poll(never, by=SYSTEM)

    assert list(AudiencePoll.objects.all()) == [prepared]


@pytest.mark.parametrize(
    ("delivery", "attending", "evidence"),
    [("online", "", 1), ("hybrid", "online", 1), ("hybrid", "in_person", 0), ("in_person", "", 0)],
)
def test_an_answer_proves_presence_of_whoever_takes_part_online_once(
    organisation, delivery, attending, evidence
):
    session = session_now(delivery=delivery)
    with time_machine.travel(session.starts_at + MINUTE, tick=False):
        poll, place = poll_in(session), place_in(session, attending=attending)
        for choice in (0, 1):
            answer(poll, choice, place=place)

    found = PresenceEvidence.objects.filter(registration=place)
    assert [(each.source, each.session_id) for each in found] == [
        ("poll", session.pk) for _ in range(evidence)
    ]


def test_before_a_session_an_answer_proves_nothing(organisation):
    session = session_now(delivery="online")
    with time_machine.travel(session.starts_at - MINUTE, tick=False):
        answer(poll_in(session), 0)

    assert not PresenceEvidence.objects.exists()


def test_the_version_moves_with_what_is_seen_and_with_nothing_else(session):
    def versions():
        return tuple(version_of_audience(session, with_answers=each) for each in (False, True))

    poll, question = poll_in(session), asked(session)
    other = SessionFactory(activity=session.activity, after=90)
    seen = [versions()]
    asked(session, shown=False)
    seen.append(versions())
    vote_for_question(question, place_in(session), by=SYSTEM)
    seen.append(versions())
    quiet = versions()
    answer(poll, 0)
    assert versions()[0] == quiet[0], "the room sees no results yet"
    seen.append((versions()[1],) * 2)
    show_results(poll, is_shown=True, by=SYSTEM)
    seen.append(versions())
    answer(poll, 0)
    seen.append(versions())

    assert len({each[0] for each in seen}) == len({each[1] for each in seen}) == len(seen)
    last = versions()
    with time_machine.travel(other.starts_at, tick=False):
        asked(other)
    assert versions() == last


def test_a_presence_check_moves_the_version(organisation):
    session = session_now(delivery="online")
    with time_machine.travel(session.starts_at + MINUTE, tick=False):
        before = version_of_audience(session, with_answers=False)
        check = Question(session, session.starts_at, 3)
        ask_who_is_there(session.activity, check, by=SYSTEM)

        assert version_of_audience(session, with_answers=False) != before


def at_once(organisation, work):
    """The same work by many hands at once, each with its own connection."""
    start = threading.Barrier(HANDS)

    def hand(number):
        try:
            start.wait()
            with acting_in(organisation.pk):
                work(number)
        except Refused as refused:
            return refused.objection.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(HANDS) as pool:
        return sorted(pool.map(hand, range(HANDS)))


@pytest.mark.django_db(transaction=True)
def test_many_presses_at_once_are_one_vote_one_answer_and_one_open_poll():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        session = session_now()
    with time_machine.travel(session.starts_at + MINUTE, tick=False):
        with acting_in(organisation.pk):
            question, poll, place = asked(session), poll_in(session), place_in(session)
            others = [poll_in(session, is_open=False) for _ in range(HANDS)]
        voted = at_once(organisation, lambda _n: vote_for_question(question, place, by=SYSTEM))
        said = at_once(organisation, lambda n: answer_poll(poll, place, [n % 3], by=SYSTEM))
        with acting_in(organisation.pk):
            close_poll(poll, by=SYSTEM)
        opened = at_once(organisation, lambda n: open_poll(others[n], by=SYSTEM))

    assert voted == said == ["done"] * HANDS
    assert opened == ["audience_other_poll"] * (HANDS - 1) + ["done"]
    with acting_in(organisation.pk):
        assert QuestionVote.objects.count() == 1
        assert PollAnswer.objects.count() == 1
        assert AudiencePoll.objects.filter(state="open").count() == 1
        assert len(PollAnswer.objects.get().choices) == 1
