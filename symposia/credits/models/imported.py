import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.activities.models import Activity
from symposia.credits.models.systems import CreditSystem
from symposia.directory.models import Clinician
from symposia.shared.tenancy import Key, TenantModel
from symposia.work.models import Import


class ImportedCreditQuerySet(models.QuerySet["ImportedCredit"]):
    def standing(self) -> Self:
        """Those whose file was not taken back."""
        return self.filter(withdrawn_at=None)

    def of(self, activity_id: uuid.UUID) -> Self:
        return self.standing().filter(activity=activity_id)


class ImportedCredit(TenantModel):
    """Credit that a learner earned here before Symposia, with the number its certificate had then;
    it says from which row of which file it came."""

    BEHIND = "learners"

    clinician = Key(Clinician)
    system = models.ForeignKey(CreditSystem, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    earned_on = models.DateField()
    amount = models.DecimalField(max_digits=7, decimal_places=2)
    # As they were in the system before; kept as they were written.
    certificate_number = models.CharField(max_length=60, blank=True)
    activity_number = models.CharField(max_length=60, blank=True)
    # The activity itself, where it was imported too.
    activity = Key(Activity, null=True, blank=True)
    made = Key(Import)
    line = models.PositiveIntegerField()
    imported_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ImportedCreditQuerySet] = ImportedCreditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "system", "earned_on", "title"],
                condition=Q(withdrawn_at__isnull=True),
                name="imported_credit_stands_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="imported_credit_is_an_amount"),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "clinician", "-earned_on"], name="imported_of_clinician"
            ),
            models.Index(fields=["organisation_id", "made", "line"], name="imported_of_a_file"),
            models.Index(fields=["organisation_id", "activity"], name="imported_of_activity"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.system_id}, {self.title}"
