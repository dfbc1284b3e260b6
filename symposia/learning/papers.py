"""The files of lessons among everything that is kept of an activity."""

import uuid

from symposia.activities.vault import Paper, keeps_papers
from symposia.learning.models import Lesson


@keeps_papers("lessons")
def lessons_kept(activity_id: uuid.UUID) -> list[Paper]:
    """The files and captions that learners see now; files of content stand there already."""
    found = []
    for lesson in Lesson.objects.of(activity_id):
        for file in (None if lesson.item_id else lesson.file, lesson.captions):
            if file:
                title, at = lesson.title, file.made_at
                found.append(Paper("lessons", title, lesson.version, file, at, file.made_by_name))
    return found
