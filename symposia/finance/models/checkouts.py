from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.finance.models.charges import Charge
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class CheckoutState(models.TextChoices):
    """What the provider says of a payment by card."""

    BEGUN = "begun", _("Begun")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Not paid")
    REFUNDED = "refunded", _("Paid back")


class CheckoutQuerySet(Locking["Checkout"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_MONEY
    ) -> "CheckoutQuerySet":
        """Those of charges one may see."""
        return self.filter(charge__in=Charge.objects.visible_to(access, permission).values("pk"))

    def begun(self) -> "CheckoutQuerySet":
        """Those whose end nobody has told yet, the longest first."""
        return self.filter(state=CheckoutState.BEGUN).order_by("begun_at", "pk")


class Checkout(Stateful, TenantModel):
    """One payment by card on the page of the provider. No number of a card ever comes here: only
    the provider's name for the payment, and what became of it."""

    BEHIND = "learners"

    TRANSITIONS: ClassVar[Transitions] = {
        CheckoutState.BEGUN: {CheckoutState.PAID, CheckoutState.FAILED},
        CheckoutState.FAILED: {CheckoutState.PAID},
        CheckoutState.PAID: {CheckoutState.REFUNDED},
        CheckoutState.REFUNDED: set(),
    }

    activity = Key(Activity)
    charge = Key(Charge)
    # How the provider calls it.
    payment = models.CharField(max_length=120)
    # The provider's page to pay on, while it is to be paid.
    page = models.CharField(max_length=600, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=CheckoutState, default=CheckoutState.BEGUN)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CheckoutQuerySet] = CheckoutQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "payment"], name="one_checkout_per_payment"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "charge"], name="checkouts_of_a_charge")]

    def __str__(self) -> str:
        return self.payment
