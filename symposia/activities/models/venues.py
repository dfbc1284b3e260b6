from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from symposia.accounts.permissions import Permission
from symposia.activities.models.sessions import Room, Session, Venue
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel


class EquipmentQuerySet(SeenWith["Equipment"]):
    PERMISSION = Permission.VIEW_ACTIVITIES
    IN_PART = True

    def in_use(self) -> Self:
        return self.filter(retired_at=None).order_by("name", "pk")


class Equipment(TenantModel):
    """A thing that can be in one place at a time: a simulator, a translation set, a camera."""

    name = models.CharField(max_length=120)
    # Where it stays; empty is what travels.
    venue = Key(Venue, null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[EquipmentQuerySet] = EquipmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "name"], name="one_equipment_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SessionEquipment(TenantModel):
    """A thing that a session needs."""

    session = Key(Session, related_name="equipment_links")
    equipment = Key(Equipment)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "session", "equipment"],
                name="one_thing_once_per_session",
            )
        ]

    def __str__(self) -> str:
        return str(self.equipment_id)


def _never_twice(what: str) -> ExclusionConstraint:
    """The database refuses that one thing is needed twice at one time."""
    when = Func(
        F("starts_at"),
        F("ends_at"),
        Value("[)"),
        function="TSTZRANGE",
        output_field=DateTimeRangeField(),
    )
    return ExclusionConstraint(
        name=f"booking_{what}_at_one_time",
        index_type="GIST",
        expressions=[(F("organisation_id"), "="), (F(what), "="), (when, "&&")],
        condition=Q(**{f"{what}__isnull": False}),
    )


class Booking(TenantModel):
    """A room, a thing or a person that a session keeps for its time; derived from the agenda."""

    KEEPS_HISTORY = False

    session = Key(Session, related_name="bookings")
    room = Key(Room, null=True, blank=True)
    equipment = Key(Equipment, null=True, blank=True)
    clinician = Key("directory.Clinician", null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            _never_twice("room"),
            _never_twice("equipment"),
            _never_twice("clinician"),
            models.CheckConstraint(
                condition=Q(room__isnull=False, equipment__isnull=True, clinician__isnull=True)
                | Q(room__isnull=True, equipment__isnull=False, clinician__isnull=True)
                | Q(room__isnull=True, equipment__isnull=True, clinician__isnull=False),
                name="booking_is_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_lasts"),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "session"], name="bookings_of_a_session")
        ]

    def __str__(self) -> str:
        return str(self.session_id)
