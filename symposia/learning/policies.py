from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.activities.lasting import is_enduring
from symposia.activities.models import Activity, EnduringTerm
from symposia.activities.models import State as ActivityState
from symposia.activities.repeating import said_day
from symposia.learning.case_rules import CASE_NOT_READY, objection_to_case_done
from symposia.learning.models import Course, Lesson, LessonKind, Module, Progress
from symposia.learning.package_rules import objection_to_package_done
from symposia.learning.standing import Ends, Standing, watched_percent
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection
from symposia.shared.times import day_at

NOT_ENDURING = Objection(
    "course_of_enduring",
    _("Lessons belong to enduring material. This activity takes place at a time."),
)
HAS_COURSE = Objection("has_course", _("This activity has its course already."))
COURSE_OVER = Objection("course_over", _("The activity is over: its lessons stay as they were."))
MODULE_TITLE = Objection("module_title", _("Give the module a title of its own."))
MODULE_HAS_LESSONS = Objection(
    "module_has_lessons", _("Move or remove its lessons first: %(titles)s.")
)
LESSON_TITLE = Objection("lesson_title", _("Give the lesson a title of its own."))
LESSON_STUDIED = Objection(
    "lesson_studied",
    _("Learners have studied this lesson; it stays on record. Make it voluntary instead."),
)
NO_COURSE = Objection("no_course", _("This activity has no lessons."))

NO_PLACE = Objection(
    "study_without_place", _("This place was given up. Register again to study the lessons.")
)
NOT_OFFERED = Objection("study_not_open", _("This activity is not open for studying now."))
NO_TERM = Objection(
    "study_without_term", _("The days of its release and termination are not settled yet.")
)
NOT_RELEASED_YET = Objection("study_too_early", _("It is released on %(day)s. Come back then."))
TERMINATED = Objection(
    "study_terminated",
    _("It was offered until %(day)s. What you finished until then stays yours."),
)
IN_REVIEW = Objection(
    "study_review_due",
    _(
        "Its content was to be reviewed by %(day)s and is not offered until that is done. "
        "Your progress is kept."
    ),
)
CONFIRM_FIRST = Objection(
    "confirm_first", _("Read what is told before the start, and confirm it once.")
)
CONFIRMED = Objection("study_confirmed", _("You have confirmed this already."))
SHOWN_OTHERWISE = Objection(
    "shown_otherwise", _("This changed while you were reading. Please read it again.")
)
LESSON_NOT_RELEASED = Objection(
    "lesson_not_released", _("A reviewer has not released this lesson yet. Come back later.")
)
LESSON_BEFORE = Objection("lesson_before", _("Finish “%(title)s” first."))
WATCH_MORE = Objection(
    "watch_more",
    _("%(seen)s%% of this video is watched; it counts from %(asked)s%%. Skipping does not count."),
)
SPEND_MORE = Objection(
    "spend_more", _("You were here for %(spent)s of about %(asked)s minutes. Take your time.")
)

# While it is offered; what is over keeps its records.
_STUDIED_IN = frozenset({ActivityState.OPEN, ActivityState.RUNNING})


def objection_to_course(activity: Activity, current: Course | None) -> Objection | None:
    """One course for each enduring activity."""
    if not is_enduring(activity):
        return NOT_ENDURING
    return HAS_COURSE if current else objection_to_authoring(activity)


def objection_to_authoring(activity: Activity) -> Objection | None:
    """Lessons change until the activity is over; each change of content is reviewed anew."""
    return COURSE_OVER if activity.is_past else None


def objection_to_module_title(title: str, others: Sequence[str]) -> Objection | None:
    """A module has a title that no other module of the activity has."""
    known = {each.casefold() for each in others}
    return MODULE_TITLE if not title or title.casefold() in known else None


def objection_to_removing_module(_module: Module, lessons: Sequence[str]) -> Objection | None:
    """An empty module is removed; its lessons are not lost with it."""
    return MODULE_HAS_LESSONS.about(titles=", ".join(lessons)) if lessons else None


def objection_to_removing_lesson(*, studied: bool) -> Objection | None:
    """What somebody studied is evidence."""
    return LESSON_STUDIED if studied else None


def objection_to_lesson_title(title: str, others: Sequence[str]) -> Objection | None:
    """A lesson has a title that no other lesson of the activity has."""
    known = {each.casefold() for each in others}
    return LESSON_TITLE if not title or title.casefold() in known else None


