"""What a learner does between a place and the credit: kinds of requirements, kept by others.

Whoever keeps a thing (a test, an evaluation, content) registers its kind in `AppConfig.ready`; the
context of learning says which of them an activity asks for, in which order, and is asked through
`objection_before` whether somebody has come to one. A kind that nobody registered is not chosen.
"""

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from symposia.activities.models import Activity
from symposia.registrations.models import Registration
from symposia.shared.lists import Words
from symposia.shared.refusals import Objection

Settings = Mapping[str, Any]


@dataclass(frozen=True)
class Stand:
    """How far somebody is with a requirement: done or not, what of it, how long it takes."""

    is_done: bool
    detail: Words = ""
    note: Words = ""


@dataclass(frozen=True)
class Setting:
    """A number that may be said of a requirement, with its bounds and what it is without."""

    name: str
    label: Words
    default: int
    least: int = 0
    most: int = 100


@dataclass(frozen=True)
class RequirementKind:
    """One thing a learner does; `missing` is what is said to whoever has not done it."""

    code: str
    label: Words
    missing: Objection
    # One learner, with the settings of the requirement.
    stand: Callable[[Registration, Settings], Stand]
    # Everybody of an activity who has done it, by registration, in few statements.
    done_in: Callable[[Activity, Settings], Collection[uuid.UUID]]
    # Why an activity cannot ask for it now: it has no test of that kind, say.
    objection_to_choosing: Callable[[Activity], Objection | None] = lambda _activity: None
    # The url name of the learner's page; it gets the token of the learner's link, and these.
    page: str = ""
    page_of: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = field(default=())
    # Where it usually stands; an activity may say otherwise, but a claim is last.
    rank: int = 50


@dataclass(frozen=True)
class Order:
    """Who knows what activities ask for, and in which order."""

    asks: Callable[[Activity], bool]
    # With a registration and the code of a kind: what has to be done before it.
    before: Callable[[Registration, str], Objection | None]


_kinds: dict[str, RequirementKind] = {}
_orders: list[Order] = []


def register_requirement_kind(kind: RequirementKind) -> None:
    """Let activities ask for it; the same code again replaces it."""
    _kinds[kind.code] = kind


def requirement_kinds() -> list[RequirementKind]:
    """Every kind that somebody keeps, in the usual order."""
    return sorted(_kinds.values(), key=lambda kind: (kind.rank, kind.code))


def requirement_kind(code: str) -> RequirementKind | None:
    """The kind of that code, where somebody keeps it."""
    return _kinds.get(code)


def register_order(order: Order) -> None:
    """Say who knows what activities ask for, and in which order."""
    _orders.append(order)


def asks_in_order(activity: Activity) -> bool:
    """Whether an activity says itself what is done before its credit, instead of being attended."""
    return any(order.asks(activity) for order in _orders)


def objection_before(registration: Registration, code: str) -> Objection | None:
    """What this learner has to do before a requirement of that kind; nothing where it is their
    turn, or where the activity asks for nothing in an order."""
    return next((said for order in _orders if (said := order.before(registration, code))), None)
