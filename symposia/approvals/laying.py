"""Which steps a subject needs, which of them wait, and which signatures a change touches. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from typing import Any

from symposia.approvals.conditions import hold_surely, may_hold
from symposia.approvals.models import Because, Decision, Risk, Route, Step

RISK_WORDS = {
    Risk.UNKNOWN: "",
    Risk.LOW: "low",
    Risk.MEDIUM: "medium",
    Risk.HIGH: "high",
}


def facts_of(frozen: Mapping[str, Any], risk: str) -> dict[str, Any]:
    """What conditions read: the frozen subject, and how risky it was rated."""
    return {**frozen, "risk": RISK_WORDS[Risk(risk)]}


def route_for(routes: Iterable[Route], facts: Mapping[str, Any]) -> Route | None:
    """The first route whose conditions hold."""
    return next((route for route in routes if hold_surely(route.taken_if, facts)), None)


def approves_itself(route: Route, facts: Mapping[str, Any]) -> bool:
    """Whether a subject needs no signature: the route says so, and no rule found anything."""
    conditions = route.approves_itself_if
    is_green = facts.get("risk") == RISK_WORDS[Risk.LOW]
    return bool(conditions) and is_green and hold_surely(conditions, facts)


def laid_out(route: Route, facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps of a route that these facts ask for, each with its stage."""
    steps: list[dict[str, Any]] = []
    for step, stage in zip(route.route_steps, stages(route.route_steps), strict=True):
        if may_hold(step.only_if, facts):
            steps.append({**asdict(step), "stage": stage})
    return steps


def stages(steps: Sequence[Step]) -> list[int]:
    """The place of each step in the order; steps beside each other share one."""
    found: list[int] = []
    for step in steps:
        if step.stage >= 0:
            found.append(step.stage)
        else:
            found.append(found[-1] + (not step.beside) if found else 0)
    return found


def waiting(steps: Sequence[Step], signed: AbstractSet[int]) -> list[int]:
    """The unsigned steps of the first stage that has any."""
    order = stages(steps)
    open_ones = [place for place in range(len(steps)) if place not in signed]
    if not open_ones:
        return []
    first = min(order[place] for place in open_ones)
    return [place for place in open_ones if order[place] == first]


def place_of(decision: Decision, steps: Sequence[Step]) -> int | None:
    """Where a signature stands in a route: under the step with its name, role and meaning."""
    for place, step in enumerate(steps):
        if (step.name, step.meaning) == (decision.step_name, decision.meaning):
            is_enough = bool(decision.factor) or not step.needs_factor
            is_its_role = decision.role in {step.role, step.escalates_to}
            return place if is_enough and is_its_role else None
    return None


@dataclass(frozen=True)
class Fall:
    """A signature that a change takes away, and why."""

    decision: Decision
    because: Because
    changed: list[str]


def falls(
    standing: Sequence[tuple[Decision, Step, Sequence[str]]], involved: Collection[Any]
) -> list[Fall]:
    """Which signatures no longer count, each with its step and what changed since it was given.

    Steps are in their order, so a signature that builds on another follows it.
    """
    fallen: dict[str, Fall] = {}
    for decision, step, changed in standing:
        touched = [path for path in changed if covers(step, path)]
        if touched:
            fall = Fall(decision, Because.CHANGED, touched)
        elif fallen.keys() & set(step.rests_on):
            fall = Fall(decision, Because.RESTED, [])
        elif {decision.decided_by_id, decision.on_behalf_of_id} & set(involved):
            fall = Fall(decision, Because.INVOLVED, [])
        else:
            continue
        fallen[step.name] = fall
    return list(fallen.values())


def covers(step: Step, path: str) -> bool:
    """Whether a step answers for a fact: for all of them, or for this one, its whole or a part."""
    return not step.covers or any(_within(path, fact) for fact in step.covers)


def _within(path: str, fact: str) -> bool:
    return f"{path}.".startswith(f"{fact}.") or f"{fact}.".startswith(f"{path}.")
