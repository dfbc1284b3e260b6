import uuid
from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models.activities import Activity, DeliveryForm, Type
from symposia.activities.modes import Mode
from symposia.activities.recurrence import Frequency, Rule
from symposia.activities.wall import by_mode
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class Repeats(models.TextChoices):
    """How often a series meets."""

    DAILY = Frequency.DAILY.value, _("Every so many days")
    WEEKLY = Frequency.WEEKLY.value, _("Every so many weeks")
    MONTHLY_WEEKDAY = Frequency.MONTHLY_WEEKDAY.value, _("Monthly on the same weekday")
    MONTHLY_DAY = Frequency.MONTHLY_DAY.value, _("Monthly on the same day of the month")


class SeriesQuerySet(Locking["Series"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ACTIVITIES
    ) -> Self:
        """All of them for roles of the whole organisation, of each mode as far as its wall lets."""
        return self.filter(
            by_mode(
                access,
                permission,
                lambda left: Q() if left.everywhere(permission) else Q(pk__in=[]),
                field="mode",
            )
        )

    def search(self, text: str) -> Self:
        return self.filter(Q(number__iexact=text.strip()) | Q(title__icontains=text))

    def under(self, plan_ids: Iterable[uuid.UUID]) -> Self:
        """Those that belong to any of these plans, the first of them first."""
        return self.filter(plan__in=list(plan_ids)).order_by("first_on", "pk")


class Series(TenantModel):
    """What is planned once and takes place again and again, such as grand rounds."""

    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    copied_from = Key("self", null=True, blank=True)
    mode = models.CharField(max_length=12, choices=Mode)
    type = models.CharField(max_length=20, choices=Type)
    repeats = models.CharField(max_length=16, choices=Repeats)
    interval = models.PositiveSmallIntegerField(default=1)
    first_on = models.DateField()
    until_on = models.DateField()
    clock = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=40)
    delivery = models.CharField(max_length=10, choices=DeliveryForm)
    venue_name = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    online_address = models.URLField(max_length=500, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    expected_attendance = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    # Its sessions belong to the same one, as far as it covers their days.
    plan = Key("curriculum.Plan", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SeriesQuerySet] = SeriesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_series_per_number"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("first_on")), name="series_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(interval__gt=0, minutes__gt=0), name="series_moves_on_and_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def rule(self) -> Rule:
        return Rule(Frequency(self.repeats), self.interval, self.first_on, self.until_on)


class SeriesObjective(TenantModel):
    """A promise of a gap's objective that every session of a series takes on."""

    series = Key(Series, related_name="objective_links")
    objective = Key("curriculum.Objective")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "series", "objective"],
                name="one_objective_once_per_series",
            )
        ]

    def __str__(self) -> str:
        return str(self.objective_id)


class DayChange(models.TextChoices):
    """How a day of a series departs from its rule."""

    SKIPPED = "skipped", _("Skipped")
    MOVED = "moved", _("Moved")
    ADDED = "added", _("Added")


class SeriesException(TenantModel):
    """A day on which a series departs from its rule: skipped, moved to another day, or added."""

    series = Key(Series, related_name="exceptions")
    kind = models.CharField(max_length=8, choices=DayChange)
    day = models.DateField()
    moved_to = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "series", "day"], name="one_exception_per_day"
            ),
            models.CheckConstraint(
                condition=Q(kind="moved", moved_to__isnull=False)
                | Q(~Q(kind="moved"), moved_to__isnull=True),
                name="only_a_moved_day_says_where_to",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="exception_of_series_says_why"),
        ]

    def __str__(self) -> str:
        return self.reason


class Occasion(TenantModel):
    """The activity that stands for one day of a series."""

    series = Key(Series, related_name="occasions")
    activity = Key(Activity)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "series", "day"], name="one_activity_per_day_of_series"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="activity_in_one_series"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
