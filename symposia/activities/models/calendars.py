import uuid
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel


class ClosedDayQuerySet(SeenWith["ClosedDay"]):
    PERMISSION = Permission.VIEW_ACTIVITIES
    IN_PART = True


class ClosedDay(TenantModel):
    """A day on which an organisation plans nothing, beside the public holidays."""

    day = models.DateField()
    name = models.CharField(max_length=120)
    territory = Key("directory.Territory", null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ClosedDayQuerySet] = ClosedDayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "day", "name"], name="one_closed_day_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def of(self, user_id: uuid.UUID) -> Self:
        return self.filter(user=user_id).order_by("-made_at", "-pk")

    def living(self) -> Self:
        return self.filter(revoked_at=None)


class CalendarFeed(TenantModel):
    """A person's secret address of a calendar that other programs read; only its hash is kept."""

    NOT_HASHED = ("last_read_at",)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    # The filters of the calendar it was made from, as they stand in its address.
    filters = models.CharField(max_length=500, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    rotated_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CalendarFeedQuerySet] = CalendarFeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "user"], name="feeds_of_a_person")]

    def __str__(self) -> str:
        return self.name
