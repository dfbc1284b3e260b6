from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.shared.tenancy import Key, TenantModel


class MeasureLevel(models.TextChoices):
    """What a figure tells of: what clinicians do, or how patients fare."""

    PERFORMANCE = "performance", _("Performance")
    PATIENT = "patient", _("Patient health")


class Phase(models.TextChoices):
    """Whether a figure is from before the activity or from after it."""

    BEFORE = "before", _("Before")
    AFTER = "after", _("After")


class MeasureFigureQuerySet(models.QuerySet["MeasureFigure"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_EVALUATIONS
    ) -> Self:
        """Of activities whose evaluation this person may see."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity).order_by("level", "measure", "-phase", "starts_on")


class MeasureFigure(TenantModel):
    """A count from somebody's records: how many of how many, in which time, from which source."""

    activity = Key(Activity)
    # The gap it tells about; the verdict on that gap rests on it.
    gap = Key("curriculum.Gap", null=True, blank=True)
    level = models.CharField(max_length=12, choices=MeasureLevel)
    measure = models.CharField(max_length=200)
    phase = models.CharField(max_length=6, choices=Phase)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    source = models.CharField(max_length=300)
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[MeasureFigureQuerySet] = MeasureFigureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "measure", "phase", "starts_on", "ends_on"],
                name="one_figure_per_measure_and_time",
            ),
            models.CheckConstraint(
                condition=Q(denominator__gt=0, numerator__lte=F("denominator")),
                name="a_figure_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_figure_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.numerator}/{self.denominator}"
