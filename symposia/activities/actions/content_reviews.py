import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.actions.amending import ask_again
from symposia.activities.events import ActivityChanged, ContentReviewed
from symposia.activities.models import (
    Activity,
    ContentItem,
    ContentReview,
    ContentVersion,
    Contributor,
    Session,
    SlideComment,
)
from symposia.activities.reviewed import content_of, reviewer_acting
from symposia.activities.reviewing import (
    NOT_A_REVIEWER,
    UNREADABLE,
    objection_to_comment,
    objection_to_content,
    objection_to_reviewer,
    objection_to_size,
    objection_to_verdict,
    objection_to_version,
)
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, refuse_if
from symposia.work.apart import Unreadable
from symposia.work.files import store_file
from symposia.work.slides import Slides, look_into_slides

PURPOSE = "content"
TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@dataclass(frozen=True)
class Upload:
    """A file as it was handed in."""

    name: str
    content: bytes


@transaction.atomic
def expect_content(
    activity: Activity,
    contributor: Contributor,
    title: str,
    *,
    by: Actor,
    session: Session | None = None,
) -> ContentItem:
    """Ask a person for something that learners will see: slides, a handout."""
    activity = Activity.objects.locked(activity.pk)
    title = " ".join(title.split())[:200]
    titles = list(ContentItem.objects.of(activity).values_list("title", flat=True))

    refuse_if(objection_to_content(activity, title, titles))

    item = ContentItem.objects.create(
        activity=activity, contributor=contributor, session=session, title=title
    )
    record(by, "content.expected", item, details={"title": title, "name": contributor.name})
    announce(ActivityChanged(activity.pk, ("content",)))
    return item


def hand_in_content(item: ContentItem, upload: Upload, *, by: Actor) -> ContentVersion:
    """Look into a file in a process of its own, then keep it as the next version."""
    refuse_if(objection_to_size(len(upload.content)))
    try:
        seen = look_into_slides(upload.content)
    except Unreadable as wrong:
        raise Refused(UNREADABLE.about(why=str(wrong))) from wrong
    return keep_content(item, upload, seen, by=by)


@transaction.atomic
def keep_content(item: ContentItem, upload: Upload, seen: Slides, *, by: Actor) -> ContentVersion:
    """Keep a file that was looked into; what reviewers said of the one before does not count."""
    activity = Activity.objects.locked(item.activity_id)
    sha256 = hashlib.sha256(upload.content).hexdigest()
    known = content_of(item)

    refuse_if(objection_to_version(activity, sha256, known.latest))

    file = store_file(
        upload.content,
        name=upload.name,
        content_type=TYPES[seen.format],
        purpose=PURPOSE,
        by=by,
        subject_id=item.pk,
    )
    version = ContentVersion.objects.create(
        item=item,
        number=len(known.versions) + 1,
        file=file,
        sha256=sha256,
        format=seen.format,
        pages=seen.pages,
        fonts_missing=", ".join(seen.fonts),
        by_id=by.id,
        by_name=by.name,
    )
    details = {"number": version.number, "pages": seen.pages, "sha256": sha256}
    record(by, "content.handed_in", version, details=details)
    announce(ActivityChanged(activity.pk, ("content",)))
    ask_again(activity, by=by)
    return version


@dataclass(frozen=True)
class ReviewFacts:
    """What a reviewer says: the verdict, an answer to each question, and in words what is wrong."""

    verdict: str
    checklist: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@transaction.atomic
def review_content(version: ContentVersion, said: ReviewFacts, *, by: Actor) -> ContentReview:
    """Judge one file; only the very file that was judged is released."""
    item = version.item
    activity = Activity.objects.locked(item.activity_id)
    reviewer = reviewer_acting(activity, by)
    latest = content_of(item).latest

    refuse_if(objection_to_reviewer(item, version, reviewer, by.id))
    if reviewer is None:
        raise Refused(NOT_A_REVIEWER)
    refuse_if(
        objection_to_verdict(
            version, latest, verdict=said.verdict, checklist=said.checklist, note=said.note
        )
    )

    review = ContentReview.objects.create(
        version=version,
        sha256=version.sha256,
        reviewer_id=reviewer.contributor_id,
        verdict=said.verdict,
        checklist=dict(said.checklist),
        note=said.note.strip(),
        at=now(),
        by_name=by.name,
    )
    details = {"title": item.title, "verdict": said.verdict, "sha256": version.sha256}
    record(by, "content.reviewed", review, reason=review.note, details=details)
    announce(ContentReviewed(activity.pk, item.pk, said.verdict))
    return review


@transaction.atomic
def comment_on_slide(version: ContentVersion, *, slide: int, text: str, by: Actor) -> SlideComment:
    """Say something about one slide."""
    item = version.item
    activity = Activity.objects.locked(item.activity_id)

    refuse_if(objection_to_reviewer(item, version, reviewer_acting(activity, by), by.id))
    refuse_if(objection_to_comment(version, slide=slide, text=text))

    comment = SlideComment.objects.create(
        version=version, slide=slide, text=text.strip(), by_name=by.name
    )
    record(by, "content.commented", comment, details={"title": item.title, "slide": slide})
    announce(ActivityChanged(activity.pk, ("content",)))
    return comment
