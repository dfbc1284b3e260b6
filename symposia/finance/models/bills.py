import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from symposia.activities.models import Activity
from symposia.finance.models.handed_in import (
    ASKS_FOR_AMOUNT,
    POSTED_ONCE_ACCEPTED,
    HandedIn,
    HandedInQuerySet,
)
from symposia.finance.models.orders import PurchaseOrder
from symposia.finance.models.payees import Payee
from symposia.shared.tenancy import Key


class BillQuerySet(HandedInQuerySet["Bill"]):
    def of(self, activity: Activity | uuid.UUID) -> Self:
        return super().of(activity).select_related("arrangement", "order")

    def search(self, text: str) -> Self:
        words = Q(supplier__icontains=text) | Q(what_for__icontains=text)
        exact = text.strip()
        numbers = Q(supplier_number__iexact=exact) | Q(number__iexact=exact)
        return self.filter(words | numbers | Q(activity__number__iexact=exact))


class Bill(HandedIn):
    """What a supplier asks to be paid for an activity, with the paper it stands on."""

    # The meal, journey, stay or hire that it is for, where it is for one.
    arrangement = Key("activities.Arrangement", null=True, blank=True)
    # What it bills of what was ordered, and the vendor it is known to be from.
    order = Key(PurchaseOrder, null=True, blank=True)
    vendor = Key(Payee, null=True, blank=True)
    supplier = models.CharField(max_length=200)
    supplier_number = models.CharField(max_length=80)
    # Supplier and number without case, spaces and signs: two writings of one bill are one bill.
    told_by = models.CharField(max_length=300)
    billed_on = models.DateField()
    what_for = models.CharField(max_length=300)

    objects: ClassVar[BillQuerySet] = BillQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(HandedIn.Meta):
        abstract = False
        constraints = [
            *HandedIn.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation_id", "told_by"],
                condition=Q(state__in=["handed_in", "accepted"]),
                name="one_standing_bill_per_supplier_and_number",
            ),
            models.CheckConstraint(condition=ASKS_FOR_AMOUNT, name="a_bill_asks_for_an_amount"),
            models.CheckConstraint(
                condition=POSTED_ONCE_ACCEPTED, name="a_bill_is_posted_once_accepted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier}, {self.supplier_number}"
