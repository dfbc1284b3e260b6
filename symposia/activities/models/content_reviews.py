import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models.activities import Activity
from symposia.activities.models.sessions import Session
from symposia.activities.models.team import Contributor
from symposia.activities.wall import Subject
from symposia.shared.tenancy import Key, TenantModel

# What of a released version is told, and where it stands.
_RELEASED = {
    "released_file": "file",
    "released_name": "file__name",
    "released_pages": "pages",
    "released_sha256": "sha256",
}


class ContentItemQuerySet(models.QuerySet["ContentItem"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
    ) -> Self:
        """Those of the activities that a person may see, where the wall leaves them content."""
        seen = Activity.objects.visible_to(access, permission, subject=Subject.CONTENT)
        return self.filter(activity__in=seen)

    def of(self, activity: Activity | uuid.UUID) -> Self:
        rows = self.filter(activity=activity).select_related("contributor", "session")
        return rows.order_by("title", "pk")

    def with_standing(self) -> Self:
        """Each with how far it is, and with its last version where a reviewer released it."""
        last = ContentVersion.objects.filter(item=OuterRef("pk")).order_by("-number")
        said = ContentReview.objects.filter(
            version=OuterRef("last_id"), sha256=OuterRef("last_sha256")
        ).order_by("-at", "-pk")
        rows = self.annotate(
            last_id=Subquery(last.values("pk")[:1]), last_sha256=Subquery(last.values("sha256")[:1])
        )
        rows = rows.annotate(last_verdict=Subquery(said.values("verdict")[:1]))
        standing = Case(
            When(last_id=None, then=Value(Standing.MISSING.value)),
            When(last_verdict=None, then=Value(Standing.WAITING.value)),
            When(last_verdict=Verdict.ACCEPTED, then=Value(Standing.RELEASED.value)),
            default=Value(Standing.CHANGES.value),
            output_field=models.CharField(choices=Standing),
        )
        is_released = Q(last_verdict=Verdict.ACCEPTED)
        found: dict[str, Case] = {
            name: Case(When(is_released, then=Subquery(last.values(field)[:1])))
            for name, field in _RELEASED.items()
        }
        return rows.annotate(standing=standing, **found)

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


class Standing(models.TextChoices):
    """How far a content item is: what its last file is, and what was said of that file."""

    MISSING = "missing", _("Not handed in")
    WAITING = "waiting", _("To review")
    CHANGES = "changes", _("Changes needed")
    RELEASED = "released", _("Released")


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
