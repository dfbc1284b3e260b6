from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.approvals.models import Meaning, Route, Step
from symposia.approvals.parts import to_answer_for
from symposia.approvals.policies import objection_to_ending_route, objection_to_route
from symposia.approvals.two_people import objection_to_publishing_alone
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, refuse_if

DEFAULT_STEPS: list[dict[str, Any]] = [
    {
        "name": "Compliance",
        "role": "compliance_officer",
        "needs_factor": True,
        "meaning": str(Meaning.COMPLIANCE),
    },
    {
        "name": "Finance",
        "role": "finance_officer",
        "needs_factor": False,
        "meaning": str(Meaning.BUDGET),
        "covers": ["budget"],
    },
    {
        "name": "Publish",
        "role": "publisher",
        "needs_factor": True,
        "meaning": str(Meaning.PUBLICATION),
        "rests_on": ["Compliance", "Finance"],
    },
]
Conditions = Collection[Mapping[str, str]]


@dataclass(frozen=True)
class RouteFacts:
    """What somebody says about a route: for which subjects, and who signs them."""

    applies_to: str
    name: str
    steps: Collection[Step]
    code: str = ""
    rank: int | None = None
    taken_if: Conditions = ()
    approves_itself_if: Conditions = ()

    def values(self) -> dict[str, Any]:
        return {
            "applies_to": self.applies_to,
            "name": self.name,
            "steps": [asdict(step) for step in self.steps],
            "code": self.code,
            "rank": self.rank,
            "taken_if": list(self.taken_if),
            "approves_itself_if": list(self.approves_itself_if),
        }

    def objection(self, others: Collection[Route]) -> Objection | None:
        """Whether it may stand beside the other routes of its kind."""
        facts = to_answer_for(self.applies_to)
        return objection_to_route(self.steps, taken_if=self.taken_if, others=others, facts=facts)


@transaction.atomic
def publish_route(facts: RouteFacts, *, by: Actor) -> Route:
    """Put a version of a route in force; requests that are open keep the one they began with.

    People propose it, and a second one agrees: see `propose_route`.
    """
    refuse_if(objection_to_publishing_alone(by))
    return put_in_force(facts, by=by)


@transaction.atomic
def put_in_force(facts: RouteFacts, *, by: Actor) -> Route:
    """Put a version that two people, or the product itself, answer for in force."""
    others = Route.objects.in_force(facts.applies_to).select_for_update()
    before = next((route for route in others if route.code == facts.code), None)
    others_remain = [route for route in others if route.code != facts.code]

    refuse_if(facts.objection(others_remain))

    last = Route.objects.filter(applies_to=facts.applies_to, code=facts.code)
    version = max((route.number for route in last), default=0) + 1
    if before:
        _end(before, by=by)
    route = Route.objects.create(version=version, created_by_name=by.name, **facts.values())
    record(by, "route.set", route, details={"steps": route.steps})
    return route


@transaction.atomic
def set_route(
    applies_to: str, *, name: str, steps: Collection[Mapping[str, Any]], by: Actor
) -> Route:
    """Say which signatures a kind of subject needs, whatever its facts."""
    given = [Step(**each) for each in steps]
    return publish_route(RouteFacts(applies_to, name, given), by=by)


@transaction.atomic
def end_route(route: Route, *, by: Actor) -> Route:
    """Take a special route out of force; what it took goes the standard way from now on."""
    refuse_if(objection_to_publishing_alone(by))
    return take_out_of_force(route, by=by)


@transaction.atomic
def take_out_of_force(route: Route, *, by: Actor) -> Route:
    """End a route for whose end two people, or the product itself, answer."""
    route = Route.objects.select_for_update().get(pk=route.pk)
    others = Route.objects.in_force(route.applies_to).exclude(pk=route.pk)

    refuse_if(objection_to_ending_route(route, others))

    _end(route, by=by)
    return route


def _end(route: Route, *, by: Actor) -> None:
    route.ended_at = now()
    route.save(update_fields=["ended_at"])
    record(by, "route.ended", route)
