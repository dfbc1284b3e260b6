from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Session
from symposia.activities.wall import of_activities
from symposia.registrations.models import Registration
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class PresenceCheckQuerySet(Locking["PresenceCheck"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def open_at(self, at: datetime) -> Self:
        return self.filter(asked_at__lte=at, closes_at__gt=at)


class PresenceCheck(TenantModel):
    """A question to those who take part online: whether they are there, or one of a poll."""

    activity = Key(Activity)
    session = Key(Session)
    # Nothing: whether the person is still there.
    question = models.CharField(max_length=200, blank=True)
    # What one may choose from; none where it is only asked who is there.
    options = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)

    objects: ClassVar[PresenceCheckQuerySet] = PresenceCheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gte=F("asked_at")), name="a_check_closes_after_it_is_asked"
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "-asked_at"], name="checks_of_an_activity"
            )
        ]

    def __str__(self) -> str:
        return self.question or str(_("Are you still there?"))

    @property
    def is_poll(self) -> bool:
        return bool(self.options)

    def is_open(self, at: datetime) -> bool:
        return self.asked_at <= at < self.closes_at


class CheckAnswerQuerySet(models.QuerySet["CheckAnswer"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))

    def to(self, asked: PresenceCheck) -> Self:
        return self.filter(asked=asked)


class CheckAnswer(TenantModel):
    """What somebody answered within the window of a check, once."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    asked = Key(PresenceCheck)
    registration = Key(Registration)
    # The place of what was chosen among the options.
    choice = models.PositiveSmallIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[CheckAnswerQuerySet] = CheckAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "asked", "registration"],
                name="one_answer_per_check_and_place",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="answers_of_an_activity")
        ]

    def __str__(self) -> str:
        return f"answered {self.answered_at:%F %T}"
