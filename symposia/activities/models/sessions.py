import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models.activities import Activity
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel
from symposia.shared.times import Interval
from symposia.shared.wall import WallTimeField


class VenueQuerySet(SeenWith["Venue"]):
    PERMISSION = Permission.VIEW_ACTIVITIES
    IN_PART = True

    def offered(self) -> Self:
        """Those that are still chosen."""
        return self.filter(retired_at=None).order_by("name", "pk")

    def search(self, text: str) -> Self:
        return self.filter(
            Q(name__icontains=text) | Q(city__icontains=text) | Q(address__icontains=text)
        )


class VenueKind(models.TextChoices):
    """What a house is; codes ask whether it serves a meeting or a holiday."""

    HOSPITAL = "hospital", _("Hospital or clinic")
    UNIVERSITY = "university", _("University or college")
    CENTRE = "centre", _("Congress or training centre")
    OFFICE = "office", _("Office of the organisation")
    HOTEL = "hotel", _("Hotel")
    RESTAURANT = "restaurant", _("Restaurant")
    RESORT = "resort", _("Resort or spa")
    ENTERTAINMENT = "entertainment", _("Place of sport or entertainment")


class Venue(TenantModel):
    """A house with rooms where activities take place."""

    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=15, choices=VenueKind, blank=True)
    # The class it has officially; nothing where it has none, or nobody looked.
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    # Whether it is known for luxury, sport or entertainment; nothing until somebody says so.
    is_renowned = models.BooleanField(null=True, blank=True)
    # What one must know there: the way in, parking, who opens.
    notes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(default=timezone.now)
    # No longer chosen; what took place there keeps it.
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[VenueQuerySet] = VenueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "name", "city"], name="one_venue_per_name_and_city"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | ~Q(retired_because=""),
                name="retired_venue_says_why",
            ),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__gte=1, stars__lte=7),
                name="a_venue_has_one_to_seven_stars",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"


class RoomQuerySet(models.QuerySet["Room"]):
    def bookable(self) -> Self:
        return (
            self.filter(venue__retired_at=None)
            .select_related("venue")
            .order_by("venue__name", "name", "pk")
        )


class Room(TenantModel):
    """A room of a venue, kept by one session at a time."""

    venue = Key(Venue, related_name="rooms")
    name = models.CharField(max_length=80)
    seats = models.PositiveIntegerField(null=True, blank=True)

    objects: ClassVar[RoomQuerySet] = RoomQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "venue", "name"], name="one_room_per_name_and_venue"
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gt=0), name="room_has_seats"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SessionQuerySet(models.QuerySet["Session"]):
    def of(self, activity: Activity | uuid.UUID) -> Self:
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
    # What is printed; `place` is the room of the directory that is kept for it.
    room = models.CharField(max_length=80, blank=True)
    place = Key(Room, null=True, blank=True)
    track = models.CharField(max_length=80, blank=True)
    # The guideline that is taught; once it is superseded, the session is listed for review.
    guideline = Key("curriculum.Guideline", null=True, blank=True)
    is_break = models.BooleanField(default=False)
    # A company's exhibit, its own session or other marketing: kept apart from the education.
    is_marketing = models.BooleanField(default=False)
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
            models.CheckConstraint(
                condition=Q(is_break=False) | Q(creditable_minutes=0),
                name="break_counts_nothing",
            ),
            models.CheckConstraint(
                condition=Q(is_marketing=False) | Q(creditable_minutes=0),
                name="marketing_counts_nothing",
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
    """What somebody does in a session."""

    FACULTY = "faculty", _("Faculty")
    CHAIR = "chair", _("Chair")
    MODERATOR = "moderator", _("Moderator")
    PANELLIST = "panellist", _("Panellist")


class SessionFacultyQuerySet(models.QuerySet["SessionFaculty"]):
    def of(self, activity: Activity | uuid.UUID) -> Self:
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
