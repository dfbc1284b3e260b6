"""A learner goes through a case: every step is kept, twice is once, the end counts."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.learning.actions.case_runs import ask_for_finding, begin_case_run, decide_in_case
from symposia.learning.actions.cases import publish_case, write_case
from symposia.learning.actions.studying import complete_lesson, confirm_start
from symposia.learning.cases.paths import paths_in
from symposia.learning.cases.reading import case_of
from symposia.learning.models import (
    CaseMove,
    CaseResult,
    CaseRun,
    Lesson,
    Progress,
    Requirement,
)
from symposia.learning.notice import notice_of
from symposia.learning.standing import standing_of
from symposia.learning.steps import steps_of
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import Refused
from tests.factories.cases import case_lesson, document
from tests.factories.learning import released
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(organisation):
    return case_lesson()


def placed(lesson):
    place = RegistrationFactory(activity=lesson.activity)
    confirm_start(place, seen=notice_of(lesson.activity).sha256, by=by(place))
    return place


@pytest.fixture
def place(lesson):
    return placed(lesson)


def by(place):
    return Actor("link", place.pk, place.clinician.called)


def decide(place, lesson, *choices):
    for step, choice in choices:
        playing = decide_in_case(place, lesson, step, choice, by=by(place))
    return playing


def refusal(act, *args):
    with pytest.raises(Refused) as refused:
        act(*args)
    return refused.value.objection.code


def test_a_case_brought_to_its_end_is_a_lesson_done(lesson, place):
    begin_case_run(place, lesson, by=by(place))
    ask_for_finding(place, lesson, "s1", "f1", by=by(place))
    playing = decide(place, lesson, ("s1", "o1"), ("s2", "o1"))

    assert playing.is_over
    result = CaseResult.objects.get()
    assert (result.ending_code, result.outcome, result.points) == ("e1", "good", 9)
    assert (result.percent, result.minutes) == (90, 15)
    assert Progress.objects.get().completed_at
    assert standing_of(place).is_complete
    assert [s.stand.is_done for s in steps_of(place) if s.kind.code == "content"] == [True]
    moves = CaseMove.objects.order_by("position").values_list("kind", "choice_code", "next_code")
    assert list(moves) == [("asked", "f1", ""), ("decided", "o1", "s2"), ("decided", "o1", "e1")]
    assert Entry.objects.filter(action="case_step.decided").count() == 2


def test_what_is_sent_twice_is_once(lesson, place):
    first = begin_case_run(place, lesson, by=by(place))
    assert begin_case_run(place, lesson, by=by(place)) == first
    for _twice in range(2):
        ask_for_finding(place, lesson, "s1", "f1", by=by(place))
    for _twice in range(2):
        decide(place, lesson, ("s1", "o1"))

    assert CaseMove.objects.count() == 2


def test_what_was_decided_stays(lesson, place):
    begin_case_run(place, lesson, by=by(place))
    decide(place, lesson, ("s1", "o1"))

    assert refusal(decide, place, lesson, ("s1", "o2")) == "case_went_on"
    assert refusal(decide, place, lesson, ("s2", "o9")) == "case_no_such_choice"
    decide(place, lesson, ("s2", "o2"))
    assert refusal(decide, place, lesson, ("s2", "o1")) == "case_over"
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseMove.objects.update(choice_code="o2")


def test_before_it_is_begun_nothing_is_decided(lesson, place):
    assert refusal(decide, place, lesson, ("s1", "o1")) == "case_not_begun"


def test_whoever_has_not_read_what_is_told_before_does_not_begin(lesson):
    place = RegistrationFactory(activity=lesson.activity)

    assert refusal(lambda: begin_case_run(place, lesson, by=by(place))) == "confirm_first"


def test_a_case_that_nobody_published_is_not_ready(organisation):
    lesson = case_lesson(is_published=False)
    place = placed(lesson)

    assert refusal(lambda: begin_case_run(place, lesson, by=by(place))) == "case_not_ready"


def test_a_case_is_not_done_by_a_button(lesson, place):
    assert refusal(lambda: complete_lesson(place, lesson, by=by(place))) == "case_not_ended"


def test_where_a_score_is_asked_for_the_best_run_counts(lesson, place):
    asked = {"watch_percent": 90, "time_percent": 0, "case_percent": 80}
    Requirement.objects.filter(kind="content").update(settings=asked)
    begin_case_run(place, lesson, by=by(place))
    decide(place, lesson, ("s1", "o2"), ("s2", "o2"))
    assert Progress.objects.get().completed_at is None
    assert refusal(lambda: complete_lesson(place, lesson, by=by(place))) == "case_score"

    again = begin_case_run(place, lesson, by=by(place))
    decide(place, lesson, ("s1", "o1"), ("s2", "o1"))

    assert again.number == 2
    assert Progress.objects.get().completed_at
    assert standing_of(place).ends.cases == {lesson.pk: 100}


def test_whoever_began_finishes_the_version_that_they_began(lesson, place):
    begin_case_run(place, lesson, by=by(place))
    case = case_of(lesson)
    write_case(case, document(s2={"title": "Much later"}), seen_version=2, by=SYSTEM)
    publish_case(case, seen_version=3, by=SYSTEM)
    later = Lesson.objects.with_content().get(pk=lesson.pk)
    assert refusal(decide, place, later, ("s1", "o1")) == "lesson_not_released"
    released(later)

    playing = decide(place, later, ("s1", "o1"))

    assert playing.walk.here.step.title == "An hour later"
    newcomer = placed(later)
    assert begin_case_run(newcomer, later, by=by(newcomer)).case_version.number == 2


def test_the_time_between_decisions_counts_as_studied(lesson, place, time_machine):
    begin_case_run(place, lesson, by=by(place))
    time_machine.move_to(now() + timedelta(seconds=40))

    decide(place, lesson, ("s1", "o1"))

    assert 35 <= Progress.objects.get().seconds <= 45


def test_ways_are_counted_of_who_goes_for_the_first_time(lesson, django_assert_num_queries):
    for number in range(4):
        place = placed(lesson)
        for _time in range(2 if number == 0 else 1):
            begin_case_run(place, lesson, by=by(place))
            decide(place, lesson, ("s1", "o1"), ("s2", "o1"))

    with django_assert_num_queries(3):
        paths = paths_in(lesson.case, CaseRun.objects.all())

    assert (paths.begun, paths.percent) == (4, 100)
    assert paths.by_step["e1"].came == 4
    assert paths.by_step["s1"].by("o2") == 0
