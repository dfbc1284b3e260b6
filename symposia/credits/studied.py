"""What studying says of credit: the lessons done, their minutes, and what is still missing."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from symposia.activities.models import Activity
from symposia.learning.models import Lesson
from symposia.learning.queries import completions_in, lesson_rows, progress_by_lesson
from symposia.learning.steps import CLAIM, asks_for_steps, missing_in, objection_before_step
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection


@dataclass(frozen=True)
class Studied:
    """How one learner stands with an activity that is studied instead of attended."""

    lessons: Sequence[Lesson]
    done: Mapping[uuid.UUID, datetime]
    # What has to be done before the claim, in the words of whoever keeps it.
    missing: Objection | None

    @property
    def completed_at(self) -> datetime | None:
        """When the last lesson was done, once all that is required is."""
        required = [each.pk for each in self.lessons if each.is_required]
        if not required or not set(required) <= set(self.done):
            return None
        return max(self.done[each] for each in required)


Reader = Callable[[uuid.UUID], Studied]


def studied_by(registration: Registration) -> Reader | None:
    """What one learner has studied, and nothing of anybody else; nothing where the activity is
    attended."""
    activity = registration.activity
    if not asks_for_steps(activity):
        return None
    progress = progress_by_lesson(registration)
    done = {pk: each.completed_at for pk, each in progress.items() if each.completed_at}
    missing = objection_before_step(registration, CLAIM)
    studied = Studied(list(lesson_rows(activity.pk)), done, missing)
    return lambda _registration_id: studied


def studied_in(activity: Activity) -> Reader | None:
    """Who has studied what, by registration, for everybody in few statements; nothing where the
    activity is attended."""
    if not asks_for_steps(activity):
        return None
    lessons = list(lesson_rows(activity.pk))
    done: Mapping[uuid.UUID, dict[uuid.UUID, Any]] = completions_in(activity)
    missing = missing_in(activity)

    def studied(registration_id: uuid.UUID) -> Studied:
        return Studied(lessons, done.get(registration_id, {}), missing(registration_id))

    return studied
