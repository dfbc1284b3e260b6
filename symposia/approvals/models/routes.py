from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.shared.tenancy import TenantModel


class Meaning(models.TextChoices):
    """What a signature says about the subject it stands under."""

    COMPLIANCE = "compliance", _("it follows the rules")
    BUDGET = "budget", _("the money may be spent")
    PUBLICATION = "publication", _("it may be offered to people")
    REVIEW = "review", _("reviewed")


@dataclass(frozen=True)
class Step:
    """One signature of a route: who gives it, what it means, what it answers for, and how soon."""

    name: str
    role: str
    needs_factor: bool
    meaning: str
    # Asked for at the same time as the step before it.
    beside: bool = False
    # Its place in the order once laid out for a request; steps of one stage wait side by side.
    stage: int = -1
    # The facts it answers for, as dotted paths; none means all of them.
    covers: Collection[str] = field(default=())
    # Earlier steps whose signatures this one builds on.
    rests_on: Collection[str] = field(default=())
    # Conditions under which the step is asked for; none means always.
    only_if: Collection[Mapping[str, str]] = field(default=())
    # Hours until it is overdue, and the role that may then sign too; 0 and "" mean never.
    hours: int = 0
    escalates_to: str = ""


class RouteQuerySet(models.QuerySet["Route"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_APPROVALS
    ) -> "RouteQuerySet":
        """Every route, for whoever sees approvals anywhere."""
        return self if access.holds(permission) else self.none()

    def in_force(self, applies_to: str) -> "RouteQuerySet":
        """The routes of a kind of subject, the most special first."""
        living = self.filter(applies_to=applies_to, ended_at=None)
        return living.order_by(F("rank").asc(nulls_last=True), "-code", "pk")

    def versions_of(self, route: "Route") -> "RouteQuerySet":
        """A route through time, latest first."""
        return self.filter(applies_to=route.applies_to, code=route.code).order_by(
            "-created_at", "-pk"
        )

    def current(self, applies_to: str) -> "Route | None":
        """The route that takes whatever no special one takes."""
        return self.in_force(applies_to).last()


class Route(TenantModel):
    """One version of the signatures that a kind of subject needs, and when it is taken."""

    name = models.CharField(max_length=80)
    # Which of the routes of a kind this is a version of; empty for the one that takes the rest.
    code = models.SlugField(max_length=40, blank=True)
    version = models.PositiveIntegerField(null=True, blank=True)
    applies_to = models.CharField(max_length=40)
    # Of several routes whose conditions hold, the one with the lowest rank is taken; none is last.
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    # [{fact, test, value}]: all of them must hold for the route to be taken.
    taken_if = models.JSONField(default=list, blank=True)
    # Under these, and with no finding, a subject needs no signature; none means never.
    approves_itself_if = models.JSONField(default=list, blank=True)
    # A `Step` each; copied into each request, so an open one never shifts.
    steps = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    created_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "applies_to", "code"],
                condition=Q(ended_at=None),
                name="one_current_route_per_code",
            )
        ]

    def __str__(self) -> str:
        return self.name if self.number == 1 else f"{self.name} v{self.number}"

    @property
    def number(self) -> int:
        return self.version or 1

    @property
    def route_steps(self) -> list[Step]:
        return [Step(**each) for each in self.steps]
