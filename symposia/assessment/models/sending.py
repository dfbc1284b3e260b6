from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from symposia.activities.models import Activity
from symposia.shared.tenancy import Key, TenantModel


class NoSendingQuerySet(models.QuerySet["NoSending"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)


class NoSending(TenantModel):
    """An activity whose evaluation and certificates do not go out by themselves."""

    activity = Key(Activity)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[NoSendingQuerySet] = NoSendingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="sending_is_off_once"
            )
        ]

    def __str__(self) -> str:
        return f"nothing by itself since {self.at:%F}"
