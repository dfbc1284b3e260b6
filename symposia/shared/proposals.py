"""What one person proposes and a second one agrees to: its states and who they were."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import TenantModel

Row = TypeVar("Row", bound=models.Model)


class ProposalState(models.TextChoices):
    """A proposal waits for a second person, who puts it in force or not."""

    WAITING = "waiting", _("Waits for a second person")
    AGREED = "agreed", _("Agreed")
    DROPPED = "dropped", _("Dropped")


class ProposalQuerySet(Locking[Row]):
    def waiting(self) -> Self:
        return self.filter(state=ProposalState.WAITING).order_by("proposed_at", "pk")


class Proposal(Stateful, TenantModel):
    """A change by one person until a second one agrees; its Meta holds `BY_TWO`, and that one of a
    kind waits at a time is the `WAITING_ONE` of its fields."""

    TRANSITIONS: ClassVar[Transitions] = {
        ProposalState.WAITING: {ProposalState.AGREED, ProposalState.DROPPED},
        ProposalState.AGREED: set(),
        ProposalState.DROPPED: set(),
    }

    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.WAITING)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by_id = models.UUIDField()
    proposed_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return bool(self.state == ProposalState.WAITING)


# Whoever agreed is another person than whoever proposed.
BY_TWO = ~Q(state="agreed") | Q(decided_by_id__isnull=False) & ~Q(decided_by_id=F("proposed_by_id"))
WAITING_ONE = Q(state="waiting")
