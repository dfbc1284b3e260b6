"""Money moved from one node of the budget to another, by two people."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from symposia.accounts.permissions import Access
from symposia.finance.models.nodes import BudgetNode
from symposia.shared.money import Money
from symposia.shared.proposals import BY_TWO, Proposal, ProposalQuerySet, ProposalState
from symposia.shared.tenancy import Key


class BudgetTransferQuerySet(ProposalQuerySet["BudgetTransfer"]):
    def visible_to(self, access: Access) -> Self:
        """Those of a node that somebody sees; with a branch beyond the wall, of both."""
        seen = BudgetNode.objects.visible_to(access).values("pk")
        return self.filter(
            Q(from_node__in=seen, to_node__in=seen)
            | Q(from_node__in=seen, to_node__is_independent=False)
            | Q(to_node__in=seen, from_node__is_independent=False)
        )

    def taking_back(self, transfer: "BudgetTransfer") -> Self:
        """The counter-transfers of one that were not dropped."""
        return self.filter(reverses=transfer).exclude(state=ProposalState.DROPPED)

    def touching(self, node: BudgetNode) -> Self:
        """What left a node or came to it, the latest first."""
        return self.filter(Q(from_node=node) | Q(to_node=node)).order_by("-proposed_at", "-pk")


class BudgetTransfer(Proposal):
    """So much of an envelope for another node, and why; it moves once a second person agrees, and
    only a counter-transfer takes it back."""

    number = models.CharField(max_length=20)
    from_node = Key(BudgetNode)
    to_node = Key(BudgetNode)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=300)
    # The transfer that it takes back.
    reverses = Key("self", null=True, blank=True)

    objects: ClassVar[BudgetTransferQuerySet] = BudgetTransferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_budget_transfer_per_number"
            ),
            models.CheckConstraint(condition=BY_TWO, name="two_people_move_a_budget"),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0) & ~Q(from_node=F("to_node")),
                name="a_transfer_moves_something_somewhere",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_transfer_says_why"),
            models.UniqueConstraint(
                fields=["organisation_id", "reverses"],
                condition=Q(reverses__isnull=False) & ~Q(state="dropped"),
                name="one_counter_transfer_per_transfer",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)
