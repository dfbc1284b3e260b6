from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.approvals.models.routes import Route, Step
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class Proposed(models.TextChoices):
    """What a second person is asked for: a version in force, or the end of a route."""

    VERSION = "version", _("A version to put in force")
    ENDING = "ending", _("A route to end")


class ProposalState(models.TextChoices):
    """A proposal waits for a second person, who puts it in force or not."""

    WAITING = "waiting", _("Waits for a second person")
    AGREED = "agreed", _("Agreed")
    DROPPED = "dropped", _("Dropped")


class ProposalQuerySet(models.QuerySet["RouteProposal"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_APPROVALS
    ) -> Self:
        """Every proposal, for whoever sees approvals anywhere."""
        return self if access.holds(permission) else self.none()

    def waiting(self) -> Self:
        return self.filter(state=ProposalState.WAITING).order_by("proposed_at", "pk")


class RouteProposal(Stateful, TenantModel):
    """A change of who signs what, from one person, until a second one agrees to it."""

    TRANSITIONS: ClassVar[Transitions] = {
        ProposalState.WAITING: {ProposalState.AGREED, ProposalState.DROPPED},
        ProposalState.AGREED: set(),
        ProposalState.DROPPED: set(),
    }

    what = models.CharField(max_length=8, choices=Proposed)
    applies_to = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    code = models.SlugField(max_length=40, blank=True)
    # Of a version: everything a `Route` says, as it will be put in force.
    facts = models.JSONField(default=dict)
    # Of an ending: the route. Of a version that was agreed to: what became of it.
    route = Key(Route, null=True, blank=True)
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.WAITING)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by_id = models.UUIDField()
    proposed_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[ProposalQuerySet] = ProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(decided_by_id__isnull=False) & ~Q(decided_by_id=F("proposed_by_id")),
                name="two_people_change_a_route",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "applies_to", "code"],
                condition=Q(state="waiting"),
                name="one_waiting_proposal_per_route",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        return self.state == ProposalState.WAITING

    @property
    def steps(self) -> list[Step]:
        return [Step(**each) for each in self.facts.get("steps", [])]

    @property
    def said(self) -> dict[str, Any]:
        """What a version says, as it was proposed."""
        return {**self.facts, "steps": self.steps}