def objection_to_term(term: EnduringTerm | None, on: date) -> Objection | None:
    """Material is studied from its release to its last day, and while its review is not overdue."""
    if term is None:
        return NO_TERM
    if on < term.released_on:
        return NOT_RELEASED_YET.about(day=said_day(term.released_on))
    if on > term.ends_on:
        return TERMINATED.about(day=said_day(term.ends_on))
    if on > term.review_on:
        return IN_REVIEW.about(day=said_day(term.review_on))
    return None


def objection_to_place(registration: Registration) -> Objection | None:
    """Whoever has a place at what is offered studies it."""
    if not registration.is_confirmed:
        return NO_PLACE
    return None if registration.activity.state in _STUDIED_IN else NOT_OFFERED


def objection_to_beginning(standing: Standing, *, at: datetime) -> Objection | None:
    """Why this learner cannot begin at that moment: the place, the term, what comes before."""
    if standing.course is None:
        return NO_COURSE
    on = day_at(at, standing.activity.zone)
    return (
        objection_to_place(standing.registration)
        or objection_to_term(standing.term, on)
        or standing.before
    )


def objection_to_confirming(
    standing: Standing, *, shown: str, seen: str, at: datetime
) -> Objection | None:
    """What is confirmed is exactly what is shown, and once."""
    if standing.confirmation:
        return CONFIRMED
    if objection := objection_to_beginning(standing, at=at):
        return objection
    return None if shown == seen else SHOWN_OTHERWISE


def objection_to_studying(standing: Standing, lesson: Lesson, *, at: datetime) -> Objection | None:
    """Why this learner cannot study this lesson at that moment; what is done is read again."""
    if objection := objection_to_beginning(standing, at=at):
        return objection
    if standing.confirmation is None:
        return CONFIRM_FIRST
    if lesson.lacks_case or not standing.is_released(lesson):
        return CASE_NOT_READY if lesson.lacks_case else LESSON_NOT_RELEASED
    if standing.course and standing.course.is_ordered and not standing.is_done(lesson):
        return _out_of_order(standing, lesson)
    return None


def _out_of_order(standing: Standing, lesson: Lesson) -> Objection | None:
    for each in standing.lessons:
        if each.pk == lesson.pk:
            return None
        if each.is_required and not standing.is_done(each):
            return LESSON_BEFORE.about(title=each.title)
    return None


def objection_to_being_done(standing: Standing, lesson: Lesson) -> Objection | None:
    """What is missing before a learner is done with a lesson."""
    inside = objection_inside(lesson, standing.settings, standing.ends)
    return objection_to_completing(
        lesson, standing.progress.get(lesson.pk), standing.settings, inside=inside
    )


def objection_inside(lesson: Lesson, settings: Mapping[str, Any], ends: Ends) -> Objection | None:
    """What a case or a package itself says is missing."""
    if lesson.is_case:
        return objection_to_case_done(ends.cases.get(lesson.pk), settings["case_percent"])
    if lesson.kind == LessonKind.SCORM:
        return objection_to_package_done(ends.packages.get(lesson.pk))
    return None


def objection_to_completing(
    lesson: Lesson,
    progress: Progress | None,
    settings: Mapping[str, Any],
    *,
    inside: Objection | None,
) -> Objection | None:
    """A video counts as far as it was watched, a case or package once it was brought to its end,
    every lesson as far as time was asked for."""
    if inside:
        return inside
    watch, spend = settings["watch_percent"], settings["time_percent"]
    if lesson.is_watched and (seen := watched_percent(lesson, progress)) < watch:
        return WATCH_MORE.about(seen=seen, asked=watch)
    asked = lesson.minutes * 60 * spend / 100
    spent = progress.seconds if progress else 0
    if spent < asked:
        return SPEND_MORE.about(spent=spent // 60, asked=-(-int(asked) // 60))
    return None


def kind_shows(kind: str) -> tuple[str, ...]:
    """Which of a lesson's parts its kind has, beside the title, the text and the sources."""
    return {
        LessonKind.VIDEO: ("file", "address", "captions", "transcript"),
        LessonKind.PDF: ("file", "item"),
        LessonKind.IMAGE: ("file", "description"),
        LessonKind.LINK: ("address",),
        LessonKind.FILE: ("file", "item"),
        LessonKind.SCORM: ("file",),
        LessonKind.TEXT: (),
        LessonKind.CASE: (),
    }[LessonKind(kind)]
