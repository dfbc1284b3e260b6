"""What was paid with cards of the house, line by line of their statements."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.finance.models.expenses import Expense
from symposia.shared.money import Money
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class CardLineState(models.TextChoices):
    """A line of a card is open until its receipt is found, or somebody says why there is none."""

    OPEN = "open", _("No receipt yet")
    MATCHED = "matched", _("Receipt found")
    EXPLAINED = "explained", _("Explained")


C = CardLineState


class CardLineQuerySet(SeenWith["CardLine"]):
    PERMISSION = Permission.POST_MONEY

    def open(self) -> Self:
        return self.filter(state=C.OPEN)

    def search(self, text: str) -> Self:
        exact = Q(tail=text.strip()) | Q(expense__number__iexact=text.strip())
        return self.filter(Q(merchant__icontains=text) | Q(holder__icontains=text) | exact)


class CardLine(Stateful, TenantModel):
    """One payment with a card of the house: when, where, how much, whose card; below nothing where
    something came back. What has its receipt is not paid back to anybody."""

    TRANSITIONS: ClassVar[Transitions] = {
        C.OPEN: {C.MATCHED, C.EXPLAINED},
        C.MATCHED: {C.OPEN},
        C.EXPLAINED: {C.OPEN},
    }

    # The bank's own, or what its words and place in the file say.
    reference = models.CharField(max_length=80)
    spent_on = models.DateField()
    merchant = models.CharField(max_length=200)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    holder = models.CharField(max_length=200, blank=True)
    # The last four digits; the rest of a card's number never comes here.
    tail = models.CharField(max_length=4, blank=True)
    state = models.CharField(max_length=9, choices=C, default=C.OPEN)
    expense = Key(Expense, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    explained_because = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    taken_from = Key("work.Import")

    objects: ClassVar[CardLineQuerySet] = CardLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "reference"], name="one_card_line_per_reference"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "expense"],
                condition=Q(expense__isnull=False),
                name="one_card_line_per_expense",
            ),
            models.CheckConstraint(
                condition=Q(state="matched", expense__isnull=False)
                | ~Q(state="matched") & Q(expense__isnull=True),
                name="a_matched_card_line_has_its_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(state="explained") | ~Q(explained_because=""),
                name="an_explained_card_line_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(amount_minor=0) & Q(currency__regex="^[A-Z]{3}$"),
                name="a_card_line_is_an_amount",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "spent_on"], name="card_lines_by_day")]

    def __str__(self) -> str:
        return f"{self.merchant}, {self.amount}"

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)
