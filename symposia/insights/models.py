from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, F, PositiveIntegerField, Q, Sum, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import FEWEST, only_counts
from symposia.shared.tenancy import Key, TenantModel

COUNTED = ("invited", "accepted", "registered", "attended", "evaluated", "credited")
SUMMED = (*COUNTED, "minutes", "estimate_minor", "committed_minor", "actual_minor")


class FiguresQuerySet(models.QuerySet["ActivityFigures"]):
    def visible_to(self, access: Access) -> Self:
        return self.filter(
            activity__in=Activity.objects.visible_to(access, Permission.VIEW_INSIGHTS)
        )

    def totals(self, access: Access) -> dict[str, int]:
        """The figures of many activities as one, without the small ones that somebody is not
        shown."""
        modes = only_counts(access)
        found = self.aggregate(
            **{name: Sum(name, filter=~_too_few(name, modes) if modes else None) for name in SUMMED}
        )
        return {name: value or 0 for name, value in found.items()}

    def for_list(self, access: Access) -> Self:
        """With each figure as this person is shown it: `shown_invited` and the like."""
        modes = only_counts(access)
        said = {f"shown_{name}": _shown(name, modes) for name in (*COUNTED, "minutes")}
        return self.select_related("activity").annotate(**said)


def _too_few(name: str, modes: list[str]) -> Q:
    """Whether a figure counts so few people, in one of these modes, that it could name one; what
    was spent is no business of theirs at all."""
    people = {"minutes": "attended"}.get(name, name)
    few = Q() if name.endswith("_minor") else Q(**{f"{people}__lt": FEWEST})
    return Q(activity__mode__in=modes) & few


def _shown(name: str, modes: list[str]) -> Combinable:
    few = When(_too_few(name, modes), then=None)
    return Case(few, default=F(name), output_field=PositiveIntegerField()) if modes else F(name)


class ActivityFigures(TenantModel):
    """What an activity has come to, in numbers: a roll-up of facts that stand elsewhere."""

    KEEPS_HISTORY = False

    activity = Key(Activity)
    invited = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    registered = models.PositiveIntegerField(default=0)
    attended = models.PositiveIntegerField(default=0)
    evaluated = models.PositiveIntegerField(default=0)
    credited = models.PositiveIntegerField(default=0)
    # Creditable minutes of everybody together.
    minutes = models.PositiveIntegerField(default=0)
    estimate_minor = models.BigIntegerField(default=0)
    committed_minor = models.BigIntegerField(default=0)
    actual_minor = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField()

    objects: ClassVar[FiguresQuerySet] = FiguresQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_row_of_figures_per_activity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attended} of {self.invited}"


class Credited(TenantModel):
    """How much of one credit system an activity has given: part of its figures."""

    KEEPS_HISTORY = False

    figures = Key(ActivityFigures, on_delete=models.CASCADE, related_name="credits")
    system = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "figures", "system"], name="one_amount_per_system"
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.system}"


class SightQuerySet(models.QuerySet["Sight"]):
    def visible_to(self, access: Access) -> Self:
        """Of activities whose journal one may read."""
        seen = Activity.objects.visible_to(access, Permission.VIEW_JOURNAL)
        return self.filter(activity__in=seen)


class Sight(TenantModel):
    """That somebody was shown names or answers of an activity: which page, and on which day first.
    The journal holds what people did; this is what they saw, once a day."""

    APPEND_ONLY = True

    activity = Key(Activity)
    person_id = models.UUIDField()
    person_name = models.CharField(max_length=200)
    # The page or the route, by its name.
    page = models.CharField(max_length=80)
    on_day = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SightQuerySet] = SightQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "person_id", "page", "on_day"],
                name="one_sight_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on_day} {self.person_name} {self.page}"


class Touched(TenantModel):
    """That something about an activity changed: read and removed by the next count."""

    KEEPS_HISTORY = False

    activity = Key(Activity)

    def __str__(self) -> str:
        return str(self.activity_id)
