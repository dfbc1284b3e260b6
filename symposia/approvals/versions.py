"""What every new version of a request does: keeps its facts, drops what it touches, goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from symposia.approvals.laying import Fall, facts_of, falls, laid_out, place_of, route_for, waiting
from symposia.approvals.models import (
    ApprovalRequest,
    Decision,
    RequestVersion,
    Route,
    Step,
    Voiding,
    hash_of,
)
from symposia.approvals.policies import NO_ROUTE
from symposia.approvals.queries import (
    changes_between,
    frozen_versions,
    kept_signatures,
    person_behind,
    standing_of,
)
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import needed


@dataclass(frozen=True)
class Submitted:
    """A subject as somebody hands it in: its title, its facts, when."""

    title: str
    frozen: dict[str, Any]
    at: datetime

    def values(self, by: Actor) -> dict[str, Any]:
        return {
            "title": self.title[:300],
            "frozen": self.frozen,
            "frozen_hash": hash_of(self.frozen),
            "opened_at": self.at,
            "opened_by_name": by.name,
            "opened_by_id": person_behind(by),
            "ended_at": None,
        }


def keep_version(request: ApprovalRequest, *, by: Actor) -> None:
    """Keep what was submitted, for signatures and differences to refer to."""
    RequestVersion.objects.create(
        request=request,
        version=request.version,
        frozen=request.frozen,
        frozen_hash=request.frozen_hash,
        submitted_at=request.opened_at,
        submitted_by_name=by.name,
    )


def choose_route(request: ApprovalRequest) -> None:
    """Lay out the steps that the facts and the risk ask for, by the routes in force."""
    facts = facts_of(request.frozen, request.risk)
    route = needed(route_for(Route.objects.in_force(request.subject_type), facts), NO_ROUTE)
    request.route = route
    request.steps = laid_out(route, facts)


def void_touched(request: ApprovalRequest, *, by: Actor) -> list[Fall]:
    """Take away the signatures whose facts this version changed, and those that rested on them."""
    versions, steps = frozen_versions(request), request.route_steps
    given: list[tuple[int, Decision, list[str]]] = []
    for decision in kept_signatures(request):
        place = place_of(decision, steps)
        if place is not None:
            before: Mapping[str, Any] = versions[decision.version].frozen
            given.append((place, decision, _paths(before, request.frozen)))
    given.sort(key=lambda each: each[0])
    standing: list[tuple[Decision, Step, Sequence[str]]] = [
        (decision, steps[place], changed) for place, decision, changed in given
    ]
    fallen = falls(standing, request.involved)
    for fall in fallen:
        voiding = Voiding.objects.create(
            decision=fall.decision,
            version=request.version,
            changed=fall.changed,
            because=fall.because,
        )
        record(by, "approval.voided", voiding, details={"step": fall.decision.step_name})
    return fallen


def _paths(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [".".join(change.path) for change in changes_between(before, after)]


def settle(request: ApprovalRequest, *, at: datetime) -> bool:
    """Note what the request waits for now; whether every signature is given."""
    open_steps = waiting(request.route_steps, standing_of(request).keys())
    if not open_steps:
        request.waiting_steps, request.waiting_roles = [], []
        request.due_at = request.reminded_at = None
        request.current_step = len(request.steps)
        return True
    if not set(open_steps) & set(request.waiting_steps) or request.waiting_since is None:
        request.waiting_since, request.reminded_at = at, None
    request.waiting_steps = open_steps
    still = {request.step_at(place).name for place in open_steps}
    request.escalated = [name for name in request.escalated if name in still]
    request.current_step = open_steps[0]
    request.current_role = request.step.role
    request.waiting_roles = roles_waiting(request)
    hours = [step.hours for step in map(request.step_at, open_steps) if step.hours]
    since = request.waiting_since
    request.due_at = since + timedelta(hours=min(hours)) if hours else None
    return False


def roles_waiting(request: ApprovalRequest) -> list[str]:
    """Whose signature a request waits for: of its steps, and above them once overdue."""
    return sorted({role for place in request.waiting_steps for role in request.roles_at(place)})
