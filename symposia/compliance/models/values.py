from typing import ClassVar, Self

from django.db import models

from symposia.accounts.permissions import Access, Permission
from symposia.shared.proposals import BY_TWO, WAITING_ONE, Proposal, ProposalQuerySet


class ValueProposalQuerySet(ProposalQuerySet["ValueProposal"]):
    def visible_to(self, access: Access) -> Self:
        """All, for whoever reads or manages rules of the whole organisation."""
        needed = (Permission.VIEW_RULES, Permission.MANAGE_RULES)
        return self if any(access.everywhere(each) for each in needed) else self.none()


class ValueProposal(Proposal):
    """A value of the organisation's own from a day on, as one person proposes it to a second."""

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

    objects: ClassVar[ValueProposalQuerySet] = ValueProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=BY_TWO, name="two_people_set_a_value"),
            models.UniqueConstraint(
                fields=["organisation_id", "pack_code", "name"],
                condition=WAITING_ONE,
                name="one_waiting_proposal_per_value",
            ),
        ]

    def __str__(self) -> str:
        return self.label
