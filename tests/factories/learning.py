"""A course that learners study: enduring, open, with lessons that a reviewer released."""

from datetime import timedelta

from django.utils.timezone import now

from symposia.activities.actions.content_reviews import Upload
from symposia.activities.models import EnduringTerm
from symposia.demonstration.packages import package
from symposia.learning.actions.courses import add_module, begin_course
from symposia.learning.actions.lessons import LessonFacts, add_lesson
from symposia.learning.digests import digest_of
from symposia.learning.models import LessonReview
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import day_here
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.assessment import EvaluationFormFactory
from tests.factories.team import ContributorFactory

VTT = b"WEBVTT\n\n00:00.000 --> 00:04.000\nThe first words.\n"


def mp4(seconds=100):
    """The head of a video that says how long it lasts; nothing of it plays."""
    head = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
    numbers = (0, 0, 1000, seconds * 1000)
    times = b"".join(each.to_bytes(4, "big") for each in numbers)
    return head + b"\x00\x00\x00\x6cmvhd" + b"\x00" * 4 + times + b"\x00" * 80


def enduring(state="open", **facts):
    """An activity that is studied from the day before yesterday for a year."""
    wall = (now() - timedelta(days=2)).replace(tzinfo=None, second=0, microsecond=0)
    made = ActivityFactory(
        state=state,
        type="internet_enduring",
        wall_starts=wall,
        minutes=365 * 24 * 60,
        delivery="online",
        **facts,
    )
    SessionFactory(activity=made, minutes=60)
    today = day_here()
    EnduringTerm.objects.create(
        activity=made,
        released_on=today - timedelta(days=2),
        review_on=today + timedelta(days=300),
        ends_on=today + timedelta(days=364),
    )
    return made


def released(lesson):
    """What a reviewer accepted, as it is."""
    LessonReview.objects.create(
        lesson=lesson,
        digest=digest_of(lesson),
        reviewer=ContributorFactory(),
        verdict="accepted",
        checklist={},
        by_name="Dr Reviewer",
    )
    return lesson


def text(title="Reading the trace", minutes=20, **facts):
    """A lesson of words."""
    return LessonFacts("text", title, minutes, text="# First\n\nWords.", **facts)


def video(title="The talk", minutes=40, seconds=100, **facts):
    """A lesson with a captioned video."""
    return LessonFacts(
        "video",
        title,
        minutes,
        transcript="The first words.",
        file=Upload("talk.mp4", mp4(seconds)),
        captions=Upload("talk.vtt", VTT),
        **facts,
    )


def course_with(*lessons, activity=None, is_released=True):
    """The course of an activity, its lessons in one module."""
    activity = activity or enduring()
    EvaluationFormFactory(activity=activity)
    course = begin_course(activity, by=SYSTEM)
    module = add_module(course, "First module", by=SYSTEM)
    made = [add_lesson(module, facts, by=SYSTEM) for facts in lessons]
    for each in made if is_released else []:
        released(each)
    return course, made


def scorm(standard="1.2", title="Images before clocks", content=None, minutes=20, **facts):
    """A lesson that is a package, made for the demonstration where none is given."""
    file = Upload("course.zip", content or package(standard))
    return LessonFacts("scorm", title, minutes, file=file, **facts)
