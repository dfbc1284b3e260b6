"""The taxes of a bill, an expense or a fee: what stands in its amount, and what is withheld."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Agreement
from symposia.finance.models.bills import Bill
from symposia.finance.models.expenses import Expense
from symposia.finance.taxes import said_of
from symposia.shared.money import Money
from symposia.shared.tenancy import Key, TenantModel


class TaxWay(models.TextChoices):
    """What a tax does to an amount."""

    INCLUDED = "included", _("Stands in the amount")
    WITHHELD = "withheld", _("Withheld for the tax office")


class TaxLineQuerySet(models.QuerySet["TaxLine"]):
    def of(self, paper: Bill | Expense | Agreement) -> Self:
        name = paper._meta.model_name or ""
        return self.filter(**{name: paper.pk}).order_by("way", "position")


class TaxLine(TenantModel):
    """One tax of a paper as it was known when it was written: name, rate, base and where it stands
    in the law."""

    bill = Key(Bill, null=True, blank=True)
    expense = Key(Expense, null=True, blank=True)
    agreement = Key(Agreement, null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8, choices=TaxWay)
    name = models.CharField(max_length=20)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    base_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    citation = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField(default=timezone.now)
    set_by_name = models.CharField(max_length=200)

    objects: ClassVar[TaxLineQuerySet] = TaxLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(bill__isnull=False, expense__isnull=True, agreement__isnull=True)
                | Q(bill__isnull=True, expense__isnull=False, agreement__isnull=True)
                | Q(bill__isnull=True, expense__isnull=True, agreement__isnull=False),
                name="a_tax_line_is_of_one_paper",
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100, amount_minor__gte=0)
                & ~Q(name="")
                & Q(currency__regex="^[A-Z]{3}$"),
                name="a_tax_line_is_a_part",
            ),
            *(
                models.UniqueConstraint(
                    fields=["organisation_id", paper, "name"],
                    condition=Q(**{f"{paper}__isnull": False}),
                    name=f"one_tax_of_a_name_per_{paper}",
                )
                for paper in ("bill", "expense", "agreement")
            ),
        ]

    def __str__(self) -> str:
        return said_of(self.name, self.percent)

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)

    @property
    def base(self) -> Money:
        return Money.from_minor(self.base_minor, self.currency)
