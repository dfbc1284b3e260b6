from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Type
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import TenantModel


class NoLeave(models.TextChoices):
    """How a stay counts of which nobody saw the end."""

    WHOLE_SESSION = "whole_session", _("To the end of the session")
    NEXT_EVIDENCE = "next_evidence", _("Until the person was last seen")
    DESK = "desk", _("The desk decides")


class CheckShort(models.TextChoices):
    """What follows where too few presence checks of a session were answered."""

    DESK = "desk", _("The desk decides")
    CAPPED = "capped", _("Minutes online count up to the last answer")


class PresenceRuleQuerySet(SeenWith["PresenceRule"]):
    PERMISSION = Permission.VIEW_ATTENDANCE
    IN_PART = True

    def in_force(self, type_code: str, on: date) -> "PresenceRule | None":
        """What the organisation decided for activities of a type on a day."""
        return self.filter(type=type_code, valid_from__lte=on).newest_first().first()

    def newest_first(self) -> Self:
        return self.order_by("-valid_from", "-decided_at", "-pk")

    def deciding_claims(self) -> Self:
        """Those that say how long a code may be claimed; others leave that as it was."""
        return self.filter(claim_days__isnull=False)

    def of(self, activity: Activity) -> Self:
        return self.filter(type=activity.type)


class PresenceRule(TenantModel):
    """Decisions of an organisation for activities of a type, from a day on: how a missing check-out
    counts, how long after a session its code may be claimed, and which share of presence checks
    is answered."""

    APPEND_ONLY = True

    type = models.CharField(max_length=20, choices=Type)
    no_leave = models.CharField(max_length=14, choices=NoLeave)
    # Days after the session; nothing: as decided before, else as shipped with the product.
    claim_days = models.PositiveSmallIntegerField(null=True, blank=True)
    # The share of presence checks that is answered at least; nothing: as shipped.
    checks_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    checks_short = models.CharField(max_length=8, choices=CheckShort, blank=True)
    valid_from = models.DateField()
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by_name = models.CharField(max_length=200)

    objects: ClassVar[PresenceRuleQuerySet] = PresenceRuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checks_percent__isnull=True, checks_short="")
                | (Q(checks_percent__lte=100) & ~Q(checks_short="")),
                name="a_share_of_checks_says_what_follows",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "type", "-valid_from"], name="presence_rules_of_a_type"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()}: {self.get_no_leave_display()}"
