"""Whom money goes to: suppliers, people of the house, people who teach; and our own accounts."""

import re
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel

_SIGNS = re.compile(r"[\W_]+")


def known_words(name: str) -> str:
    """By what somebody is known again, however the name is written."""
    return _SIGNS.sub("", name).casefold()[:200]


class PayeeKind(models.TextChoices):
    """Who is paid; an own account is what is paid from."""

    VENDOR = "vendor", _("Vendor")
    STAFF = "staff", _("Somebody of the house")
    FACULTY = "faculty", _("Somebody who teaches")
    HOUSE = "house", _("Our own account")


class PayeeQuerySet(SeenWith["Payee"]):
    PERMISSION = Permission.VIEW_MONEY

    def accounts(self) -> Self:
        """Our own, which are paid from."""
        return self.filter(kind=PayeeKind.HOUSE).order_by("name", "pk")

    def vendors(self) -> Self:
        return self.filter(kind=PayeeKind.VENDOR).order_by("name", "pk")

    def search(self, text: str) -> Self:
        exact = Q(number__iexact=text.strip()) | Q(tax_number__iexact=text.strip())
        return self.filter(Q(name__icontains=text) | exact)


class Payee(TenantModel):
    """Somebody who is paid: what they are called, and by what they are known again."""

    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=PayeeKind)
    name = models.CharField(max_length=200)
    # The name without case, spaces and signs: two writings of one vendor are one vendor.
    known_as = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)
    # With the tax office of its country: GSTIN, PAN, VAT number.
    tax_number = models.CharField(max_length=60, blank=True)
    # Of the house: whose account it is; of somebody who teaches: who that is.
    user_id = models.UUIDField(null=True, blank=True)
    contributor = Key("activities.Contributor", null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)

    objects: ClassVar[PayeeQuerySet] = PayeeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_payee_per_number"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "kind", "known_as"],
                condition=Q(kind__in=["vendor", "house"]),
                name="one_vendor_per_name",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "user_id"],
                condition=Q(user_id__isnull=False),
                name="one_payee_per_person_of_the_house",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "contributor"],
                condition=Q(contributor__isnull=False),
                name="one_payee_per_contributor",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(known_as=""), name="a_payee_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
