from dataclasses import dataclass

from django.db.models import QuerySet

from symposia.accounts.models import Role
from symposia.accounts.permissions import Access, Permission
from symposia.approvals.conditions import hold_surely, paths_in
from symposia.approvals.laying import approves_itself, facts_of, laid_out
from symposia.approvals.models import ApprovalRequest, Route

SAMPLES = 10


def versions_of(route: Route) -> QuerySet[Route]:
    """A route through time, latest first."""
    return Route.objects.versions_of(route)


def routes_in_force(applies_to: str) -> QuerySet[Route]:
    """The routes of a kind of subject, in the order in which they are tried."""
    return Route.objects.in_force(applies_to)


def deciding_roles() -> list[tuple[str, str]]:
    """The roles of this organisation that decide approvals, with their names."""
    roles = Role.objects.filter(permissions__contains=[Permission.DECIDE_APPROVALS])
    return list(roles.order_by("name").values_list("code", "name"))


def fact_paths(applies_to: str) -> list[str]:
    """The facts that a condition may name, as the latest subject of the kind has them."""
    latest = ApprovalRequest.objects.filter(subject_type=applies_to).order_by("-opened_at").first()
    return ["risk", *(paths_in(latest.frozen) if latest else [])]


@dataclass(frozen=True)
class Sample:
    """What a route would ask of a subject that was submitted before."""

    request: ApprovalRequest
    takes: bool
    approves_itself: bool
    steps: list[str]


def tried_on_samples(route: Route, access: Access) -> list[Sample]:
    """A route on the latest subjects of its kind that this person may see."""
    rows = ApprovalRequest.objects.visible_to(access).filter(subject_type=route.applies_to)
    return [_sample(route, request) for request in rows.order_by("-opened_at")[:SAMPLES]]


def _sample(route: Route, request: ApprovalRequest) -> Sample:
    facts = facts_of(request.frozen, request.risk)
    return Sample(
        request,
        hold_surely(route.taken_if, facts),
        approves_itself(route, facts),
        [step["name"] for step in laid_out(route, facts)],
    )
