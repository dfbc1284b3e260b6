from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.finance.models.fees import Discount, Fee, Method
from symposia.finance.models.invoices import Invoice
from symposia.finance.taxes import said_of, tax_in
from symposia.registrations.models import Registration
from symposia.shared.money import Money
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class ChargeState(models.TextChoices):
    """What became of what somebody owes."""

    OPEN = "open", _("To be paid")
    PAID = "paid", _("Paid")
    ENDED = "ended", _("Nothing owed")
    REFUNDED = "refunded", _("Paid back")


class ChargeQuerySet(Locking["Charge"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def of_registration(self, registration: Registration) -> "Charge | None":
        """What somebody owes, or owed last."""
        return self.filter(registration=registration).order_by("-created_at", "-pk").first()

    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """Those whose money one may see; whoever posts none sees those of people they may see."""
        fees = Fee.objects.visible_to(access, permission).values("pk")
        rows = self.filter(fee__in=fees)
        if access.holds(Permission.POST_MONEY):
            return rows
        return rows.filter(registration__in=Registration.objects.visible_to(access).values("pk"))


class Charge(Stateful, TenantModel):
    """What somebody owes for a place: a fee, less a discount, by a day, under a reference that the
    bank sends back."""

    BEHIND = "learners"

    TRANSITIONS: ClassVar[Transitions] = {
        ChargeState.OPEN: {ChargeState.PAID, ChargeState.ENDED},
        ChargeState.PAID: {ChargeState.REFUNDED},
        ChargeState.ENDED: set(),
        ChargeState.REFUNDED: set(),
    }

    activity = Key(Activity)
    registration = Key(Registration)
    fee = Key(Fee)
    discount = Key(Discount, null=True, blank=True)
    # Who pays instead: then nothing is asked of the person.
    invoice = Key(Invoice, null=True, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    # The tax that the amount includes, as it was when it was charged; without a name none is said.
    tax_name = models.CharField(max_length=20, blank=True)
    tax_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    tax_citation = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=20)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ChargeState, default=ChargeState.OPEN)
    method = models.CharField(max_length=6, choices=Method, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    # When the payer was last written to because nothing had come in.
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ChargeQuerySet] = ChargeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration"], name="one_charge_per_registration"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "reference"], name="one_charge_per_reference"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0), name="a_charge_is_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["paid", "refunded"]) | Q(paid_at__isnull=False),
                name="a_paid_charge_says_since_when",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="charges_of_an_activity")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)

    @property
    def tax(self) -> Money:
        """What of the amount is tax."""
        return Money.from_minor(tax_in(self.amount_minor, self.tax_percent), self.currency)

    @property
    def tax_said(self) -> str:
        """The tax as people read it: its name and its rate."""
        return said_of(self.tax_name, self.tax_percent) if self.tax_name else ""

    @property
    def is_open(self) -> bool:
        return self.state == ChargeState.OPEN

    @property
    def is_paid(self) -> bool:
        return self.state == ChargeState.PAID


class FeePostingKind(models.TextChoices):
    """What a posting of a fee does."""

    CHARGED = "charged", _("Charged")
    LOWERED = "lowered", _("Taken off")
    PAID = "paid", _("Paid")
    REFUNDED = "refunded", _("Paid back")


class FeeAccount(models.TextChoices):
    """Where the money of a fee stands."""

    RECEIVABLE = "receivable", _("Owed by those who come")
    INCOME = "income", _("Income of fees")
    TAX = "tax", _("Tax in fees")
    BANK = "bank", _("Bank")
    CARD = "card", _("Card provider")
    DESK = "desk", _("Cash of the desk")


class FeePosting(TenantModel):
    """One event of the money of a fee; its entries balance, and nothing is edited."""

    APPEND_ONLY = True

    charge = Key(Charge)
    kind = models.CharField(max_length=10, choices=FeePostingKind)
    reason = models.CharField(max_length=300, blank=True)
    # The line of the statement, the number of the receipt, the payment at the provider.
    evidence = models.CharField(max_length=200, blank=True)
    posted_at = models.DateTimeField(default=timezone.now)
    posted_by_name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "charge"], name="postings_of_a_charge")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class FeeEntry(TenantModel):
    """One side of a posting of a fee in minor units: debits above zero, credits below."""

    APPEND_ONLY = True

    posting = Key(FeePosting, related_name="entries")
    account = models.CharField(max_length=12, choices=FeeAccount)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_minor=0), name="fee_entry_is_never_zero")
        ]
        indexes = [
            models.Index(fields=["organisation_id", "posting"], name="entries_of_a_fee_posting")
        ]

    def __str__(self) -> str:
        return f"{self.account} {Money.from_minor(self.amount_minor, self.currency)}"
