from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.activities.models.activities import PAST, Activity
from symposia.activities.models.team import Contributor
from symposia.shared.tenancy import Key, TenantModel


class FacultyInvitationQuerySet(models.QuerySet["FacultyInvitation"]):
    def with_names(self) -> Self:
        return self.select_related("activity", "contributor")

    def to_remind(self, *, told_before: datetime) -> Self:
        """Those who have not heard of us for a while and whose activity is still to come."""
        rows = self.exclude(accepted=False).filter(told_at__lte=told_before)
        return rows.exclude(activity__state__in=PAST).order_by("told_at")


class FacultyInvitation(TenantModel):
    """A person asked to teach, write or moderate: from the first letter to the travel."""

    activity = Key(Activity)
    contributor = Key(Contributor)
    told_at = models.DateTimeField(default=timezone.now)
    reminders = models.PositiveSmallIntegerField(default=0)
    accepted = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    travel = models.TextField(blank=True)
    travel_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[FacultyInvitationQuerySet] = FacultyInvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "contributor"],
                name="one_faculty_invitation_per_person",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | Q(answered_at__isnull=False),
                name="faculty_answer_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor_id}"
