"""Who judges a lesson, and when a verdict on it is whole: as with any content of the activity."""

import uuid

from django.utils.translation import gettext_lazy as _

from symposia.activities.actions.content_reviews import ReviewFacts
from symposia.activities.reviewing import (
    NOT_A_REVIEWER,
    OWN_CONTENT,
    REVIEWER_NOT_CLEAR,
    Reviewer,
    objection_to_answers,
)
from symposia.learning.case_rules import CASE_TO_PUBLISH
from symposia.learning.models import Lesson
from symposia.shared.refusals import Objection

OTHER_LESSON = Objection(
    "lesson_changed", _("The lesson changed meanwhile. Look at it as it is now, then judge it.")
)


def objection_to_lesson_reviewer(
    lesson: Lesson, reviewer: Reviewer | None, person_id: uuid.UUID | None
) -> Objection | None:
    """A reviewer of the team who is clear, and who wrote none of it."""
    if reviewer is None or not reviewer.is_reviewer:
        return NOT_A_REVIEWER
    if lesson.lacks_case:
        return CASE_TO_PUBLISH
    if person_id in lesson.written_by:
        return OWN_CONTENT
    return None if reviewer.standing.condition == "clear" else REVIEWER_NOT_CLEAR


def objection_to_lesson_verdict(said: ReviewFacts, *, seen: str, digest: str) -> Objection | None:
    """A verdict is on the lesson as it is, answers every question, and a no is no acceptance."""
    if seen != digest:
        return OTHER_LESSON
    return objection_to_answers(verdict=said.verdict, checklist=said.checklist, note=said.note)
