from symposia.approvals.actions.deadlines import chase_overdue, chase_request
from symposia.approvals.actions.decisions import DecisionFacts, decide_request
from symposia.approvals.actions.delegations import (
    DelegationFacts,
    delegate_signing,
    end_delegation,
)
from symposia.approvals.actions.proposals import (
    agree_to_route,
    drop_proposal,
    propose_ending,
    propose_route,
)
from symposia.approvals.actions.requests import (
    open_request,
    rate_request,
    revise_request,
    take_change_back,
    withdraw_request,
)
from symposia.approvals.actions.routes import (
    DEFAULT_STEPS,
    RouteFacts,
    end_route,
    publish_route,
    set_route,
)
from symposia.approvals.actions.together import approve_together

__all__ = [
    "DEFAULT_STEPS",
    "DecisionFacts",
    "DelegationFacts",
    "RouteFacts",
    "agree_to_route",
    "approve_together",
    "chase_overdue",
    "chase_request",
    "decide_request",
    "delegate_signing",
    "drop_proposal",
    "end_delegation",
    "end_route",
    "open_request",
    "propose_ending",
    "propose_route",
    "publish_route",
    "rate_request",
    "revise_request",
    "set_route",
    "take_change_back",
    "withdraw_request",
]
