import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class AnsweredRequest(TenantModel):
    """A mutating request and its answer: the same key from the same actor is never done twice."""

    KEEPS_HISTORY = False

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "actor", "key"], name="one_answer_per_key"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "at"], name="answers_by_age")]

    def __str__(self) -> str:
        return self.key


class ImportState(models.TextChoices):
    """How far an import of a file is."""

    RECEIVED = "received", _("File received")
    CHECKING = "checking", _("Checking rows")
    CHECKED = "checked", _("Checked, nothing imported yet")
    IMPORTING = "importing", _("Importing")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Failed")
    UNDONE = "undone", _("Taken back")


class ImportQuerySet(Locking["Import"]):
    def latest_first(self) -> "ImportQuerySet":
        return self.order_by("-made_at", "-id")

    def of_kind(self, kind: str) -> "ImportQuerySet":
        return self.filter(kind=kind)

    def like(self, other: "Import") -> "ImportQuerySet":
        """Earlier files with the same columns whose meaning somebody has already said."""
        return (
            self.filter(kind=other.kind, header_hash=other.header_hash)
            .exclude(pk=other.pk)
            .exclude(mapping={})
            .latest_first()
        )


class Import(Stateful, TenantModel):
    """A file somebody handed in, what its columns mean, and what came or would come of its rows."""

    NOT_HASHED = ("rows_read",)
    TRANSITIONS: ClassVar[Transitions] = {
        ImportState.RECEIVED: {ImportState.CHECKING, ImportState.FAILED},
        ImportState.CHECKING: {ImportState.CHECKED, ImportState.FAILED},
        ImportState.CHECKED: {ImportState.CHECKING, ImportState.IMPORTING},
        ImportState.IMPORTING: {ImportState.DONE, ImportState.FAILED},
        ImportState.DONE: {ImportState.UNDONE},
        ImportState.FAILED: {ImportState.CHECKING},
        ImportState.UNDONE: set(),
    }

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.RECEIVED)
    file_name = models.CharField(max_length=200)
    path = models.CharField(max_length=300, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    shape = models.JSONField(default=dict)
    header_hash = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    rows_read = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    made_by_id = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[ImportQuerySet] = ImportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "kind", "-made_at"], name="latest_imports")
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        return self.state in {ImportState.CHECKING, ImportState.IMPORTING}

    @property
    def came_in(self) -> bool:
        """Whether its rows were brought in, whatever became of them since."""
        return self.state in {ImportState.DONE, ImportState.UNDONE}


class Outcome(models.TextChoices):
    """What an import would do, or did, with one row."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    REJECTED = "rejected", _("Rejected")
    SKIPPED = "skipped", _("Skipped")


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def of(self, made: Import) -> "ImportRowQuerySet":
        return self.filter(made=made).order_by("line")


class ImportRow(TenantModel):
    """What became of one row of a file, and why."""

    KEEPS_HISTORY = False

    made = Key(Import, on_delete=models.CASCADE)
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=200, blank=True)
    changes = models.CharField(max_length=300, blank=True)

    objects: ClassVar[ImportRowQuerySet] = ImportRowQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "made", "outcome", "line"], name="rows_of_an_import"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.outcome}"


class FileQuerySet(models.QuerySet["StoredFile"]):
    def kept(self) -> "FileQuerySet":
        return self.filter(deleted_at=None)


class StoredFile(TenantModel):
    """A file people handed in or asked for: never executed, served from its own origin."""

    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=200, unique=True)
    # Who may fetch it: the gate registered for this purpose is asked on each fetch.
    purpose = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    made_by_id = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects: ClassVar[FileQuerySet] = FileQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name


class JobState(models.TextChoices):
    """How far a piece of long work is."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Stopped")


class JobQuerySet(models.QuerySet["Job"]):
    def of_user(self, user_id: uuid.UUID) -> "JobQuerySet":
        return self.filter(requested_by_id=user_id).order_by("-requested_at", "-id")


class Job(Stateful, TenantModel):
    """Long work a person asked for: n of m, safe to leave, can be stopped, keeps what is done."""

    KEEPS_HISTORY = False
    NOT_HASHED = (
        *("state", "done", "total", "message", "problem", "result_id"),
        *("started_at", "finished_at", "cancel_requested_at"),
    )
    TRANSITIONS: ClassVar[Transitions] = {
        JobState.QUEUED: {JobState.RUNNING, JobState.CANCELLED, JobState.FAILED},
        JobState.RUNNING: {JobState.DONE, JobState.FAILED, JobState.CANCELLED},
        JobState.DONE: set(),
        JobState.FAILED: set(),
        JobState.CANCELLED: set(),
    }

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    # Where a person follows it, as an address of the product.
    href = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    problem = models.TextField(blank=True)
    result = Key(StoredFile, null=True)
    requested_by_id = models.UUIDField(null=True)
    requested_by_name = models.CharField(max_length=200)
    requested_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_requested_at = models.DateTimeField(null=True)

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "requested_by_id", "-requested_at"],
                name="latest_jobs_of_a_person",
            )
        ]

    def __str__(self) -> str:
        return self.title
