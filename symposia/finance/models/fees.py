from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import of_activities
from symposia.directory.models import Profession
from symposia.shared.money import Money
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class Method(models.TextChoices):
    """How a fee was paid."""

    BANK = "bank", _("Bank transfer")
    CARD = "card", _("Card")
    DESK = "desk", _("At the desk")


class FeeQuerySet(Locking["Fee"]):
    def of(self, activity: Activity) -> Self:
        """What it costs now, the narrowest first: of a profession before of everybody, what ends
        soon before what holds."""
        return self.of_each([activity])

    def of_each(self, activities: Iterable[Activity]) -> Self:
        """The same of several activities."""
        asked = self.filter(activity__in=list(activities), withdrawn_at=None)
        return asked.order_by("-profession", models.F("until_on").asc(nulls_last=True), "pk")

    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))


class Fee(TenantModel):
    """What somebody pays to come to an activity: by profession, until a day."""

    activity = Key(Activity)
    name = models.CharField(max_length=120)
    # Everybody of this profession pays it; without one, whoever no other line names.
    profession = models.CharField(max_length=20, choices=Profession, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    # The last day on which whoever registers pays it: an early fee.
    until_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[FeeQuerySet] = FeeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gte=0), name="a_fee_is_not_negative"),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="a_fee_has_its_currency"
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "activity"], name="fees_of_an_activity")]

    def __str__(self) -> str:
        return self.name

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)


class DiscountQuerySet(Locking["Discount"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity, withdrawn_at=None)

    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))


class Discount(TenantModel):
    """A code that whoever has it types in to pay less."""

    NOT_HASHED = ("used",)

    activity = Key(Activity)
    code = models.CharField(max_length=30)
    percent = models.PositiveSmallIntegerField()
    until_on = models.DateField(null=True, blank=True)
    # How many people may use it; without a number, as many as have it.
    most = models.PositiveIntegerField(null=True, blank=True)
    used = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[DiscountQuerySet] = DiscountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_discount_per_code",
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="a_discount_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(used__lte=models.F("most")),
                name="a_discount_is_used_no_more_often_than_given",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class TaxKind(models.TextChoices):
    """What the organiser says of tax in the fees."""

    UNSAID = "", _("Nothing is said of tax")
    STANDARD = "standard", _("Fees include tax")
    EXEMPT = "exempt", _("Fees are exempt from tax")


class FeeTermsQuerySet(models.QuerySet["FeeTerms"]):
    def of(self, activity: Activity) -> "FeeTerms":
        """What was settled for the activity, or what holds where nothing was."""
        return self.filter(activity=activity).first() or FeeTerms(activity=activity)


class FeeTerms(TenantModel):
    """How the fees of an activity are paid, and what becomes of a place that is not paid."""

    activity = Key(Activity)
    days_to_pay = models.PositiveSmallIntegerField(default=14)
    # Whether a place that is not paid by its day goes to whoever waits.
    lapses = models.BooleanField(default=False)
    # Where money is sent to: the words that stand on the ticket.
    bank_words = models.TextField(max_length=600, blank=True)
    takes_cards = models.BooleanField(default=False)
    # So many days before the last one whoever has not paid is written to; never with nothing.
    remind_days = models.PositiveSmallIntegerField(default=3)
    tax = models.CharField(max_length=10, choices=TaxKind, default=TaxKind.UNSAID, blank=True)
    # The organiser's own number with the tax office; it stands on receipts and invoices.
    tax_number = models.CharField(max_length=60, blank=True)

    objects: ClassVar[FeeTermsQuerySet] = FeeTermsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_way_to_pay_per_activity"
            ),
            models.CheckConstraint(condition=Q(days_to_pay__gte=1), name="there_is_a_day_to_pay"),
        ]

    def __str__(self) -> str:
        return f"{self.days_to_pay} d"
