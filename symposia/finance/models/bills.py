import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.finance.models.budgets import Posting
from symposia.shared.money import Money
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class BillState(models.TextChoices):
    """A bill waits until finance accepts it or sends it back; whoever handed it in may take it
    back before that."""

    HANDED_IN = "handed_in", _("Waits for finance")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Sent back")
    WITHDRAWN = "withdrawn", _("Taken back")


B = BillState
# While a bill is one of these, the same bill is not handed in again.
STANDING = (B.HANDED_IN, B.ACCEPTED)


class BillQuerySet(models.QuerySet["Bill"]):
    def visible_to(self, access: Access) -> Self:
        """All of the activities whose money a person sees; of others those they handed in."""
        funded = Activity.objects.visible_to(access, Permission.VIEW_MONEY)
        near = Activity.objects.visible_to(access, Permission.VIEW_BILLS)
        own = Q(activity__in=near, handed_in_by_id=access.user_id)
        return self.filter(Q(activity__in=funded) | own)

    def postable_by(self, access: Access) -> Self:
        """Those of the activities whose money a person posts."""
        posted = Activity.objects.visible_to(access, Permission.POST_MONEY)
        return self.filter(activity__in=posted)

    def to_decide(self, access: Access) -> Self:
        """Those that wait for this person: of others, in activities whose money they post."""
        rows = self.postable_by(access).waiting()
        return rows.exclude(handed_in_by_id=access.user_id).order_by("handed_in_at", "pk")

    def of(self, activity: Activity | uuid.UUID) -> Self:
        rows = self.filter(activity=activity).select_related("arrangement")
        return rows.order_by("-handed_in_at", "-pk")

    def waiting(self) -> Self:
        return self.filter(state=B.HANDED_IN)

    def standing(self) -> Self:
        return self.filter(state__in=STANDING)

    def search(self, text: str) -> Self:
        words = Q(supplier__icontains=text) | Q(what_for__icontains=text)
        exact = text.strip()
        numbers = Q(supplier_number__iexact=exact) | Q(number__iexact=exact)
        return self.filter(words | numbers | Q(activity__number__iexact=exact))


class Bill(Stateful, TenantModel):
    """What a supplier asks to be paid for an activity, with the paper it stands on."""

    TRANSITIONS: ClassVar[Transitions] = {
        B.HANDED_IN: {B.ACCEPTED, B.RETURNED, B.WITHDRAWN},
        B.ACCEPTED: set(),
        B.RETURNED: set(),
        B.WITHDRAWN: set(),
    }

    number = models.CharField(max_length=20)
    activity = Key(Activity)
    # The meal, journey, stay or hire that it is for, where it is for one.
    arrangement = Key("activities.Arrangement", null=True, blank=True)
    supplier = models.CharField(max_length=200)
    supplier_number = models.CharField(max_length=80)
    # Supplier and number without case, spaces and signs: two writings of one bill are one bill.
    told_by = models.CharField(max_length=300)
    billed_on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    what_for = models.CharField(max_length=300)
    file = Key("work.StoredFile")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=B, default=B.HANDED_IN)
    handed_in_at = models.DateTimeField(default=timezone.now)
    handed_in_by_id = models.UUIDField(null=True, blank=True)
    handed_in_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    # Why it was sent or taken back, or accepted although it is more than was estimated.
    decided_because = models.CharField(max_length=500, blank=True)
    # What was posted for it, of which line.
    posting = Key(Posting, null=True, blank=True)

    objects: ClassVar[BillQuerySet] = BillQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_bill_per_number"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "told_by"],
                condition=Q(state__in=["handed_in", "accepted"]),
                name="one_standing_bill_per_supplier_and_number",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, currency__regex="^[A-Z]{3}$"),
                name="a_bill_asks_for_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", posting__isnull=False)
                | (~Q(state="accepted") & Q(posting__isnull=True)),
                name="a_bill_is_posted_once_accepted",
            ),
            models.CheckConstraint(
                condition=Q(state="handed_in", decided_at__isnull=True)
                | (~Q(state="handed_in") & Q(decided_at__isnull=False)),
                name="a_decided_bill_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(decided_because=""),
                name="a_returned_bill_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="bills_of_activity"),
            models.Index(fields=["organisation_id", "state"], name="bills_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}, {self.supplier_number}"

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)
