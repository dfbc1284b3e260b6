from dataclasses import dataclass

from django.utils.timezone import now

from symposia.accounts.permissions import Access
from symposia.approvals.models import ApprovalRequest, Risk, Step
from symposia.approvals.queries.delegations import lent_to
from symposia.approvals.queries.requests import requests_waiting_for

MOST = 200


@dataclass(frozen=True)
class Item:
    """A request as it is shown: signing it means signing exactly this."""

    request: ApprovalRequest

    @property
    def seen(self) -> str:
        return f"{self.request.pk}:{self.request.frozen_hash}"


@dataclass(frozen=True)
class Group:
    """Requests that differ in nothing a rule looks at, and the signature they wait for."""

    step: Step
    items: list[Item]


def groups_of_low_risk(access: Access) -> list[Group]:
    """What waits for this person and may be decided together: two or more of a kind."""
    lent = lent_to(access, at=now())
    waiting = requests_waiting_for(access, lent).filter(risk=Risk.LOW).exclude(rules_hash="")
    groups: dict[tuple[object, ...], list[ApprovalRequest]] = {}
    for request in waiting[:MOST]:
        groups.setdefault(kind_of(request), []).append(request)
    return [
        Group(rows[0].step, [Item(each) for each in rows])
        for rows in groups.values()
        if len(rows) > 1
    ]


def kind_of(request: ApprovalRequest) -> tuple[object, ...]:
    """What must be the same for requests to be decided together."""
    return (request.rules_hash, request.route_id, request.subject_type, *request.waiting_steps)
