from dataclasses import dataclass

from django.utils.timezone import now

from symposia.accounts.permissions import Access, Permission
from symposia.approvals.models import ApprovalRequest, Risk, Step
from symposia.approvals.queries.delegations import lent_to
from symposia.approvals.queries.requests import requests_waiting_for

MOST = 200


@dataclass(frozen=True)
class Item:
    """A request as it is shown: signing it means signing exactly this."""

    request: ApprovalRequest
    place: int

    @property
    def seen(self) -> str:
        return f"{self.request.pk}:{self.request.frozen_hash}:{self.place}"


@dataclass(frozen=True)
class Group:
    """Requests that differ in nothing a rule looks at, and the signature they wait for."""

    step: Step
    items: list[Item]


def groups_of_low_risk(access: Access) -> list[Group]:
    """What waits for this person and may be decided together: two or more of a kind."""
    lent = lent_to(access, at=now())
    waiting = requests_waiting_for(access, lent).filter(risk=Risk.LOW).exclude(rules_hash="")
    holders = [access, *(each.access for each in lent)]
    groups: dict[tuple[object, ...], list[Item]] = {}
    for request in waiting[:MOST]:
        item = Item(request, _place_of(request, holders))
        groups.setdefault((*kind_of(request), item.place), []).append(item)
    return [
        Group(items[0].request.step_at(items[0].place), items)
        for items in groups.values()
        if len(items) > 1
    ]


def _place_of(request: ApprovalRequest, holders: list[Access]) -> int:
    """The step that these roles sign: the first one that waits for one of them."""
    places = (
        place
        for held in holders
        for place in request.waiting_steps
        if held.roles_with(Permission.DECIDE_APPROVALS, request.scopes)
        & set(request.roles_at(place))
    )
    return next(places, request.current_step)


def kind_of(request: ApprovalRequest) -> tuple[object, ...]:
    """What must be the same for requests to be decided together."""
    return (request.rules_hash, request.route_id, request.subject_type, *request.waiting_steps)
