from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Session
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class Direction(models.TextChoices):
    """Which way people pass a door."""

    IN = "in", _("Coming in")
    OUT = "out", _("Going out")
    BOTH = "both", _("Both ways")


class DoorMode(models.TextChoices):
    """How long a verdict stays on the screen of a device."""

    STANDARD = "standard", _("Until it is tapped")
    EXPRESS = "express", _("A moment, then the next person")


class DoorDeviceQuerySet(Locking["DoorDevice"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those at the doors of activities within reach."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def by_code(self, code_hash: str) -> Self:
        """Whatever waits for a phone with this code."""
        return self.filter(code_hash=code_hash)

    def by_key(self, key_hash: str) -> Self:
        return self.filter(key_hash=key_hash)

    def search(self, text: str) -> Self:
        return self.filter(Q(door__icontains=text) | Q(holder__icontains=text))

    def with_reports(self) -> Self:
        return self.select_related("activity", "session").prefetch_related("reports")


class DoorDevice(TenantModel):
    """A phone at a door: first a code that waits to be scanned once, then a key of its own.

    It is told its door beforehand, so whoever holds it decides nothing.
    """

    activity = Key(Activity)
    # Nothing: it counts for the whole activity.
    session = Key(Session, null=True, blank=True)
    door = models.CharField(max_length=40)
    holder = models.CharField(max_length=80)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.IN)
    mode = models.CharField(max_length=8, choices=DoorMode, default=DoorMode.STANDARD)
    # Of the secrets only hashes are kept.
    code_hash = models.CharField(max_length=64)
    code_expires_at = models.DateTimeField()
    key_hash = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    # Whose right to check in the device borrows: asked for with everything it sends.
    on_duty_id = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    paired_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[DoorDeviceQuerySet] = DoorDeviceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "code_hash"], name="one_device_per_pairing_code"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "key_hash"],
                condition=~Q(key_hash=""),
                name="one_device_per_key",
            ),
            models.CheckConstraint(
                condition=Q(paired_at__isnull=True, key_hash="")
                | (Q(paired_at__isnull=False) & ~Q(key_hash="")),
                name="a_paired_device_has_a_key",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoked_by_name=""),
                name="a_revoked_device_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "-made_at"], name="devices_of_an_activity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.door}, {self.holder}"

    def is_open(self, at: datetime) -> bool:
        """Whether its key is taken now."""
        return bool(self.paired_at) and self.revoked_at is None and at < self.expires_at

    @property
    def report(self) -> "DeviceReport | None":
        """What it last told of itself; nothing before it was heard of."""
        return next(iter(self.reports.all()), None)


class DeviceReport(TenantModel):
    """What a device last told of itself; written over each time it is heard of."""

    KEEPS_HISTORY = False

    device = Key(DoorDevice, related_name="reports")
    seen_at = models.DateTimeField(default=timezone.now)
    # What it still keeps to itself, as it said when it was last heard of.
    pending = models.PositiveIntegerField(default=0)
    # Of what it sent: observations that were not taken.
    refused = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    pack_at = models.DateTimeField(null=True, blank=True)
    # Seconds that its clock is behind ours.
    clock_offset = models.IntegerField(default=0)
    # On the scale of 0 to 100, where the browser tells.
    battery = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "device"], name="one_report_per_device"
            )
        ]

    def __str__(self) -> str:
        return f"heard of {self.seen_at:%F %T}"
