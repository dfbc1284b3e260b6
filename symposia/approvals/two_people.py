"""What says who signs is changed by two people."""

import uuid

from django.utils.translation import gettext_lazy as _

from symposia.approvals.models import RouteProposal
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection

NOT_ALONE = Objection(
    "route_needs_two", _("A route is proposed by one person and agreed to by a second.")
)
PROPOSED_ALREADY = Objection(
    "route_proposed_already",
    _("%(who)s has proposed a change of this route. Agree to it or drop it first."),
)
NOT_PROPOSED = Objection("route_not_proposed", _("This proposal was decided already."))
OWN_PROPOSAL = Objection(
    "own_route_proposal", _("You proposed this. A second person reads it and agrees.")
)


def objection_to_publishing_alone(by: Actor) -> Objection | None:
    """What says who signs is changed by two people, or by the product where it is set up."""
    return None if by.kind in {"system", "job"} else NOT_ALONE


def objection_to_agreeing_to_route(
    proposal: RouteProposal, *, by_id: uuid.UUID | None
) -> Objection | None:
    """Four eyes: somebody else than who proposed it."""
    if not proposal.is_waiting:
        return NOT_PROPOSED
    return OWN_PROPOSAL if by_id in {None, proposal.proposed_by_id} else None


def objection_to_dropping_proposal(proposal: RouteProposal) -> Objection | None:
    """Only a proposal that still waits is dropped."""
    return None if proposal.is_waiting else NOT_PROPOSED
