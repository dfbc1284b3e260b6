from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.approvals.models.routes import Route, Step
from symposia.shared.proposals import BY_TWO, WAITING_ONE, Proposal, ProposalQuerySet
from symposia.shared.tenancy import Key


class Proposed(models.TextChoices):
    """What a second person is asked for: a version in force, or the end of a route."""

    VERSION = "version", _("A version to put in force")
    ENDING = "ending", _("A route to end")


class RouteProposalQuerySet(ProposalQuerySet["RouteProposal"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_APPROVALS
    ) -> Self:
        """Every proposal, for whoever sees approvals anywhere."""
        return self if access.holds(permission) else self.none()


class RouteProposal(Proposal):
    """A change of who signs what, from one person, until a second one agrees to it."""

    what = models.CharField(max_length=8, choices=Proposed)
    applies_to = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    code = models.SlugField(max_length=40, blank=True)
    # Of a version: everything a `Route` says, as it will be put in force.
    facts = models.JSONField(default=dict)
    # Of an ending: the route. Of a version that was agreed to: what became of it.
    route = Key(Route, null=True, blank=True)

    objects: ClassVar[RouteProposalQuerySet] = RouteProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=BY_TWO, name="two_people_change_a_route"),
            models.UniqueConstraint(
                fields=["organisation_id", "applies_to", "code"],
                condition=WAITING_ONE,
                name="one_waiting_proposal_per_route",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def steps(self) -> list[Step]:
        return [Step(**each) for each in self.facts.get("steps", [])]

    @property
    def said(self) -> dict[str, Any]:
        """What a version says, as it was proposed."""
        return {**self.facts, "steps": self.steps}
