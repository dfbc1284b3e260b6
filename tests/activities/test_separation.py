"""Marketing keeps its distance from accredited education, in time or in place."""

from datetime import timedelta

import pytest

from symposia.activities.actions.rules import check_rules
from symposia.activities.actions.sessions import SessionFacts, add_session, change_session
from symposia.activities.apart import asked_apart, facts_of_separation, too_near_in
from symposia.activities.facts import read_facts
from symposia.activities.models import Session
from symposia.activities.queries import frozen_of, rule_facts_of, rule_subject_of
from symposia.activities.separation import marketing_in, nearnesses, too_near
from symposia.compliance.actions.evaluating import state_facts
from symposia.compliance.queries import findings_of
from symposia.compliance.queries.evaluations import preview_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.activities.test_actions import EVENING, complete
from tests.factories.accounts import day_here

AT = EVENING


def slot(title, after, minutes, **more):
    starts = AT + timedelta(minutes=after)
    return Session(
        title=title,
        wall_starts=starts,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes),
        minutes=minutes,
        **more,
    )


def lesson(after=0, minutes=30, room="Hall A", **more):
    return slot("Stroke in 2027", after, minutes, room=room, **more)


def stand(after, minutes=15, room="Hall A"):
    return slot("Lunch symposium", after, minutes, room=room, is_marketing=True)


@pytest.mark.parametrize(
    ("agenda", "minutes"),
    [
        (lambda: [lesson(), stand(30)], [0]),
        (lambda: [lesson(), stand(59)], [29]),
        (lambda: [lesson(), stand(60)], [30]),
        (lambda: [stand(-45), lesson()], [30]),
        (lambda: [stand(-44), lesson()], [29]),
        (lambda: [lesson(), stand(10)], [0]),
        (lambda: [lesson(), stand(30, room="Foyer")], []),
        (lambda: [lesson(), stand(30, room="")], [0]),
        (lambda: [lesson(), stand(30, room="hall a")], [0]),
        (lambda: [lesson(is_break=True), stand(30)], []),
        (lambda: [lesson(), lesson(100), stand(50)], [20, 35]),
        (lambda: [lesson()], []),
    ],
    ids=[
        "right after",
        "29 minutes after",
        "30 minutes after",
        "30 minutes before",
        "29 minutes before",
        "at the same time",
        "in another room",
        "in a room that is not named yet",
        "the same room, written otherwise",
        "beside a break",
        "between two",
        "no marketing",
    ],
)
@pytest.mark.django_db
def test_minutes_between_marketing_and_education_in_one_space(organisation, agenda, minutes):
    assert [near.minutes for near in nearnesses(agenda())] == minutes


@pytest.mark.parametrize(("apart", "count"), [(20, 0), (21, 1), (35, 1), (36, 2)])
@pytest.mark.django_db
def test_what_is_nearer_than_asked_is_named(organisation, apart, count):
    assert len(too_near([lesson(), lesson(100), stand(50)], apart)) == count


@pytest.fixture
def planned(organisation):
    """An evening with a lesson in Hall A."""
    activity = complete()
    session = activity.sessions.get()
    session.room = "Hall A"
    session.save()
    return activity


def put(activity, after, room="Hall A", **more):
    last = activity.sessions.order_by("starts_at").last()
    at = last.wall_starts + timedelta(minutes=after)
    facts = SessionFacts("Lunch symposium", at, 15, 0, room=room, is_marketing=True, **more)
    activity.wall_ends = at + timedelta(hours=3)
    activity.ends_at = activity.starts_at + (activity.wall_ends - activity.wall_starts)
    activity.save()
    return add_session(activity, facts, by=SYSTEM)


def finding(activity):
    evaluation = check_rules(activity, by=SYSTEM)
    return next(f for f in findings_of(evaluation) if f.rule == "SI-9")


def agenda_of(activity):
    return next(k.reading for k in read_facts(activity) if k.fact.name == "agenda")


@pytest.mark.django_db
def test_the_distance_that_is_asked_is_dated_and_has_its_source(planned):
    asked = asked_apart(planned)

    assert (asked.value, asked.confidence) == ("30", "sourced")
    assert "Standard 5.2a" in asked.citation


@pytest.mark.django_db
def test_too_near_the_rule_blocks_and_the_rail_says_which_and_by_how_much(planned):
    minutes = planned.sessions.get().minutes
    put(planned, minutes + 29)

    assert finding(planned).result == "block"
    reading = agenda_of(planned)
    assert reading.state == "blocked"
    assert "“Lunch symposium” is 29 minutes from" in str(reading.objection)
    assert "30 are asked" in str(reading.objection)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "room"), [(30, "Hall A"), (0, "Foyer")], ids=["far enough", "in another room"]
)
def test_apart_in_time_or_in_place_the_rule_is_content(planned, more, room):
    put(planned, planned.sessions.get().minutes + more, room=room)

    assert finding(planned).result == "pass"
    assert too_near_in(planned)[0] == []
    assert agenda_of(planned).state == "done"


@pytest.mark.django_db
def test_what_the_agenda_shows_counts_more_than_what_somebody_said(planned):
    assert facts_of_separation(planned.pk) == {}
    put(planned, planned.sessions.get().minutes)

    assert facts_of_separation(planned.pk) == {
        "marketing_alongside": True,
        "marketing_shares_space": True,
        "minutes_from_marketing": 0,
    }


@pytest.mark.django_db
def test_what_the_agenda_answers_is_asked_of_nobody(planned):
    subject, today = rule_subject_of(planned), day_here()
    state_facts(subject, {"marketing_alongside": False}, facts=rule_facts_of(planned), by=SYSTEM)
    assert "marketing_alongside" in preview_of(subject, rule_facts_of(planned), today).still_asked

    put(planned, planned.sessions.get().minutes)

    preview = preview_of(rule_subject_of(planned), rule_facts_of(planned), today)
    assert not {"marketing_alongside", "minutes_from_marketing"} & preview.still_asked.keys()
    assert preview.facts["marketing_alongside"] is True


@pytest.mark.django_db
def test_no_minute_of_marketing_counts_for_credit(planned):
    session = planned.sessions.get()
    facts = SessionFacts(session.title, session.wall_starts, 30, 30, is_marketing=True)

    with pytest.raises(Refused) as refused:
        change_session(session, facts, seen_version=session.version, by=SYSTEM)

    assert refused.value.objection.code == "marketing_counts_nothing"


@pytest.mark.django_db
def test_whoever_signs_reads_that_a_session_is_marketing(planned):
    assert all("marketing" not in each for each in frozen_of(planned)["sessions"])
    put(planned, planned.sessions.get().minutes + 30)

    assert [each.get("marketing") for each in frozen_of(planned)["sessions"]] == [None, "yes"]


@pytest.mark.django_db
def test_a_meeting_of_a_company_is_not_held_to_the_standard_of_education(organisation):
    activity = complete(mode="scientific")
    put(activity, activity.sessions.get().minutes)

    assert too_near_in(activity) == ([], None)
    assert facts_of_separation(activity.pk) == {}
    assert len(marketing_in(list(activity.sessions.all()))) == 1
