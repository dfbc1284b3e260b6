from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from symposia.compliance.models import Result
from symposia.finance.models.budgets import Category
from symposia.finance.models.handed_in import (
    ASKS_FOR_AMOUNT,
    POSTED_ONCE_ACCEPTED,
    HandedIn,
    HandedInQuerySet,
)
from symposia.shared.money import Money


class ExpenseQuerySet(HandedInQuerySet["Expense"]):
    def search(self, text: str) -> Self:
        words = Q(paid_to__icontains=text) | Q(what_for__icontains=text)
        exact = text.strip()
        names = Q(handed_in_by_name__icontains=text) | Q(number__iexact=exact)
        return self.filter(words | names | Q(activity__number__iexact=exact))


class Expense(HandedIn):
    """What somebody paid at a meeting, with its receipt, and who shared it."""

    kind = models.CharField(max_length=12, choices=Category)
    paid_to = models.CharField(max_length=200)
    spent_on = models.DateField()
    what_for = models.CharField(max_length=300, blank=True)
    # Who shared it: clinicians who were there, those who taught, and people of the house.
    attendees = models.PositiveIntegerField()
    faculty = models.PositiveIntegerField()
    staff = models.PositiveIntegerField()
    # What is hard to read about the photograph, as it was when it came: codes of `Fault`.
    faults = models.JSONField(default=list, blank=True)
    # The worst that a rule about such a cost said when it came; nothing where none spoke.
    finding = models.CharField(max_length=5, choices=Result, blank=True)

    objects: ClassVar[ExpenseQuerySet] = ExpenseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(HandedIn.Meta):
        abstract = False
        constraints = [
            *HandedIn.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation_id", "sha256"],
                condition=Q(state__in=["handed_in", "accepted"]),
                name="one_standing_expense_per_receipt",
            ),
            models.CheckConstraint(condition=ASKS_FOR_AMOUNT, name="an_expense_asks_for_an_amount"),
            models.CheckConstraint(
                condition=POSTED_ONCE_ACCEPTED, name="an_expense_is_posted_once_accepted"
            ),
            models.CheckConstraint(
                condition=Q(attendees__gt=0) | Q(faculty__gt=0) | Q(staff__gt=0),
                name="an_expense_is_shared_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(decided_because=""),
                name="a_withdrawn_expense_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paid_to}, {self.amount}"

    @property
    def heads(self) -> int:
        return self.attendees + self.faculty + self.staff

    @property
    def per_head(self) -> Money | None:
        return self.amount.shared_by(self.heads)
