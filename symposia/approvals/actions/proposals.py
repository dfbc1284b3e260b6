from django.db import transaction
from django.utils.timezone import now

from symposia.approvals.actions.routes import (
    RouteFacts,
    put_in_force,
    take_out_of_force,
)
from symposia.approvals.models import Proposed, Route, RouteProposal
from symposia.approvals.policies import objection_to_ending_route
from symposia.approvals.queries import person_behind
from symposia.approvals.two_people import (
    PROPOSED_ALREADY,
    objection_to_agreeing_to_route,
    objection_to_dropping_proposal,
)
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.proposals import ProposalState
from symposia.shared.refusals import Objection, refuse_if


@transaction.atomic
def propose_route(facts: RouteFacts, *, by: Actor) -> RouteProposal:
    """Write a version of a route; it is in force once a second person agrees to it."""
    in_force = list(Route.objects.in_force(facts.applies_to).select_for_update())
    others = [route for route in in_force if route.code != facts.code]

    refuse_if(facts.objection(others))
    refuse_if(_waiting(facts.applies_to, facts.code))

    return _propose(
        RouteProposal(
            what=Proposed.VERSION,
            applies_to=facts.applies_to,
            name=facts.name,
            code=facts.code,
            facts=facts.values(),
        ),
        by=by,
    )


@transaction.atomic
def propose_ending(route: Route, *, by: Actor) -> RouteProposal:
    """Ask that a special route ends; it does once a second person agrees."""
    route = Route.objects.select_for_update().get(pk=route.pk)
    others = Route.objects.in_force(route.applies_to).exclude(pk=route.pk)

    refuse_if(objection_to_ending_route(route, others))
    refuse_if(_waiting(route.applies_to, route.code))

    return _propose(
        RouteProposal(
            what=Proposed.ENDING,
            applies_to=route.applies_to,
            name=route.name,
            code=route.code,
            route=route,
        ),
        by=by,
    )


@transaction.atomic
def agree_to_route(proposal: RouteProposal, *, by: Actor) -> RouteProposal:
    """A second person has read it and puts it in force, or ends what shall end."""
    proposal = RouteProposal.objects.select_for_update(of=["self"]).get(pk=proposal.pk)
    person = person_behind(by)

    refuse_if(objection_to_agreeing_to_route(proposal, by_id=person))

    if proposal.what == Proposed.ENDING and proposal.route:
        route = take_out_of_force(proposal.route, by=by)
    else:
        route = put_in_force(RouteFacts(**proposal.said), by=by)
    proposal.move(
        ProposalState.AGREED,
        route=route,
        decided_at=now(),
        decided_by_id=person,
        decided_by_name=by.name,
    )
    details = {"what": proposal.what, "proposed_by": proposal.proposed_by_name}
    record(by, "route.agreed", proposal, details=details)
    return proposal


@transaction.atomic
def drop_proposal(proposal: RouteProposal, *, by: Actor) -> RouteProposal:
    """Leave everything as it is."""
    proposal = RouteProposal.objects.select_for_update(of=["self"]).get(pk=proposal.pk)

    refuse_if(objection_to_dropping_proposal(proposal))

    proposal.move(
        ProposalState.DROPPED,
        decided_at=now(),
        decided_by_id=person_behind(by),
        decided_by_name=by.name,
    )
    record(by, "route.dropped", proposal)
    return proposal


def _waiting(applies_to: str, code: str) -> Objection | None:
    rows = RouteProposal.objects.waiting().filter(applies_to=applies_to, code=code)
    first = rows.first()
    return PROPOSED_ALREADY.about(who=first.proposed_by_name) if first else None


def _propose(proposal: RouteProposal, *, by: Actor) -> RouteProposal:
    person = person_behind(by)
    if person is None:
        raise TypeError("a route is proposed by a person")
    proposal.proposed_by_id, proposal.proposed_by_name = person, by.name
    proposal.save(force_insert=True)
    record(by, "route.proposed", proposal, details={"what": proposal.what})
    return proposal
