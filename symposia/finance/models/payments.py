"""Payments in batches: put together by one person, released by another, settled by the bank."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Agreement
from symposia.finance.models.bank_details import BankDetails
from symposia.finance.models.bills import Bill
from symposia.finance.models.expenses import Expense
from symposia.finance.models.payees import Payee
from symposia.shared.money import Money
from symposia.shared.rows import Locking, SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class BatchState(models.TextChoices):
    """A batch is put together, released by a second person, and settled once the bank has told of
    each payment; or it is dropped before."""

    OPEN = "open", _("Being put together")
    RELEASED = "released", _("Released")
    SETTLED = "settled", _("Settled")
    DROPPED = "dropped", _("Dropped")


class PaymentBatchQuerySet(SeenWith["PaymentBatch"]):
    PERMISSION = Permission.VIEW_MONEY


class PaymentBatch(Stateful, TenantModel):
    """Payments from one of our accounts on one day."""

    TRANSITIONS: ClassVar[Transitions] = {
        BatchState.OPEN: {BatchState.RELEASED, BatchState.DROPPED},
        BatchState.RELEASED: {BatchState.SETTLED},
        BatchState.SETTLED: set(),
        BatchState.DROPPED: set(),
    }

    number = models.CharField(max_length=20)
    account = Key(Payee)
    pays_on = models.DateField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=BatchState, default=BatchState.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by_id = models.UUIDField(null=True, blank=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    # Where it is paid from, and the hash of the file for the bank, as it was released.
    bank = Key(BankDetails, null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PaymentBatchQuerySet] = PaymentBatchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_payment_batch_per_number"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["released", "settled"])
                | Q(released_by_id__isnull=False, bank__isnull=False)
                & ~Q(released_by_id=F("made_by_id"))
                & ~Q(sha256=""),
                name="two_people_release_a_batch",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PaymentState(models.TextChoices):
    """A payment is planned, released with its batch, and paid or sent back by the bank."""

    PLANNED = "planned", _("Planned")
    RELEASED = "released", _("Released")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Sent back by the bank")
    DROPPED = "dropped", _("Left out")


P = PaymentState
# While a payment is one of these, what it pays is not paid again.
STANDING = (P.PLANNED, P.RELEASED, P.PAID)


class PaymentQuerySet(Locking["Payment"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """Those of the activities whose money a person sees."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of(self, batch: PaymentBatch) -> Self:
        rows = self.filter(batch=batch).exclude(state=P.DROPPED)
        return rows.select_related("payee", "bank", "bill", "expense", "agreement").order_by(
            "payee__name", "pk"
        )

    def untold(self) -> Self:
        """Those of which the bank has said nothing yet."""
        return self.filter(state__in=[P.PLANNED, P.RELEASED])

    def standing(self) -> Self:
        return self.filter(state__in=STANDING)


class Payment(Stateful, TenantModel):
    """So much to somebody for one accepted bill, expense or fee, under a reference that the bank
    sends back; less what is withheld for the tax office."""

    TRANSITIONS: ClassVar[Transitions] = {
        P.PLANNED: {P.RELEASED, P.DROPPED},
        P.RELEASED: {P.PAID, P.FAILED},
        P.PAID: {P.FAILED},
        P.FAILED: set(),
        P.DROPPED: set(),
    }

    batch = Key(PaymentBatch)
    activity = Key(Activity)
    payee = Key(Payee)
    bank = Key(BankDetails, null=True, blank=True)
    bill = Key(Bill, null=True, blank=True)
    expense = Key(Expense, null=True, blank=True)
    agreement = Key(Agreement, null=True, blank=True)
    amount_minor = models.BigIntegerField()
    withheld_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    reference = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=P, default=P.PLANNED)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_id = models.UUIDField()
    added_by_name = models.CharField(max_length=200)
    # What the bank said of it.
    told_at = models.DateTimeField(null=True, blank=True)
    told = models.CharField(max_length=200, blank=True)

    objects: ClassVar[PaymentQuerySet] = PaymentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "reference"], name="one_payment_per_reference"
            ),
            *(
                models.UniqueConstraint(
                    fields=["organisation_id", paper],
                    condition=Q(state__in=["planned", "released", "paid"])
                    & Q(**{f"{paper}__isnull": False}),
                    name=f"one_standing_payment_per_{paper}",
                )
                for paper in ("bill", "expense", "agreement")
            ),
            models.CheckConstraint(
                condition=Q(bill__isnull=False, expense__isnull=True, agreement__isnull=True)
                | Q(bill__isnull=True, expense__isnull=False, agreement__isnull=True)
                | Q(bill__isnull=True, expense__isnull=True, agreement__isnull=False),
                name="a_payment_is_for_one_paper",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, withheld_minor__gte=0)
                & Q(currency__regex="^[A-Z]{3}$"),
                name="a_payment_is_an_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["released", "paid"]) | Q(bank__isnull=False),
                name="a_released_payment_goes_somewhere",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "batch"], name="payments_of_a_batch"),
            models.Index(fields=["organisation_id", "activity"], name="payments_of_activity"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)

    @property
    def withheld(self) -> Money:
        return Money.from_minor(self.withheld_minor, self.currency)

    @property
    def paper(self) -> Bill | Expense | Agreement:
        found = self.bill or self.expense or self.agreement
        if found is None:
            raise TypeError("a payment is for a paper")
        return found
