"""From the first page to the last lesson: what is kept, what counts, what is refused and why."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.activities.models import EnduringTerm
from symposia.audit.models import Entry
from symposia.learning.actions.courses import CourseFacts, change_course
from symposia.learning.actions.lessons import change_lesson
from symposia.learning.actions.studying import (
    Told,
    complete_lesson,
    confirm_start,
    keep_studying,
)
from symposia.learning.models import Progress, StudyEntry
from symposia.learning.notice import notice_of
from symposia.learning.standing import standing_of
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here
from tests.factories.learning import course_with, enduring, released, text, video
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def lessons(organisation):
    _course, made = course_with(video(), text())
    return made


@pytest.fixture
def learner(lessons):
    return begun(RegistrationFactory(activity=lessons[0].activity))


def begun(registration, minutes_ago=60):
    """Somebody who confirmed what is told before the start."""
    with time_machine.travel(now() - timedelta(minutes=minutes_ago)):
        seen = notice_of(registration.activity).sha256
        confirm_start(registration, seen=seen, by=SYSTEM)
    return registration


def told(seconds=15, *, ago=0, kind="heard", **facts):
    return Told(uuid.uuid4(), kind, now() - timedelta(seconds=ago), seconds, **facts)


def hear(learner, lesson, *things):
    return keep_studying(learner, lesson, things, by=SYSTEM)


def codes(heard):
    return [each.objection.code if each.objection else "" for each in heard]


def watched(learner, lesson, until, *, since=0, ago=0):
    """A video played from one second to another, told every quarter of a minute."""
    steps = range(since, until, 15)
    things = [
        told(15, ago=ago + until - at, watched_from=at, watched_to=min(at + 15, until))
        for at in steps
    ]
    return hear(learner, lesson, *things)


def test_what_is_shown_before_the_start_is_kept_as_it_was(learner):
    standing = standing_of(learner)

    titles = [each["title"] for each in standing.confirmation.shown]
    assert {"Provider", "Funding", "Credit", "Estimated time", "Offered"} <= set(titles)
    assert "About 60 minutes." in str(standing.confirmation.shown)


def test_what_changed_while_it_was_read_is_read_again(lessons):
    registration = RegistrationFactory(activity=lessons[0].activity)
    seen = notice_of(registration.activity).sha256
    released(change_lesson(lessons[1], text(minutes=30), seen_version=1, by=SYSTEM))

    with pytest.raises(Refused) as refused:
        confirm_start(registration, seen=seen, by=SYSTEM)

    assert refused.value.objection.code == "shown_otherwise"


def test_it_is_confirmed_once(learner):
    with pytest.raises(Refused) as refused:
        confirm_start(learner, seen="", by=SYSTEM)

    assert refused.value.objection.code == "study_confirmed"


def test_nothing_counts_before_it_was_confirmed(lessons):
    registration = RegistrationFactory(activity=lessons[0].activity)

    assert codes(hear(registration, lessons[0], told())) == ["confirm_first"]
    assert not StudyEntry.objects.exists()


def test_the_same_entry_is_one_however_often_it_comes(learner, lessons):
    once = told(10, place=7)

    assert codes(hear(learner, lessons[0], once)) == [""]
    assert codes(hear(learner, lessons[0], once, told(5, ago=100))) == ["", ""]

    progress = Progress.objects.get()
    assert (progress.seconds, progress.place) == (15, 7)
    assert StudyEntry.objects.count() == 2


def test_the_same_entry_twice_in_one_batch_is_one(learner, lessons):
    once = told(10, place=7)

    assert codes(hear(learner, lessons[0], once, once)) == ["", ""]

    assert StudyEntry.objects.count() == 1


def test_two_devices_at_the_same_moment_count_once(learner, lessons):
    hear(learner, lessons[0], told(60, ago=10))
    hear(learner, lessons[0], told(60, ago=0))

    assert Progress.objects.get().seconds == 70


def test_what_a_dead_network_kept_back_counts_when_it_comes(learner, lessons):
    hear(learner, lessons[0], told(15, ago=0, place=90))
    hear(learner, lessons[0], told(15, ago=1200, place=30))

    progress = Progress.objects.get()
    assert progress.seconds == 30
    # The latest moment, not the latest message, says where to go on.
    assert progress.place == 90


def test_a_clock_that_is_ahead_earns_nothing_more(learner, lessons):
    hear(learner, lessons[0], told(60, ago=-5000), told(60, ago=-9000))

    assert Progress.objects.get().seconds == 60


def test_skipping_to_the_end_is_not_watching(learner, lessons):
    hear(learner, lessons[0], told(10, watched_from=0, watched_to=100))

    with pytest.raises(Refused) as refused:
        complete_lesson(learner, lessons[0], by=SYSTEM)

    assert str(refused.value) == (
        "22% of this video is watched; it counts from 90%. Skipping does not count."
    )


def test_a_video_that_was_watched_in_parts_is_done(learner, lessons):
    watched(learner, lessons[0], 60, ago=600)
    watched(learner, lessons[0], 92, since=45)

    complete_lesson(learner, lessons[0], by=SYSTEM)

    standing = standing_of(learner)
    assert standing.is_done(lessons[0])
    assert standing.watched_percent(lessons[0]) == 92
    assert standing.next == lessons[1]
    assert Entry.objects.filter(action="lesson.completed").count() == 1


def test_lessons_open_in_their_order(learner, lessons):
    assert codes(hear(learner, lessons[1], told())) == ["lesson_before"]


def test_in_a_free_order_any_lesson_opens(learner, lessons):
    course = standing_of(learner).course
    change_course(course, CourseFacts(is_ordered=False), seen_version=1, by=SYSTEM)

    assert codes(hear(learner, lessons[1], told())) == [""]


def test_what_no_reviewer_released_is_not_studied(organisation):
    _course, (lesson,) = course_with(text(), is_released=False)
    learner = begun(RegistrationFactory(activity=lesson.activity))

    assert codes(hear(learner, lesson, told())) == ["lesson_not_released"]


def test_another_content_waits_for_another_review(learner, lessons):
    watched(learner, lessons[0], 100)
    complete_lesson(learner, lessons[0], by=SYSTEM)
    changed = change_lesson(lessons[1], text(sources="A paper"), seen_version=1, by=SYSTEM)

    assert codes(hear(learner, changed, told())) == ["lesson_not_released"]

    released(changed)
    assert codes(hear(learner, changed, told())) == [""]


@pytest.mark.parametrize(
    ("field", "days", "code"),
    [
        ("released_on", 1, "study_too_early"),
        ("review_on", -1, "study_review_due"),
        ("ends_on", -1, "study_terminated"),
    ],
)
def test_the_term_is_kept(learner, lessons, field, days, code):
    with time_machine.travel(now().replace(hour=17, minute=0)):
        day = day_here() + timedelta(days=days)
        rows = EnduringTerm.objects.filter(activity=learner.activity)
        rows.update(released_on=day - timedelta(days=9), ends_on=day + timedelta(days=9))
        rows.update(**{"review_on": day_here() + timedelta(days=5)} | {field: day})

        assert codes(hear(learner, lessons[0], told())) == [code]


def test_whoever_gave_up_the_place_studies_no_more(learner, lessons):
    cancel_registration(Registration.objects.get(pk=learner.pk), reason="", by=SYSTEM)

    assert codes(hear(learner, lessons[0], told())) == ["study_without_place"]


def test_an_activity_that_is_not_open_is_not_studied(organisation):
    _course, (lesson,) = course_with(text(), activity=enduring(state="approved"))
    learner = RegistrationFactory(activity=lesson.activity)

    assert codes(hear(learner, lesson, told())) == ["study_not_open"]
