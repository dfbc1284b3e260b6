from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from symposia.activities.models.activities import Activity
from symposia.shared.tenancy import Key, TenantModel
from symposia.shared.times import Interval
from symposia.shared.wall import WallTimeField


class SessionQuerySet(models.QuerySet["Session"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity).order_by("starts_at", "position", "pk")


class Session(TenantModel):
    """A slot of an activity with a room, faculty and the minutes that count for credit."""

    activity = Key(Activity, related_name="sessions")
    title = models.CharField(max_length=200)
    wall_starts = WallTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    # The first part of the slot that counts; 0 for breaks, meals and what is not education.
    creditable_minutes = models.PositiveSmallIntegerField(default=0)
    room = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[SessionQuerySet] = SessionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="session_has_minutes"),
            models.CheckConstraint(
                condition=Q(creditable_minutes__lte=F("minutes")),
                name="session_counts_no_more_than_its_minutes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "starts_at"], name="sessions_of_an_activity"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def interval(self) -> Interval:
        return Interval(self.starts_at, self.ends_at)

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def creditable(self) -> Interval:
        """The part of the slot that counts for credit: its first minutes."""
        return Interval(self.starts_at, self.starts_at + timedelta(minutes=self.creditable_minutes))


class ContentRole(models.TextChoices):
    FACULTY = "faculty", _("Faculty")
    CHAIR = "chair", _("Chair")
    MODERATOR = "moderator", _("Moderator")
    PANELLIST = "panellist", _("Panellist")


class SessionFacultyQuerySet(models.QuerySet["SessionFaculty"]):
    def of(self, activity: Activity) -> Self:
        return (
            self.filter(session__activity=activity)
            .select_related("session", "clinician")
            .order_by("session__starts_at", "role", "name", "pk")
        )


class SessionFaculty(TenantModel):
    """A person's control over the content of one session."""

    session = Key(Session, related_name="faculty")
    clinician = Key("directory.Clinician", null=True, blank=True)
    # Printed; of somebody who is not in the directory it is all that is known.
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=ContentRole, default=ContentRole.FACULTY)

    objects: ClassVar[SessionFacultyQuerySet] = SessionFacultyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "session", "name", "role"],
                name="one_role_once_per_session_and_person",
            )
        ]

    def __str__(self) -> str:
        return self.name
