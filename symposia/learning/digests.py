"""What a reviewer judges of a lesson, as one hash: anything else that is shown is another one."""

import hashlib
import json

from symposia.learning.models import Lesson


def digest_of(lesson: Lesson) -> str:
    """The hash of everything of a lesson that learners see; its files and its case
    count by their own hash."""
    shown = [
        *(lesson.kind, lesson.title, lesson.text, lesson.address, lesson.transcript),
        *(lesson.description, lesson.sources),
        lesson.file.sha256 if lesson.file else "",
        lesson.captions.sha256 if lesson.captions else "",
    ]
    if lesson.is_case and lesson.case:
        shown.append(lesson.case.sha256)
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()
