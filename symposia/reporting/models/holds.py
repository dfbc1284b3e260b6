import uuid
from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel


class LegalHoldQuerySet(SeenWith["LegalHold"]):
    PERMISSION = Permission.VIEW_JOURNAL

    def standing(self) -> Self:
        return self.filter(lifted_at=None)

    def over(
        self, activities: Iterable[uuid.UUID] = (), clinicians: Iterable[uuid.UUID] = ()
    ) -> Self:
        """Those that stand over any of these, or over everything."""
        subject = Q(activity=None, clinician=None)
        subject |= Q(activity__in=list(activities)) | Q(clinician__in=list(clinicians))
        return self.standing().filter(subject).order_by("put_at", "pk")

    def search(self, text: str) -> Self:
        subject = Q(activity__title__icontains=text) | Q(activity__number__iexact=text.strip())
        return self.filter(subject | Q(because__icontains=text) | Q(number__iexact=text.strip()))


class LegalHold(TenantModel):
    """Nothing of a subject is removed until somebody lifts it: of one activity, of one person, or
    of the whole organisation."""

    number = models.CharField(max_length=20)
    activity = Key(Activity, null=True, blank=True)
    clinician = Key(Clinician, null=True, blank=True)
    because = models.CharField(max_length=500)
    put_at = models.DateTimeField(default=timezone.now)
    put_by_name = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_name = models.CharField(max_length=200, blank=True)
    lifted_because = models.CharField(max_length=500, blank=True)

    objects: ClassVar[LegalHoldQuerySet] = LegalHoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_hold_per_number"
            ),
            models.CheckConstraint(
                condition=Q(activity__isnull=True) | Q(clinician__isnull=True),
                name="a_hold_is_over_one_subject",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_because="")
                | Q(lifted_at__isnull=False) & ~Q(lifted_because=""),
                name="a_lifted_hold_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "lifted_at"], name="holds_that_stand"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stands(self) -> bool:
        return self.lifted_at is None
