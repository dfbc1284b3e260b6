"""The content of an activity: its items, their versions, and which of them are released."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from symposia.activities.control import contributor_acting, standing_of
from symposia.activities.models import (
    Activity,
    ContentItem,
    ContentReview,
    ContentVersion,
    SlideComment,
    Standing,
    TeamMember,
    TeamRole,
    Verdict,
)
from symposia.activities.reading import rows_of
from symposia.activities.reviewing import Reviewer
from symposia.shared.actors import Actor


@dataclass(frozen=True)
class Content:
    """A content item with its versions, the latest first, and what reviewers said of the latest."""

    item: ContentItem
    versions: Sequence[ContentVersion] = field(default=())
    reviews: Sequence[ContentReview] = field(default=())

    @property
    def latest(self) -> ContentVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def is_released(self) -> bool:
        """The latest file, and no other, has been accepted by its last review."""
        if self.latest is None or not self.reviews:
            return False
        last = self.reviews[0]
        return last.verdict == Verdict.ACCEPTED and last.sha256 == self.latest.sha256

    @property
    def condition(self) -> str:
        if self.latest is None:
            return Standing.MISSING
        if self.is_released:
            return Standing.RELEASED
        return Standing.CHANGES if self.reviews else Standing.WAITING


def contents_of(activity: Activity) -> list[Content]:
    """Every content item of an activity with its versions and reviews."""
    return _together(
        rows_of(activity.pk, item_rows),
        rows_of(activity.pk, version_rows),
        rows_of(activity.pk, review_rows),
    )


def item_rows(activity_id: uuid.UUID) -> QuerySet[ContentItem]:
    """The content items of an activity, by title."""
    return ContentItem.objects.of(activity_id)


def version_rows(activity_id: uuid.UUID) -> QuerySet[ContentVersion]:
    """Their versions, the latest first."""
    rows = ContentVersion.objects.filter(item__activity=activity_id).select_related("file")
    return rows.order_by("-number", "pk")


def review_rows(activity_id: uuid.UUID) -> QuerySet[ContentReview]:
    """What reviewers said of them, the latest first."""
    rows = ContentReview.objects.filter(version__item__activity=activity_id)
    return rows.select_related("version").order_by("-at", "-pk")


def contents_by(items: Iterable[ContentItem]) -> list[Content]:
    """Some content items as they stand."""
    return _contents(list(items))


def content_of(item: ContentItem) -> Content:
    """One content item as it stands."""
    return _contents([item])[0]


def _contents(items: Sequence[ContentItem]) -> list[Content]:
    if not items:
        return []
    versions = ContentVersion.objects.filter(item__in=[i.pk for i in items])
    reviews = ContentReview.objects.filter(version__item__in=[i.pk for i in items])
    return _together(
        items,
        versions.select_related("file").order_by("-number", "pk"),
        reviews.select_related("version").order_by("-at", "-pk"),
    )


def _together(
    items: Sequence[ContentItem],
    handed_in: Iterable[ContentVersion],
    said: Iterable[ContentReview],
) -> list[Content]:
    """Items with all their versions; of reviews those of the latest version alone."""
    versions: dict[uuid.UUID, list[ContentVersion]] = {}
    for version in handed_in:
        versions.setdefault(version.item_id, []).append(version)
    latest = {found[0].pk for found in versions.values()}
    reviews: dict[uuid.UUID, list[ContentReview]] = {}
    for review in said:
        if review.version_id in latest:
            reviews.setdefault(review.version.item_id, []).append(review)
    return [Content(i, versions.get(i.pk, ()), reviews.get(i.pk, ())) for i in items]


def comments_on(version: ContentVersion) -> list[SlideComment]:
    """What was said of single slides, slide by slide."""
    return list(SlideComment.objects.filter(version=version).order_by("slide", "at", "pk"))


def reviewer_acting(activity: Activity, by: Actor) -> Reviewer | None:
    """Whoever acts as a reviewer of this activity, with how it stands with their disclosure."""
    own = contributor_acting(by)
    if own is None:
        return None
    roles = TeamMember.objects.filter(activity=activity, contributor=own, role=TeamRole.REVIEWER)
    return Reviewer(own.pk, roles.exists(), standing_of(activity, own))


def version_of_file(file_id: uuid.UUID) -> ContentVersion | None:
    """Of which content a file is a version."""
    rows = ContentVersion.objects.select_related("item__activity")
    return rows.filter(file=file_id).first()
