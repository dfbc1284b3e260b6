"""Who may judge content, and when a verdict is whole. Pure: no query, no clock."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.activities.control import InControl
from symposia.activities.models import Activity, ContentItem, ContentVersion, Verdict
from symposia.activities.standards.reading import largest_content, review_questions
from symposia.shared.refusals import Objection

CONTENT_OVER = Objection("content_over", _("The activity is over: its content stays as it was."))
TITLE_OF_CONTENT = Objection("content_title", _("Say what it is, by a title of its own."))
TOO_LARGE = Objection("content_too_large", _("The file has more than %(megabytes)s megabytes."))
UNREADABLE = Objection(
    "content_unreadable",
    _("These slides cannot be read: %(why)s. Save them as a PDF or a PowerPoint file."),
)
SAME_FILE = Objection("same_content", _("This is the very file that is there already."))
NOT_A_REVIEWER = Objection(
    "not_a_reviewer", _("Only reviewers of this activity's team judge its content.")
)
REVIEWER_NOT_CLEAR = Objection(
    "reviewer_not_clear",
    _("A reviewer has disclosed and has no relationship that is not mitigated. Yours is open."),
)
OWN_CONTENT = Objection("own_content", _("Nobody reviews what they wrote or handed in."))
OLD_VERSION = Objection(
    "old_version", _("There is a newer file. A verdict is on the file that was looked at.")
)
UNANSWERED = Objection("review_unanswered", _("Answer every question of the checklist."))
NOT_ACCEPTABLE = Objection(
    "not_acceptable", _("It cannot be accepted while this is answered no: %(question)s")
)
CHANGES_NEED_WORDS = Objection("changes_need_words", _("Say what has to change."))
NO_SUCH_SLIDE = Objection(
    "no_such_slide",
    ngettext_lazy(
        "It has %(pages)s slide. Choose that one.",
        "It has %(pages)s slides. Choose one of them.",
        "pages",
    ),
)
EMPTY_COMMENT = Objection("empty_comment", _("Write what you mean."))
NOT_RELEASED = Objection("content_not_released", _("Not released by a reviewer yet: %(titles)s."))


@dataclass(frozen=True)
class Reviewer:
    """Somebody who may review: in the team for it or not, and how it stands with them."""

    contributor_id: uuid.UUID
    is_reviewer: bool
    standing: InControl


def objection_to_content(activity: Activity, title: str, titles: Sequence[str]) -> Objection | None:
    """A content item has a title of its own and belongs to an activity that is not over."""
    if activity.is_over:
        return CONTENT_OVER
    known = {each.casefold() for each in titles}
    return TITLE_OF_CONTENT if not title or title.casefold() in known else None


def objection_to_size(size: int) -> Objection | None:
    """A file is no larger than the standard of content review allows."""
    most = largest_content()
    return TOO_LARGE.about(megabytes=most // 1024**2) if size > most else None


def objection_to_version(
    activity: Activity, sha256: str, latest: ContentVersion | None
) -> Objection | None:
    """A new file is another one than the last."""
    if activity.is_over:
        return CONTENT_OVER
    return SAME_FILE if latest and latest.sha256 == sha256 else None


def objection_to_reviewer(
    item: ContentItem, version: ContentVersion, reviewer: Reviewer | None, actor_id: object
) -> Objection | None:
    """A reviewer of the team who is clear, and who neither wrote nor handed in the content."""
    if reviewer is None or not reviewer.is_reviewer:
        return NOT_A_REVIEWER
    if reviewer.contributor_id == item.contributor_id or actor_id == version.by_id:
        return OWN_CONTENT
    return None if reviewer.standing.condition == "clear" else REVIEWER_NOT_CLEAR


def objection_to_verdict(
    version: ContentVersion,
    latest: ContentVersion | None,
    *,
    verdict: str,
    checklist: Mapping[str, str],
    note: str,
) -> Objection | None:
    """A verdict is on the latest file, answers every question, and a no is no acceptance."""
    if latest is None or latest.pk != version.pk:
        return OLD_VERSION
    return objection_to_answers(verdict=verdict, checklist=checklist, note=note)


def objection_to_answers(
    *, verdict: str, checklist: Mapping[str, str], note: str
) -> Objection | None:
    """Every question of the checklist is answered, and a no is no acceptance."""
    for question in review_questions():
        answers = {"yes", "no", *(["na"] if question.may_not_apply else [])}
        if checklist.get(question.code) not in answers:
            return UNANSWERED
    if verdict == Verdict.CHANGES:
        return None if note.strip() else CHANGES_NEED_WORDS
    if verdict != Verdict.ACCEPTED:
        return UNANSWERED
    wrong = [q.title for q in review_questions() if checklist[q.code] == "no"]
    return NOT_ACCEPTABLE.about(question=wrong[0]) if wrong else None


def objection_to_comment(version: ContentVersion, *, slide: int, text: str) -> Objection | None:
    """A comment is about a slide that is there, and says something."""
    if not 1 <= slide <= version.pages:
        return NO_SUCH_SLIDE.about(pages=version.pages)
    return None if text.strip() else EMPTY_COMMENT
