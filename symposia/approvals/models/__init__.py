from symposia.approvals.models.choices import Because, Risk, State, Verdict
from symposia.approvals.models.delegations import Delegation, DelegationQuerySet
from symposia.approvals.models.proposals import Proposed, RouteProposal
from symposia.approvals.models.requests import ApprovalRequest, RequestQuerySet, hash_of
from symposia.approvals.models.routes import Meaning, Route, RouteQuerySet, Step
from symposia.approvals.models.signatures import Decision, RequestVersion, Voiding

__all__ = [
    "ApprovalRequest",
    "Because",
    "Decision",
    "Delegation",
    "DelegationQuerySet",
    "Meaning",
    "Proposed",
    "RequestQuerySet",
    "RequestVersion",
    "Risk",
    "Route",
    "RouteProposal",
    "RouteQuerySet",
    "State",
    "Step",
    "Verdict",
    "Voiding",
    "hash_of",
]
