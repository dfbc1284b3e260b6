"""What was ordered from a vendor for an activity, and what of it was delivered."""

from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.finance.models.budgets import BudgetLine
from symposia.finance.models.payees import Payee
from symposia.shared.money import Money, round_half_up
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class OrderUnit(models.TextChoices):
    """What is counted of an order."""

    WHOLE = "whole", _("as a whole")
    HEADS = "heads", _("heads")
    PIECES = "pieces", _("pieces")
    HOURS = "hours", _("hours")
    NIGHTS = "nights", _("nights")


class OrderState(models.TextChoices):
    """An order is open until it is ended: everything is billed, or the rest is not wanted."""

    OPEN = "open", _("Open")
    ENDED = "ended", _("Ended")


class PurchaseOrderQuerySet(Locking["PurchaseOrder"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """Those of the activities whose money a person sees."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of(self, activity: Activity) -> Self:
        rows = self.filter(activity=activity).select_related("vendor", "line")
        return rows.order_by("-ordered_at", "-pk")

    def open(self) -> Self:
        return self.filter(state=OrderState.OPEN)

    def search(self, text: str) -> Self:
        words = Q(vendor__name__icontains=text) | Q(what_for__icontains=text)
        exact = text.strip()
        return self.filter(words | Q(number__iexact=exact) | Q(activity__number__iexact=exact))


class PurchaseOrder(Stateful, TenantModel):
    """So much of something at a price, from a vendor, on a line of the budget whose commitment it
    draws on; it posts nothing itself."""

    TRANSITIONS: ClassVar[Transitions] = {
        OrderState.OPEN: {OrderState.ENDED},
        OrderState.ENDED: set(),
    }

    number = models.CharField(max_length=20)
    vendor = Key(Payee)
    activity = Key(Activity)
    line = Key(BudgetLine)
    what_for = models.CharField(max_length=300)
    unit = models.CharField(max_length=8, choices=OrderUnit)
    quantity = models.DecimalField(max_digits=9, decimal_places=2)
    each_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    # Why more is ordered than the line has left.
    over_because = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=OrderState, default=OrderState.OPEN)
    ordered_at = models.DateTimeField(default=timezone.now)
    ordered_by_id = models.UUIDField(null=True, blank=True)
    ordered_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[PurchaseOrderQuerySet] = PurchaseOrderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_order_per_number"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, each_minor__gt=0, currency__regex="^[A-Z]{3}$"),
                name="an_order_is_for_something",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(ended_at__isnull=False) & ~Q(ended_because=""),
                name="an_ended_order_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="orders_of_activity"),
            models.Index(fields=["organisation_id", "vendor"], name="orders_of_a_vendor"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.what_for}"

    @property
    def each(self) -> Money:
        return Money.from_minor(self.each_minor, self.currency)

    @property
    def amount(self) -> Money:
        return self.worth(self.quantity)

    def worth(self, quantity: Decimal) -> Money:
        """What so much of it comes to, rounded once."""
        whole = round_half_up(self.each.amount * Decimal(quantity), 4)
        return Money.from_minor(Money(whole, self.currency).minor, self.currency)


class DeliveredQuerySet(models.QuerySet["Delivered"]):
    def of(self, order: PurchaseOrder) -> Self:
        return self.filter(order=order).order_by("-confirmed_at", "-pk")

    def quantity(self, order: PurchaseOrder) -> Decimal:
        """How much of an order was confirmed by now."""
        return self.filter(order=order).aggregate(sum=Sum("quantity"))["sum"] or Decimal(0)


class Delivered(TenantModel):
    """Somebody saw so much of an order delivered; below nothing where that is put right."""

    APPEND_ONLY = True

    order = Key(PurchaseOrder)
    quantity = models.DecimalField(max_digits=9, decimal_places=2)
    delivered_on = models.DateField()
    # Of heads: how many people were recorded as present when it was confirmed.
    recorded = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(default=timezone.now)
    confirmed_by_id = models.UUIDField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=200)

    objects = DeliveredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0), name="something_was_delivered"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) | ~Q(note=""), name="what_is_put_right_says_why"
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "order"], name="delivered_of_an_order")]

    def __str__(self) -> str:
        return f"{self.quantity}"
