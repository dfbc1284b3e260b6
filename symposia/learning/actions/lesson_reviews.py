from django.db import transaction
from django.utils.timezone import now

from symposia.activities.actions.content_reviews import ReviewFacts
from symposia.activities.models import Activity
from symposia.activities.reviewed import reviewer_acting
from symposia.activities.reviewing import NOT_A_REVIEWER
from symposia.approvals.queries import person_behind
from symposia.audit.actions import record
from symposia.learning.digests import digest_of
from symposia.learning.events import LessonReviewed
from symposia.learning.models import Lesson, LessonReview
from symposia.learning.reviewing import (
    objection_to_lesson_reviewer,
    objection_to_lesson_verdict,
)
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if


@transaction.atomic
def review_lesson(
    lesson: Lesson, said: ReviewFacts, *, seen_digest: str, by: Actor
) -> LessonReview:
    """Judge a lesson as it is; only exactly what was judged is shown to learners."""
    activity = Activity.objects.locked(lesson.activity_id)
    lesson = Lesson.objects.with_content().get(pk=lesson.pk)
    reviewer = reviewer_acting(activity, by)

    refuse_if(objection_to_lesson_reviewer(lesson, reviewer, person_behind(by)))
    refuse_if(objection_to_lesson_verdict(said, seen=seen_digest, digest=digest_of(lesson)))

    review = LessonReview.objects.create(
        lesson=lesson,
        digest=seen_digest,
        reviewer_id=needed(reviewer, NOT_A_REVIEWER).contributor_id,
        verdict=said.verdict,
        checklist=dict(said.checklist),
        note=said.note.strip(),
        at=now(),
        by_name=by.name,
    )
    details = {"title": lesson.title, "verdict": said.verdict, "digest": seen_digest}
    record(by, "lesson.reviewed", review, reason=review.note, details=details)
    announce(LessonReviewed(lesson.pk, activity.pk, said.verdict))
    return review
