from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.learning.models.courses import Lesson
from symposia.registrations.models import Registration
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class Confirmation(TenantModel):
    """What a learner was shown before the start, word for word, and that they confirmed it."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    registration = Key(Registration)
    shown = models.JSONField()
    sha256 = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration"], name="one_confirmation_per_registration"
            )
        ]

    def __str__(self) -> str:
        return f"confirmed {self.confirmed_at:%F}"


class ProgressQuerySet(Locking["Progress"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """That of learners whose registration one may see."""
        return self.filter(registration__in=Registration.objects.visible_to(access, permission))


class Progress(TenantModel):
    """How far a learner is in a lesson: folded from what their devices told (`StudyEntry`)."""

    BEHIND = "learners"
    KEEPS_HISTORY = False
    # Follow from the entries; the journal has the beginning and the end.
    NOT_HASHED = ("heard_at", "seconds", "place", "watched")

    activity = Key(Activity)
    registration = Key(Registration)
    lesson = Key(Lesson)
    begun_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    # Time on task that counts, in seconds.
    seconds = models.PositiveIntegerField(default=0)
    # Where to resume: seconds of a video, per mille of a page.
    place = models.PositiveIntegerField(default=0)
    # What of a video was played, as stretches of its seconds that do not meet: [[0, 61.5], …].
    watched = models.JSONField(default=list, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProgressQuerySet] = ProgressQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration", "lesson"],
                name="one_progress_per_registration_and_lesson",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="progress_of_an_activity")
        ]

    def __str__(self) -> str:
        return f"{self.seconds} s"


class EntryKind(models.TextChoices):
    """What a device tells of studying."""

    HEARD = "heard", _("Studied for a while")
    DONE = "done", _("Done with the lesson")


class StudyEntryQuerySet(models.QuerySet["StudyEntry"]):
    def of(self, registration: Registration) -> Self:
        return self.filter(registration=registration).order_by("at", "pk")


class StudyEntry(TenantModel):
    """One thing that a device told of studying, and what of it counts. It comes once or often,
    early or late: the same entry is one, and a moment counts once."""

    APPEND_ONLY = True
    KEEPS_HISTORY = False
    BEHIND = "learners"

    # Made by the device.
    event_uuid = models.UUIDField()
    activity = Key(Activity)
    registration = Key(Registration)
    lesson = Key(Lesson)
    kind = models.CharField(max_length=6, choices=EntryKind)
    # From when to when it was studied, by the device's clock as far as it can be right.
    from_at = models.DateTimeField()
    at = models.DateTimeField()
    server_time = models.DateTimeField(default=timezone.now)
    # Seconds of it that no other entry of this learner covers.
    seconds = models.PositiveIntegerField(default=0)
    place = models.PositiveIntegerField(default=0)
    watched_from = models.FloatField(null=True, blank=True)
    watched_to = models.FloatField(null=True, blank=True)

    objects: ClassVar[StudyEntryQuerySet] = StudyEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration", "event_uuid"],
                name="one_study_entry_per_event_uuid",
            ),
            models.CheckConstraint(
                condition=Q(at__gte=F("from_at")), name="studying_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "registration", "at"], name="studying_of_a_registration"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%F %T}"
