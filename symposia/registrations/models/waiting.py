from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.shared.tenancy import Key, TenantModel


class WaitlistTermsQuerySet(models.QuerySet["WaitlistTerms"]):
    def of(self, activity: Activity) -> "WaitlistTerms":
        """What was said of the activity's waitlist, or what holds where nothing was said."""
        return self.filter(activity=activity).first() or WaitlistTerms(activity=activity)


class WaitlistTerms(TenantModel):
    """How the places of one activity that come free are given to those who wait."""

    activity = Key(Activity)
    # Nothing: a place that comes free is confirmed at once. Else it is offered for so many hours.
    offer_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    # Whether whoever fits may pass a party before them that does not.
    passes_over = models.BooleanField(default=False)

    objects: ClassVar[WaitlistTermsQuerySet] = WaitlistTermsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_waitlist_per_activity"
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__isnull=True) | Q(offer_hours__gt=0),
                name="an_offer_is_kept_for_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_hours or 0} h"


class AdmissionKind(models.TextChoices):
    """Who gets a place by asking on the public page."""

    OPEN = "open", _("Whoever asks")
    MODERATED = "moderated", _("Whoever the office says yes to")
    INVITED = "invited", _("Nobody: by invitation alone")


class AdmissionQuerySet(models.QuerySet["Admission"]):
    def of(self, activity: Activity) -> "Admission":
        """What was settled for the activity; where nothing was, whoever asks may come."""
        return self.filter(activity=activity).first() or Admission(activity=activity)


class Admission(TenantModel):
    """Whether people register themselves at an activity, ask to, or are invited alone."""

    activity = Key(Activity)
    kind = models.CharField(max_length=10, choices=AdmissionKind, default=AdmissionKind.OPEN)

    objects: ClassVar[AdmissionQuerySet] = AdmissionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_admission_per_activity"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_moderated(self) -> bool:
        return self.kind == AdmissionKind.MODERATED

    @property
    def is_by_invitation(self) -> bool:
        return self.kind == AdmissionKind.INVITED


class Party(TenantModel):
    """Colleagues whom somebody registered together: they get their places together or wait."""

    BEHIND = "learners"

    activity = Key(Activity)
    # What they call themselves: a department, a practice.
    name = models.CharField(max_length=200)
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="parties_of_an_activity")
        ]

    def __str__(self) -> str:
        return self.name
