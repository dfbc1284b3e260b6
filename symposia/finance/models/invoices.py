from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import of_activities
from symposia.finance.models.fees import Method
from symposia.shared.money import Money
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class InvoiceState(models.TextChoices):
    """What became of what one payer owes for several."""

    OPEN = "open", _("To be paid")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")


class InvoiceQuerySet(Locking["Invoice"]):
    def visible_to(self, access: Access, permission: Permission = Permission.POST_MONEY) -> Self:
        """Those of activities within reach; they name people, so only to whoever posts money."""
        return self.filter(of_activities(access, permission))


class Invoice(Stateful, TenantModel):
    """One payer for the places of several people: a hospital for its ward. What it says stays as
    it was issued."""

    BEHIND = "learners"

    TRANSITIONS: ClassVar[Transitions] = {
        InvoiceState.OPEN: {InvoiceState.PAID, InvoiceState.CANCELLED},
        InvoiceState.PAID: set(),
        InvoiceState.CANCELLED: set(),
    }

    activity = Key(Activity)
    number = models.CharField(max_length=20)
    payer_name = models.CharField(max_length=200)
    payer_address = models.TextField(max_length=600)
    # Where it is mailed to; not printed on it.
    payer_email = models.EmailField(blank=True)
    payer_tax_number = models.CharField(max_length=60, blank=True)
    # What the payer wants to read on it: an order, a cost centre.
    payer_order = models.CharField(max_length=120, blank=True)
    # Whose place, what for and how much, as it was issued: a list of lists of three.
    lines = models.JSONField()
    # The taxes in it, as issued: name and rate, amount, where it stands in the law.
    taxes = models.JSONField(default=list)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=20)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=InvoiceState, default=InvoiceState.OPEN)
    method = models.CharField(max_length=6, choices=Method, blank=True)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    # When it was mailed to the payer last.
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvoiceQuerySet] = InvoiceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_invoice_per_number"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "reference"], name="one_invoice_per_reference"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, currency__regex="^[A-Z]{3}$"),
                name="an_invoice_asks_for_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="an_ended_invoice_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                name="a_cancelled_invoice_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", method__in=Method.values)
                | (~Q(state="paid") & Q(method="")),
                name="a_paid_invoice_says_how",
            ),
            models.CheckConstraint(
                condition=Q(mailed_at__isnull=True) | ~Q(payer_email=""),
                name="a_mailed_invoice_has_an_address",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="invoices_of_an_activity"),
            models.Index(
                fields=["organisation_id", "state", "due_on"], name="invoices_by_last_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.payer_name}"

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)

    @property
    def is_open(self) -> bool:
        return self.state == InvoiceState.OPEN

    @property
    def taxes_said(self) -> list[tuple[str, Money, str]]:
        """The taxes in it as people read them."""
        return [
            (name, Money.from_minor(minor, self.currency), citation)
            for name, minor, citation in self.taxes
        ]

    @property
    def said(self) -> list[tuple[str, str, Money]]:
        """Its lines as people read them."""
        return [
            (name, what, Money.from_minor(minor, self.currency)) for name, what, minor in self.lines
        ]
