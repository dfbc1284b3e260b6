from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Session
from symposia.activities.wall import of_activities
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel
from symposia.work.models import Import


class LogFormat(models.TextChoices):
    """Whose report of a meeting a file is, found out by its columns."""

    ZOOM = "zoom", _("Zoom, participants of a meeting")
    TEAMS = "teams", _("Microsoft Teams, attendance report")
    WEBEX = "webex", _("Webex, attendees of a meeting")
    OTHER = "other", _("A table of your own")


class Way(models.TextChoices):
    """How the people of a file took part."""

    ONLINE = "online", _("Online")
    ROOM = "room", _("In the room")


class PresenceFileQuerySet(Locking["PresenceFile"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)


class PresenceFile(TenantModel):
    """A log of a meeting or a list of who was there, kept with what came of each of its rows."""

    BEHIND = "learners"

    activity = Key(Activity)
    # The file itself, what its columns mean, and how far it is.
    made = Key(Import)
    format = models.CharField(max_length=10, choices=LogFormat)
    way = models.CharField(max_length=10, choices=Way)
    # The clock that the times of the file were read from.
    zone = models.CharField(max_length=40)
    session = Key(Session, null=True, blank=True)
    handed_in_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PresenceFileQuerySet] = PresenceFileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "made"], name="one_presence_file_per_import"
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "-handed_in_at"],
                name="presence_files_of_an_activity",
            )
        ]

    def __str__(self) -> str:
        return self.made.file_name
