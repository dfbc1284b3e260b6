"""What was promised before Symposia kept the books, and is not paid yet."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access
from symposia.finance.models.nodes import BudgetNode
from symposia.shared.money import Money
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class OpeningState(models.TextChoices):
    """It is held against its node until it is ended, with a reason."""

    OPEN = "open", _("Open")
    ENDED = "ended", _("Ended")


class OpeningCommitmentQuerySet(Locking["OpeningCommitment"]):
    def visible_to(self, access: Access) -> Self:
        """Those on the nodes that somebody sees."""
        return self.filter(node__in=BudgetNode.objects.visible_to(access).values("pk"))


class OpeningCommitment(Stateful, TenantModel):
    """An open commitment that came by file: to whom, for what, how much, on which node."""

    TRANSITIONS: ClassVar[Transitions] = {
        OpeningState.OPEN: {OpeningState.ENDED},
        OpeningState.ENDED: set(),
    }

    node = Key(BudgetNode)
    number = models.CharField(max_length=60)
    supplier = models.CharField(max_length=200)
    what_for = models.CharField(max_length=200)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=OpeningState, default=OpeningState.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    # The file it came by.
    taken_from = Key("work.Import", null=True, blank=True)

    objects: ClassVar[OpeningCommitmentQuerySet] = OpeningCommitmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"],
                condition=Q(state="open"),
                name="one_open_commitment_per_number",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="an_open_commitment_is_an_amount"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(ended_at__isnull=False) & ~Q(ended_because=""),
                name="an_ended_commitment_says_why",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "node"], name="openings_of_a_node")]

    def __str__(self) -> str:
        return f"{self.number} {self.supplier}"

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)
