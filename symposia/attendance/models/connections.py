from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Session
from symposia.activities.wall import of_activities
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class Vendor(models.TextChoices):
    """Whose online meeting it is."""

    ZOOM = "zoom", _("Zoom")
    TEAMS = "teams", _("Microsoft Teams")
    WEBEX = "webex", _("Webex")


class MeetingConnectionQuerySet(Locking["MeetingConnection"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def living(self) -> Self:
        return self.filter(ended_at=None)

    def with_reports(self) -> Self:
        return self.select_related("activity", "session").prefetch_related("reports")


class MeetingConnection(TenantModel):
    """An online meeting whose vendor tells us who joins and leaves while it goes on."""

    activity = Key(Activity)
    # Nothing: it counts for the whole activity.
    session = Key(Session, null=True, blank=True)
    vendor = models.CharField(max_length=8, choices=Vendor)
    # The vendor's own name for the meeting: what is told of another one is not ours.
    meeting = models.CharField(max_length=500)
    # What the vendor's messages are signed with, sealed.
    secret = models.CharField(max_length=400)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[MeetingConnectionQuerySet] = MeetingConnectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "vendor", "meeting"],
                condition=Q(ended_at__isnull=True),
                name="one_living_connection_per_meeting",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_by_name=""),
                name="an_ended_connection_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "-made_at"],
                name="connections_of_an_activity",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_vendor_display()} {self.meeting}"[:200]

    @property
    def mark(self) -> str:
        """What its observations say of where they come from."""
        return f"{self.vendor} {self.pk.hex[-8:]}"

    @property
    def report(self) -> "ConnectionReport | None":
        """What became of what was told; nothing before the vendor was heard of."""
        return next(iter(self.reports.all()), None)


class ConnectionReport(TenantModel):
    """What became of a vendor's messages so far; written over with each of them."""

    KEEPS_HISTORY = False

    connection = Key(MeetingConnection, related_name="reports")
    heard_at = models.DateTimeField(null=True, blank=True)
    kept = models.PositiveIntegerField(default=0)
    # Told before, a host, another meeting, another day: nothing to keep.
    passed_over = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    refused_at = models.DateTimeField(null=True, blank=True)
    # The code of why the last refused message was not taken.
    refused_code = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "connection"], name="one_report_per_connection"
            )
        ]

    def __str__(self) -> str:
        return f"kept {self.kept}, refused {self.refused}"
