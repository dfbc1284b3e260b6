"""What the lessons add to the readiness of an activity: each is released before people register."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.activities.facts import Fact, Reading, Stage, register_fact
from symposia.activities.models import Activity
from symposia.activities.reading import Batch, loaded_once, read_together
from symposia.learning.queries import (
    course_of,
    course_rows,
    lesson_rows,
    lessons_judged,
    requirement_rows,
    review_rows,
)
from symposia.shared.refusals import Objection

NO_LESSONS = Objection(
    "no_lessons", gettext_lazy("There is nothing to study yet. Add the first lesson.")
)
LESSONS_OPEN = Objection(
    "lessons_not_released", gettext_lazy("Not released by a reviewer yet: %(titles)s.")
)
CASES_OPEN = Objection(
    "cases_not_published", gettext_lazy("Not published by the author yet: %(titles)s.")
)


def _lessons(activity: Activity) -> Reading | None:
    if course_of(activity) is None:
        return None
    link = ("activity_course", [activity.pk])
    found = loaded_once(activity, lessons_judged)
    if not found:
        return Reading("blocked" if activity.is_approved_on else "waiting", NO_LESSONS, link)
    open_ones = [each.lesson.title for each in found if not each.is_released]
    if not activity.is_independent:
        open_ones = []
    unwritten = [each.lesson.title for each in found if each.lesson.lacks_case]
    if unwritten and not activity.is_over:
        objection = CASES_OPEN.about(titles=", ".join(unwritten))
        return Reading("blocked" if activity.is_approved_on else "waiting", objection, link)
    count = _("%(a)d of %(b)d") % {"a": len(found) - len(open_ones), "b": len(found)}
    if not open_ones or activity.is_over:
        return Reading("done", link=link, count=count)
    objection = LESSONS_OPEN.about(titles=", ".join(open_ones))
    return Reading("blocked" if activity.is_approved_on else "waiting", objection, link, count)


def register_content() -> None:
    """Nothing is offered that no reviewer released."""
    label = gettext_lazy("Lessons")
    register_fact(Fact("lessons", label, _lessons, frozenset({Stage.OPEN}), 47))
    read_together(Batch.RAIL, course_rows, requirement_rows, lesson_rows, review_rows)
