"""What a lesson of a kind needs, and what its files are. Pure: bytes and facts, no query."""

from django.utils.translation import gettext_lazy as _

from symposia.activities.standards.reading import largest_content
from symposia.learning.media import IMAGES, OTHER, PDF, VIDEOS, is_captions, type_of
from symposia.learning.models import Lesson, LessonKind
from symposia.learning.scorm.objections import Unfit
from symposia.learning.scorm.reading import reading_package
from symposia.shared.refusals import Objection

# Bytes. A video is larger than slides are.
LARGEST_VIDEO = 300 * 1024 * 1024

NO_MINUTES = Objection("lesson_minutes", _("Say how many minutes it takes, from 1 to 600."))
NO_TEXT = Objection("lesson_text", _("Write the text of the lesson."))
NO_FILE = Objection("lesson_file", _("Hand in the file of the lesson."))
NO_ADDRESS = Objection("lesson_address", _("Enter the address that the link leads to."))
NO_VIDEO = Objection(
    "lesson_video", _("Hand in the file of the video, or enter the address where it is hosted.")
)
NO_CAPTIONS = Objection(
    "lesson_captions",
    _("A video needs captions (WebVTT) and a transcript: not everybody hears it."),
)
NO_TRANSCRIPT = Objection(
    "lesson_transcript", _("Enter the transcript: a hosted video is read where it cannot be heard.")
)
NO_LENGTH = Objection(
    "video_length",
    _("The file does not say how long the video lasts. Save it again as MP4 or WebM."),
)
NO_DESCRIPTION = Objection(
    "lesson_description", _("Say what the image shows, for whoever does not see it.")
)
OTHER_TYPE = Objection("lesson_file_type", _("This file is not %(wanted)s."))
FILE_TOO_LARGE = Objection("lesson_file_size", _("The file has more than %(megabytes)s megabytes."))
NOT_CAPTIONS = Objection(
    "not_captions", _("These captions cannot be read. Save them as WebVTT (.vtt).")
)

_WANTED = {
    LessonKind.VIDEO: (VIDEOS, _("a video (MP4 or WebM)")),
    LessonKind.PDF: (frozenset({PDF}), _("a PDF")),
    LessonKind.IMAGE: (IMAGES, _("an image (PNG or JPEG)")),
}


def objection_to_lesson_file(kind: str, content: bytes) -> Objection | None:
    """A file is what its kind says, and not too large."""
    if kind == LessonKind.SCORM:
        return objection_to_package(content)
    most = LARGEST_VIDEO if kind == LessonKind.VIDEO else largest_content()
    if len(content) > most:
        return FILE_TOO_LARGE.about(megabytes=most // 1024**2)
    types, wanted = _WANTED.get(LessonKind(kind), (frozenset({OTHER, type_of(content)}), ""))
    return None if type_of(content) in types else OTHER_TYPE.about(wanted=wanted)


def objection_to_package(content: bytes) -> Objection | None:
    """A package is SCORM, and nothing in it is anything but the files of a course."""
    try:
        with reading_package(content):
            return None
    except Unfit as unfit:
        return unfit.objection


def objection_to_captions(content: bytes) -> Objection | None:
    """Captions are WebVTT with at least one cue."""
    return None if is_captions(content) else NOT_CAPTIONS


def objection_to_lesson(lesson: Lesson) -> Objection | None:
    """A lesson has what its kind is made of, so that everybody can study it."""
    if not 1 <= lesson.minutes <= 600:
        return NO_MINUTES
    if lesson.kind == LessonKind.VIDEO:
        return _objection_to_video(lesson)
    if lesson.kind == LessonKind.CASE:
        # It is written by itself, in its steps.
        return None
    needs = {
        LessonKind.TEXT: (lesson.text.strip(), NO_TEXT),
        LessonKind.LINK: (lesson.address, NO_ADDRESS),
    }
    has, objection = needs.get(LessonKind(lesson.kind), (lesson.file_id, NO_FILE))
    if not has:
        return objection
    is_dumb = lesson.kind == LessonKind.IMAGE and not lesson.description.strip()
    return NO_DESCRIPTION if is_dumb else None


def _objection_to_video(lesson: Lesson) -> Objection | None:
    if lesson.file_id:
        if not lesson.seconds:
            return NO_LENGTH
        captioned = lesson.captions_id and lesson.transcript.strip()
        return None if captioned else NO_CAPTIONS
    if not lesson.address:
        return NO_VIDEO
    return None if lesson.transcript.strip() else NO_TRANSCRIPT
