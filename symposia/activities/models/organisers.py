from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.activities.models.activities import Activity
from symposia.shared.tenancy import Key, TenantModel


class Part(models.TextChoices):
    """How somebody takes part in organising, in the words of the accreditors."""

    DIRECT = "direct", _("Direct provider with us")
    JOINT = "joint", _("Joint provider that is not accredited")
    ASSOCIATION = "association", _("Association or college that holds the council's approval")


class Organiser(TenantModel):
    """Who stands for an activity beside the organisation itself; at most one."""

    activity = Key(Activity, related_name="organisers")
    part = models.CharField(max_length=12, choices=Part)
    name = models.CharField(max_length=200)
    # The medical council that approved the meeting for hours, and the number it gave.
    council = models.CharField(max_length=200, blank=True)
    approval_number = models.CharField(max_length=80, blank=True)
    approval_entered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_organiser_beside_us"
            ),
            models.CheckConstraint(
                condition=Q(approval_number="")
                | Q(part="association", approval_entered_at__isnull=False) & ~Q(council=""),
                name="approval_of_a_council_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name
