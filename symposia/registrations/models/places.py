from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from symposia.activities.models import Activity
from symposia.shared.tenancy import Key, TenantModel


class PlacesQuerySet(models.QuerySet["Places"]):
    def held(self, activity: Activity) -> "Places":
        """The count itself, held until the transaction ends. Always held before registrations."""
        places, _made = self.get_or_create(
            activity=activity, defaults={"capacity": activity.capacity}
        )
        return self.select_for_update().get(pk=places.pk)


class Places(TenantModel):
    """How many places of one activity are taken; its row is the lock of everyone who wants one.

    The truth that a race could break is the constraint: never more places than the capacity.
    """

    KEEPS_HISTORY = False

    activity = Key(Activity)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    # Walk-ins that the door let in although all places were taken; no part of `taken`.
    beyond = models.PositiveIntegerField(default=0)

    objects: ClassVar[PlacesQuerySet] = PlacesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_count_of_places_per_activity"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="no_more_places_than_the_capacity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken} of {self.capacity or '∞'}, {self.waiting} waiting"

    @property
    def has_room(self) -> bool:
        return self.capacity is None or self.taken < self.capacity

    def count(self, **more: int) -> None:
        """Add to the counts of a row that is held; the database checks the capacity again."""
        for name, number in more.items():
            setattr(self, name, getattr(self, name) + number)
        self.save(update_fields=list(more))
