from typing import ClassVar, Self

from django.db import models
from django.db.models import Sum

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.shared.tenancy import Key, TenantModel

COUNTED = ("invited", "accepted", "registered", "attended", "evaluated", "credited")
SUMMED = (*COUNTED, "minutes", "estimate_minor", "committed_minor", "actual_minor")


class FiguresQuerySet(models.QuerySet["ActivityFigures"]):
    def visible_to(self, access: Access) -> Self:
        return self.filter(
            activity__in=Activity.objects.visible_to(access, Permission.VIEW_INSIGHTS)
        )

    def totals(self) -> dict[str, int]:
        """The figures of many activities as one."""
        found = self.aggregate(**{name: Sum(name) for name in SUMMED})
        return {name: value or 0 for name, value in found.items()}

    def for_list(self) -> Self:
        return self.select_related("activity")


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


class Touched(TenantModel):
    """That something about an activity changed: read and removed by the next count."""

    KEEPS_HISTORY = False

    activity = Key(Activity)

    def __str__(self) -> str:
        return str(self.activity_id)
