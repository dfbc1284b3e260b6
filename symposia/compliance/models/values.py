from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import TenantModel


class ValueState(models.TextChoices):
    """A proposed value waits for a second person, who puts it in force or not."""

    WAITING = "waiting", _("Waits for a second person")
    AGREED = "agreed", _("Agreed")
    DROPPED = "dropped", _("Dropped")


class ValueProposalQuerySet(Locking["ValueProposal"]):
    def visible_to(self, access: Access) -> Self:
        """All, for whoever reads or manages rules of the whole organisation."""
        needed = (Permission.VIEW_RULES, Permission.MANAGE_RULES)
        return self if any(access.everywhere(each) for each in needed) else self.none()

    def waiting(self) -> Self:
        return self.filter(state=ValueState.WAITING).order_by("proposed_at", "pk")


class ValueProposal(Stateful, TenantModel):
    """A value of the organisation's own from a day on, as one person proposes it to a second."""

    TRANSITIONS: ClassVar[Transitions] = {
        ValueState.WAITING: {ValueState.AGREED, ValueState.DROPPED},
        ValueState.AGREED: set(),
        ValueState.DROPPED: set(),
    }

    pack_code = models.SlugField(max_length=60)
    pack_title = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    # Empty: from that day on the organisation has no value of its own.
    value = models.CharField(max_length=60, blank=True)
    # What applied on the day it was proposed.
    was = models.CharField(max_length=60, blank=True)
    effective_from = models.DateField()
    reason = models.TextField()
    state = models.CharField(max_length=8, choices=ValueState, default=ValueState.WAITING)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by_id = models.UUIDField()
    proposed_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[ValueProposalQuerySet] = ValueProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(decided_by_id__isnull=False) & ~Q(decided_by_id=F("proposed_by_id")),
                name="two_people_set_a_value",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "pack_code", "name"],
                condition=Q(state="waiting"),
                name="one_waiting_proposal_per_value",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_waiting(self) -> bool:
        return self.state == ValueState.WAITING
