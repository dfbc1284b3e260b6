"""A bill or an expense far above what was expected, until a second person agrees to it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.finance.models.bills import Bill
from symposia.finance.models.budgets import BudgetLine
from symposia.finance.models.expenses import Expense
from symposia.shared.money import Money
from symposia.shared.proposals import BY_TWO, WAITING_ONE, Proposal, ProposalQuerySet
from symposia.shared.tenancy import Key


class OverrunQuerySet(ProposalQuerySet["Overrun"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """Those of the activities whose money a person sees."""
        seen = Activity.objects.visible_to(access, permission)
        return self.filter(line__activity__in=seen)

    def of(self, paper: Bill | Expense) -> Self:
        rows = self.filter(bill=paper) if isinstance(paper, Bill) else self.filter(expense=paper)
        return rows.select_related("line").order_by("-proposed_at", "-pk")


class Overrun(Proposal):
    """One person of finance would accept it on this line, with a reason; a second one agrees."""

    bill = Key(Bill, null=True, blank=True)
    expense = Key(Expense, null=True, blank=True)
    line = Key(BudgetLine)
    # What it comes to in the books, and by how much that is more than was expected.
    amount_minor = models.BigIntegerField()
    over_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=500)

    objects: ClassVar[OverrunQuerySet] = OverrunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=BY_TWO, name="two_people_accept_an_overrun"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_overrun_says_why"),
            models.CheckConstraint(
                condition=Q(bill__isnull=True, expense__isnull=False)
                | Q(bill__isnull=False, expense__isnull=True),
                name="an_overrun_is_of_one_paper",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "bill"],
                condition=WAITING_ONE & Q(bill__isnull=False),
                name="one_waiting_overrun_per_bill",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "expense"],
                condition=WAITING_ONE & Q(expense__isnull=False),
                name="one_waiting_overrun_per_expense",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def paper(self) -> Bill | Expense:
        found = self.bill or self.expense
        if found is None:
            raise TypeError("an overrun is of a bill or an expense")
        return found

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)

    @property
    def over(self) -> Money:
        return Money.from_minor(self.over_minor, self.currency)
