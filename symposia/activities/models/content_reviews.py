import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models.activities import Activity
from symposia.activities.models.sessions import Session
from symposia.activities.models.team import Contributor
from symposia.activities.wall import Subject
from symposia.shared.tenancy import Key, TenantModel


class ContentItemQuerySet(models.QuerySet["ContentItem"]):
    def visible_to(self, access: Access) -> Self:
        permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
        seen = Activity.objects.visible_to(access, permission, subject=Subject.CONTENT)
        return self.filter(activity__in=seen)

    def of(self, activity: Activity | uuid.UUID) -> Self:
        rows = self.filter(activity=activity).select_related("contributor", "session")
        return rows.order_by("title", "pk")

    def search(self, text: str) -> Self:
        return self.filter(Q(title__icontains=text) | Q(contributor__name__icontains=text))


class ContentItem(TenantModel):
    """Something that learners will see: the slides of a session, a handout, an article."""

    activity = Key(Activity)
    session = Key(Session, null=True, blank=True)
    contributor = Key(Contributor)
    title = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ContentItemQuerySet] = ContentItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "title"], name="one_content_item_per_title"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ContentVersion(TenantModel):
    """One file of a content item, with what was seen in it."""

    APPEND_ONLY = True

    item = Key(ContentItem, related_name="versions")
    number = models.PositiveIntegerField()
    file = Key("work.StoredFile")
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=8)
    pages = models.PositiveIntegerField()
    # Fonts the file names but does not carry: it may look different elsewhere.
    fonts_missing = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "item", "number"], name="one_content_version_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Verdict(models.TextChoices):
    """What a reviewer says of a version."""

    ACCEPTED = "accepted", _("Accepted")
    CHANGES = "changes", _("Changes needed")


class ContentReview(TenantModel):
    """A reviewer's verdict on exactly one file: another file needs another review."""

    APPEND_ONLY = True

    version = Key(ContentVersion, related_name="reviews")
    sha256 = models.CharField(max_length=64)
    reviewer = Key(Contributor)
    verdict = models.CharField(max_length=10, choices=Verdict)
    checklist = models.JSONField()
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.verdict


class SlideComment(TenantModel):
    """What a reviewer says about one slide."""

    APPEND_ONLY = True

    version = Key(ContentVersion, related_name="comments")
    slide = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.slide}"
