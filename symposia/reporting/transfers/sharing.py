"""A cost divided among those who had it, to the last minor unit; each share says why. Pure."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from symposia.activities.modes import Mode
from symposia.finance.models import Category
from symposia.reporting.models.kinds import Party, TransferKind
from symposia.reporting.transfers.share_words import (
    NOBODY_NAMED,
    NOT_KNOWN_WHO,
    OF_THE_HOUSE,
    PASSED_ON,
    TO_THE_ORGANISER,
    TO_THE_SPEAKER,
    TO_THE_TRAVELLER,
    WHO_ATE,
    WHO_WAS_NAMED,
)
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

# What is divided among those who were there, and what is somebody's alone.
SHARED = {Category.MEALS: TransferKind.MEAL, Category.MATERIALS: TransferKind.ITEM}
ALONE = frozenset({Category.TRAVEL, Category.FACULTY})
# Hall, technique and agencies are part of what a head costs and nobody's transfer.
NOBODYS = frozenset({Category.VENUE, Category.TECHNOLOGY, Category.OTHER})


@dataclass(frozen=True)
class Had:
    """Somebody who had a part of a cost: of the directory, or known by name alone."""

    name: str
    party: str = Party.CLINICIAN
    clinician_id: uuid.UUID | None = None
    institution_id: uuid.UUID | None = None
    taught: bool = False

    @property
    def key(self) -> str:
        """By which a share of theirs is told from another's."""
        known = self.clinician_id or self.institution_id
        if known:
            return known.hex
        return hashlib.sha256(f"{self.party}:{self.name.casefold()}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Room:
    """Who was there: clinicians who came, and whoever taught and is not one of them."""

    came: tuple[Had, ...] = ()
    taught: tuple[Had, ...] = ()


@dataclass(frozen=True)
class Said:
    """Who had a cost, as somebody said it."""

    by: str
    people: tuple[Had, ...] = ()
    staff: int = 0
    organisation: Had | None = None
    # Out of a grant: who was paid how much, whether we directed it, when we learned of it.
    passed_on: tuple["PassedOn", ...] = ()


@dataclass(frozen=True)
class PassedOn:
    """What a person was paid out of a grant."""

    who: Had
    minor: int
    directed: bool
    learned_on: date | None


@dataclass(frozen=True)
class Counted:
    """How many shared it, as its receipt says."""

    came: int
    taught: int
    staff: int


@dataclass(frozen=True)
class Cost:
    """What was paid, as the books have it, and what is known of who had it."""

    posting_id: uuid.UUID
    category: str
    amount: Money
    on: date
    what: str = ""
    # The traveller or the speaker whom its line names; what they are paid for.
    person: Had | None = None
    is_advice: bool = False
    counted: Counted | None = None
    said: Said | None = None


@dataclass(frozen=True)
class Share:
    """A part of a cost: whose, how much, and the sentence that explains it."""

    posting_id: uuid.UUID
    kind: str
    who: Had
    minor: int
    because: Objection
    on: date
    heads: int = 1
    directed: bool | None = None
    learned_on: date | None = None

    @property
    def is_inside(self) -> bool:
        """Whether somebody was paid out of a grant: not a part of the cost once more."""
        return self.kind == TransferKind.PASSED_ON

    @property
    def key(self) -> str:
        return f"{self.posting_id.hex}:{'p' if self.is_inside else 's'}:{self.who.key}"


def largest_remainder(minor: int, weights: Sequence[int]) -> list[int]:
    """Whole minor units in proportion to weights that add up exactly; what is left over goes to
    the largest remainders, the first of equal ones. Raises ValueError without any weight."""
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("nobody to share with")
    shares = [minor * weight // whole for weight in weights]
    rests = [minor * weight % whole for weight in weights]
    left = minor - sum(shares)
    for place in sorted(range(len(weights)), key=lambda at: (-rests[at], at))[:left]:
        shares[place] += 1
    return shares


def shares_of(cost: Cost, room: Room, mode: str) -> list[Share]:
    """Every part of a cost that somebody had; none of what is nobody's. They add up to it."""
    if mode == Mode.INDEPENDENT and cost.category not in NOBODYS | {Category.MEALS}:
        return _granted(cost)
    if cost.said and cost.said.organisation:
        return _granted(cost)
    if cost.category in SHARED:
        return _divided(cost, room)
    return _alone(cost, mode) if cost.category in ALONE else []


def _granted(cost: Cost) -> list[Share]:
    """A grant is its organiser's; who was paid out of it stands beside it."""
    said = cost.said
    if said is None or said.organisation is None:
        return [_unnamed(cost, TransferKind.GRANT)]
    whole, to = str(cost.amount), said.organisation
    because = TO_THE_ORGANISER.about(whole=whole, name=to.name)
    found = [_share(cost, TransferKind.GRANT, to, cost.amount.minor, because)]
    for each in said.passed_on:
        share = str(Money.from_minor(each.minor, cost.amount.currency))
        why = PASSED_ON.about(share=share, name=each.who.name, whole=whole)
        found.append(
            Share(
                *(cost.posting_id, TransferKind.PASSED_ON, each.who, each.minor, why, cost.on),
                directed=each.directed,
                learned_on=each.learned_on,
            )
        )
    return found


def _alone(cost: Cost, mode: str) -> list[Share]:
    """The journey is the traveller's, the fee the speaker's."""
    named = cost.said.people if cost.said else (cost.person,) if cost.person else ()
    kind = _kind_alone(cost, named[0] if named else None, mode)
    if cost.said:
        return _among(cost, kind, named, cost.said.staff)
    if not named:
        return [_unnamed(cost, kind)]
    words = TO_THE_SPEAKER if cost.category == Category.FACULTY else TO_THE_TRAVELLER
    because = words.about(whole=str(cost.amount), name=named[0].name)
    return [_share(cost, kind, named[0], cost.amount.minor, because)]


def _kind_alone(cost: Cost, who: Had | None, mode: str) -> str:
    if cost.category == Category.TRAVEL:
        return TransferKind.SPEAKER_TRAVEL if who and who.taught else TransferKind.TRAVEL
    if cost.is_advice:
        return TransferKind.ADVICE
    return TransferKind.FEE if mode == Mode.PROMOTIONAL else TransferKind.TEACHING


def _divided(cost: Cost, room: Room) -> list[Share]:
    """A meal is divided by all who ate; of whoever is not known the group is told."""
    kind = SHARED[Category(cost.category)]
    if cost.said:
        return _among(cost, kind, cost.said.people, cost.said.staff)
    counted = cost.counted or Counted(len(room.came), len(room.taught), 0)
    heads = counted.came + counted.taught + counted.staff
    if heads < 1:
        return [_unnamed(cost, kind)]
    people: list[Had] = []
    unknown = 0
    for number, known in ((counted.came, room.came), (counted.taught, room.taught)):
        people += known if number == len(known) else ()
        unknown += 0 if number == len(known) else number
    return _among(cost, kind, people, counted.staff, unknown=unknown, counted=counted)


def _among(  # a division has this many sides
    cost: Cost,
    kind: str,
    people: Sequence[Had],
    staff: int,
    *,
    unknown: int = 0,
    counted: Counted | None = None,
) -> list[Share]:
    """Equal parts for each head, largest remainders first by the key of the person."""
    ordered = sorted(people, key=lambda each: each.key)
    heads = len(ordered) + staff + unknown
    if heads < 1:
        return [_unnamed(cost, kind)]
    parts = largest_remainder(cost.amount.minor, [1] * heads)
    found = [
        _share(cost, kind, who, minor, _because(cost, minor, heads, counted))
        for who, minor in zip(ordered, parts, strict=False)
    ]
    rest = parts[len(ordered) :]
    if staff:
        found.append(_house(cost, kind, staff, heads, sum(rest[:staff])))
    if unknown:
        whole, minor = str(cost.amount), sum(rest[staff:])
        why = NOT_KNOWN_WHO.about(share=_written(cost, minor), whole=whole)
        who = Had("", Party.UNNAMED)
        found.append(_share(cost, kind, who, minor, why, heads=unknown))
    return found


def _because(cost: Cost, minor: int, heads: int, counted: Counted | None) -> Objection:
    said = {"share": _written(cost, minor), "whole": str(cost.amount), "heads": heads}
    if counted is None:
        return WHO_WAS_NAMED.about(**said, by=cost.said.by if cost.said else "")
    return WHO_ATE.about(**said, came=counted.came, taught=counted.taught, staff=counted.staff)


def _house(cost: Cost, kind: str, staff: int, heads: int, minor: int) -> Share:
    facts = {"share": _written(cost, minor), "whole": str(cost.amount)}
    why = OF_THE_HOUSE.about(**facts, staff=staff, heads=heads)
    return _share(cost, kind, Had("", Party.STAFF), minor, why, heads=staff)


def _unnamed(cost: Cost, kind: str) -> Share:
    because = NOBODY_NAMED.about(whole=str(cost.amount))
    return _share(cost, kind, Had("", Party.UNNAMED), cost.amount.minor, because)


def _written(cost: Cost, minor: int) -> str:
    return str(Money.from_minor(minor, cost.amount.currency))


def _share(  # a share has this many sides
    cost: Cost, kind: str, who: Had, minor: int, because: Objection, *, heads: int = 1
) -> Share:
    return Share(cost.posting_id, kind, who, minor, because, cost.on, heads=max(heads, 1))
