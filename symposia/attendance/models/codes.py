from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Session
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel

# A code that changes faster cannot be scanned in time; one that changes slower is passed on.
QUICKEST, SLOWEST = 30, 60


class RoomCodeQuerySet(Locking["RoomCode"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those in the rooms of activities within reach."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)


class RoomCode(TenantModel):
    """A code on the screen of a room, new every minute or faster, by which whoever holds a place
    checks in without anybody at the door, as long as its window is open."""

    activity = Key(Activity)
    # Nothing: it counts for the whole activity.
    session = Key(Session, null=True, blank=True)
    place = models.CharField(max_length=40)
    seconds = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[RoomCodeQuerySet] = RoomCodeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="a_window_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(seconds__gte=QUICKEST, seconds__lte=SLOWEST),
                name="a_room_code_changes_in_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_by_name=""),
                name="an_ended_room_code_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "-opens_at"],
                name="room_codes_of_an_activity",
            )
        ]

    def __str__(self) -> str:
        return self.place

    def is_shown(self, at: datetime) -> bool:
        """Whether it counts now."""
        return self.ended_at is None and self.opens_at <= at < self.closes_at


class SessionCodeQuerySet(Locking["SessionCode"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.MANAGE_REGISTRATIONS
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def living(self) -> Self:
        return self.filter(ended_at=None)

    def by_text(self, text: str) -> Self:
        """Whatever a person typed, however they wrote it."""
        return self.filter(code="".join(text.replace("-", " ").split()).upper()[:8])


class SessionCode(TenantModel):
    """The code on the last slide of a session: whoever was there claims it with their ticket, for
    as many days as the type of activity allows."""

    activity = Key(Activity)
    session = Key(Session)
    code = models.CharField(max_length=8)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[SessionCodeQuerySet] = SessionCodeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "code"], name="one_session_per_session_code"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "session"],
                condition=Q(ended_at__isnull=True),
                name="one_living_code_per_session",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_by_name=""),
                name="an_ended_session_code_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity"], name="session_codes_of_an_activity"
            )
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """As it stands on a slide."""
        return f"{self.code[:4]}-{self.code[4:]}"
