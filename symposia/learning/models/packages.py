import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.learning.models.courses import Lesson
from symposia.registrations.models import Registration
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class Package(TenantModel):
    """A version of the content package of a lesson, as its manifest described it then."""

    # Nothing once its lesson was taken out; what it was stays on record.
    lesson = Key(Lesson, null=True, blank=True)
    # The archive as it came.
    file = Key("work.StoredFile")
    number = models.PositiveIntegerField()
    # "1.2" or "2004", and the edition in its own words.
    standard = models.CharField(max_length=8)
    edition = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    # What is opened, in its order: id, title, depth, href, is_sco, mastery, threshold, launch_data…
    items = models.JSONField()
    has_choice = models.BooleanField(default=True)
    files = models.PositiveIntegerField()
    # Bytes of all its files.
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "lesson", "number"], name="one_package_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def opened(self) -> list[dict[str, Any]]:
        """What learners open, in its order; the rest are headings."""
        return [each for each in self.items if each["href"]]

    @property
    def scos(self) -> list[dict[str, Any]]:
        """What of it tells what was done in it."""
        return [each for each in self.opened if each["is_sco"]]

    @property
    def says_scorm(self) -> str:
        """Its standard as people say it."""
        return f"SCORM {self.edition or self.standard}"


class PackageFile(TenantModel):
    """A file of a package under its path there; the storage has it under a random name."""

    KEEPS_HISTORY = False

    package = Key(Package)
    path = models.CharField(max_length=240)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "package", "path"], name="one_package_file_per_path"
            )
        ]

    def __str__(self) -> str:
        return self.path


class Completion(models.TextChoices):
    """How far an attempt at a package is."""

    OPEN = "open", _("Under way")
    PASSED = "passed", _("Passed")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Not passed")


class PackageAttemptQuerySet(Locking["PackageAttempt"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of learners whose registration one may see."""
        return self.filter(registration__in=Registration.objects.visible_to(access, permission))

    def of(self, registration: Registration | uuid.UUID, lesson: Lesson | uuid.UUID) -> Self:
        """Those of one learner at one lesson, the latest first."""
        found = self.filter(registration=registration, lesson=lesson)
        return found.select_related("package").order_by("-number")


class PackageAttempt(TenantModel):
    """One go of a learner at a package: where it stands, folded from what was committed."""

    BEHIND = "learners"
    KEEPS_HISTORY = False
    # Follow from the commits; the journal has the beginning and the end.
    NOT_HASHED = ("version", "tip", "heard_at", "item", "states", "seconds", "score")

    activity = Key(Activity)
    registration = Key(Registration)
    lesson = Key(Lesson)
    package = Key(Package)
    number = models.PositiveIntegerField()
    begun_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now)
    # How many commits it has taken, and the last of them: whatever does not follow it is of an old
    # tab.
    version = models.PositiveIntegerField(default=0)
    tip = models.UUIDField(null=True, blank=True)
    # What was open last.
    item = models.CharField(max_length=200, blank=True)
    # By item: how it stands, and the whole document of the runtime.
    states = models.JSONField(default=dict, blank=True)
    completion = models.CharField(max_length=9, choices=Completion, default=Completion.OPEN.value)
    # From -1 to 1, the mean of the items that have one.
    score = models.FloatField(null=True, blank=True)
    # What the package says of the time spent in it, in seconds.
    seconds = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PackageAttemptQuerySet] = PackageAttemptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration", "lesson", "number"],
                name="one_package_attempt_per_number",
            ),
            models.CheckConstraint(
                condition=Q(completion="open") | Q(ended_at__isnull=False),
                name="an_ended_package_attempt_says_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity"], name="package_attempts_of_activity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def is_over(self) -> bool:
        """Whether it has its outcome; what is opened again afterwards only looks."""
        return self.completion != Completion.OPEN

    @property
    def is_done(self) -> bool:
        """Whether the lesson counts by it."""
        return self.completion in {Completion.PASSED, Completion.COMPLETED}

    @property
    def percent(self) -> int | None:
        """The score, of a hundred."""
        return None if self.score is None else round(self.score * 100)


class PackageCommit(TenantModel):
    """What a package told at one moment, whole and unchanged; each number of an attempt once."""

    APPEND_ONLY = True
    KEEPS_HISTORY = False
    BEHIND = "learners"

    # Made by the device.
    event_uuid = models.UUIDField()
    activity = Key(Activity)
    attempt = Key(PackageAttempt)
    number = models.PositiveIntegerField()
    item = models.CharField(max_length=200)
    # The document of the runtime (`cmi`), as scorm-again writes it.
    cmi = models.JSONField()
    completion = models.CharField(max_length=9, choices=Completion)
    score = models.FloatField(null=True, blank=True)
    # Whether the item was closed with it.
    is_end = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "attempt", "number"],
                name="one_package_commit_per_number",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "attempt", "event_uuid"],
                name="one_package_commit_per_event_uuid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.completion}"
