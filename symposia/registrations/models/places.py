import uuid
from collections.abc import Sequence
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import of_activities
from symposia.directory.models import Profession
from symposia.shared.rows import Locking
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
    Who needs its shares too takes them after it, in the order of their keys.

    The truth that a race could break is the constraint: never more places than the capacity.
    """

    KEEPS_HISTORY = False

    activity = Key(Activity)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    # Walk-ins that the door let in although all places were taken; no part of `taken`.
    beyond = models.PositiveIntegerField(default=0)
    # Places that are free, but kept for groups: the sum of what is left of their shares.
    kept = models.PositiveIntegerField(default=0)

    objects: ClassVar[PlacesQuerySet] = PlacesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_count_of_places_per_activity"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=F("taken") + F("kept")),
                name="no_more_places_than_the_capacity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken} of {self.capacity or '∞'}, {self.waiting} waiting"

    @property
    def has_room(self) -> bool:
        return self.capacity is None or self.taken + self.kept < self.capacity

    def count(self, **more: int) -> None:
        """Add to the counts of a row that is held; the database checks the capacity again."""
        for name, number in more.items():
            setattr(self, name, getattr(self, name) + number)
        self.save(update_fields=list(more))


class ShareKind(models.TextChoices):
    """What part of the places is counted apart."""

    GROUP = "group", _("Kept for a group")
    FORM = "form", _("In person or online")


class Attending(models.TextChoices):
    """How somebody comes to an activity that is both in a room and online."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")


class ShareQuerySet(Locking["Share"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def held(self, activity: Activity) -> list["Share"]:
        """All shares of an activity, held in the order of their keys; the count is held before."""
        return list(self.of(activity).select_for_update(of=("self",)).order_by("pk"))

    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))


class Share(TenantModel):
    """A part of an activity's places that is counted apart: kept for a group, or one form of
    attendance. The database refuses more than the share has."""

    NOT_HASHED = ("taken",)

    activity = Key(Activity)
    kind = models.CharField(max_length=8, choices=ShareKind)
    name = models.CharField(max_length=120, blank=True)
    # Everybody of this profession belongs to the group; without one, whom the office says.
    profession = models.CharField(max_length=20, choices=Profession, blank=True)
    form = models.CharField(max_length=10, choices=Attending, blank=True)
    capacity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    objects: ClassVar[ShareQuerySet] = ShareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "form"],
                condition=~Q(form=""),
                name="one_share_per_form_of_attendance",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "profession"],
                condition=~Q(profession=""),
                name="one_share_per_profession",
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")), name="no_more_places_than_the_share"
            ),
            models.CheckConstraint(
                condition=(Q(kind="form") & ~Q(form="")) | (Q(kind="group") & Q(form="")),
                name="a_share_says_what_it_is_a_part_of",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="shares_of_an_activity")
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_form_display())

    @property
    def is_group(self) -> bool:
        return self.kind == ShareKind.GROUP

    @property
    def left(self) -> int:
        return self.capacity - self.taken

    def count(self, number: int) -> None:
        """Add to what is taken; the database checks the share's own capacity again."""
        self.taken += number
        self.save(update_fields=["taken"])


class Counts:
    """All counts of one activity, held until the transaction ends."""

    def __init__(self, places: Places, shares: Sequence[Share]) -> None:
        self.places = places
        self.groups = {each.pk: each for each in shares if each.is_group}
        self.forms = {each.form: each for each in shares if not each.is_group}

    @classmethod
    def held(cls, activity: Activity) -> Self:
        """The whole first, then its shares: the one order in which all take them."""
        places = Places.objects.held(activity)
        return cls(places, Share.objects.held(activity))

    @property
    def here(self) -> str:
        """The form of attendance of whoever stands at the door, where forms are counted."""
        return Attending.IN_PERSON if self.forms else ""

    @property
    def has_room_here(self) -> bool:
        """Whether the room itself takes one more, without what is kept for groups."""
        room = self.forms.get(Attending.IN_PERSON)
        return self.places.has_room and (room is None or room.left > 0)

    def let_in(self, *, beyond: bool) -> None:
        """Somebody came through the door, within the places or beyond them."""
        if beyond:
            self.places.count(beyond=1)
        else:
            self.hold(self.here)

    def hold(self, attending: str, group: "Share | None" = None) -> None:
        """One more place is taken, of a group's own if one is named."""
        self._count(attending, group, 1)

    def give_back(self, attending: str, group_id: "uuid.UUID | None" = None) -> None:
        """One place is free again, for the group it was taken from."""
        self._count(attending, self.groups[group_id] if group_id else None, -1)

    def _count(self, attending: str, group: "Share | None", number: int) -> None:
        if group:
            group.count(number)
        self.places.count(taken=number, kept=-number if group else 0)
        if attending in self.forms:
            self.forms[attending].count(number)

    def clear(self) -> None:
        """Nobody has a place any more; what groups had is kept for them again."""
        for share in [*self.groups.values(), *self.forms.values()]:
            share.count(-share.taken)
        places = self.places
        kept = sum(each.capacity for each in self.groups.values()) - places.kept
        places.count(taken=-places.taken, waiting=-places.waiting, beyond=-places.beyond, kept=kept)
