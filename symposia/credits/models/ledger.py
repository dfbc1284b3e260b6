import uuid
from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import by_mode
from symposia.credits.models.systems import CreditSystem
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.tenancy import Key, TenantModel


def within_reach(access: Access, permission: Permission = Permission.VIEW_CREDITS) -> Q:
    """Rows of the own activities and of the clinicians of the own territories, or all."""

    def reach(held: Access) -> Q:
        if held.everywhere(permission):
            return Q()
        if not held.holds(permission):
            return Q(pk__in=[])
        activities = held.scopes(permission, "activity")
        clinicians = Clinician.objects.visible_to(held, permission).values("pk")
        return Q(activity__in=activities) | Q(clinician__in=clinicians)

    return by_mode(access, permission, reach)


class CreditOfferQuerySet(models.QuerySet["CreditOffer"]):
    def of(self, activity: Activity | uuid.UUID) -> Self:
        return self.select_related("system").filter(activity=activity).order_by("system__name")


class CreditOffer(TenantModel):
    """The most credit of one system that an activity may award; designated before it is held."""

    activity = Key(Activity)
    system = models.ForeignKey(CreditSystem, on_delete=models.PROTECT, related_name="+")
    learning_format = models.CharField(max_length=80)
    # Which of the system's learning formats that is; decides the arithmetic.
    format_key = models.SlugField(max_length=20, default="live")
    # The body's own number of the activity, where its grammar asks for one.
    activity_number = models.CharField(max_length=40, blank=True)
    creditable_minutes = models.PositiveIntegerField()
    maximum = models.DecimalField(max_digits=7, decimal_places=2)
    offered_at = models.DateTimeField(default=timezone.now)
    # From here on the offer stands as it was certified.
    designated_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CreditOfferQuerySet] = CreditOfferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "system"], name="one_offer_per_credit_system"
            ),
            models.CheckConstraint(condition=Q(maximum__gte=0), name="offer_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.maximum} {self.system_id}"

    @property
    def is_designated(self) -> bool:
        return self.designated_at is not None


class Reason(models.TextChoices):
    """Why an entry stands in the ledger of credit."""

    AWARD = "award", _("Claimed by the learner")
    CORRECTION = "correction", _("Corrected")
    REVOCATION = "revocation", _("Revoked")


class Basis(models.TextChoices):
    """For what a credit was given."""

    ATTENDED = "attended", _("Attended")


class CreditEntryQuerySet(models.QuerySet["CreditEntry"]):
    def visible_to(self, access: Access) -> Self:
        """Entries at activities and of clinicians within reach; no one else's learning."""
        return self.filter(within_reach(access))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def of_registration(self, registration: Registration) -> Self:
        return self.filter(registration=registration).order_by("entered_at", "pk")

    def total(self) -> Decimal:
        return self.aggregate(total=models.Sum("amount"))["total"] or Decimal(0)


class CreditEntry(TenantModel):
    """An amount of one credit system for one clinician, with the rule and the evidence behind it.

    The credit somebody holds is the sum of the entries; nothing is ever overwritten.
    """

    APPEND_ONLY = True
    BEHIND = "learners"

    clinician = Key(Clinician)
    activity = Key(Activity)
    registration = Key(Registration)
    offer = Key(CreditOffer)
    system = models.ForeignKey(CreditSystem, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=7, decimal_places=2)
    reason = models.CharField(max_length=10, choices=Reason)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.ATTENDED)
    evidence_minutes = models.PositiveIntegerField()
    # The rule as it was applied: system, step, rounding, the most that could be claimed.
    rule = models.JSONField()
    attested = models.BooleanField(default=False)
    explanation = models.TextField(blank=True)
    entered_at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    objects: ClassVar[CreditEntryQuerySet] = CreditEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "activity", "system"],
                condition=Q(reason="award"),
                name="one_award_per_clinician_and_activity",
            ),
            models.CheckConstraint(
                condition=~Q(reason="award") | Q(amount__gt=0, attested=True),
                name="an_award_is_attested",
            ),
            models.CheckConstraint(
                condition=Q(reason="award") | ~Q(explanation=""),
                name="a_correction_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "registration"], name="credit_of_registration"),
            models.Index(
                fields=["organisation_id", "activity", "-entered_at"], name="credit_of_activity"
            ),
            models.Index(
                fields=["organisation_id", "clinician", "-entered_at"], name="credit_of_clinician"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.system_id}"
