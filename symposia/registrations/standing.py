"""The line of an activity as it is now: who waits, what is free, where somebody stands in it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from symposia.activities.models import Activity
from symposia.registrations.line import Answer, Room, Wait, answers_of
from symposia.registrations.models import Party, Places, Registration, WaitlistTerms
from symposia.registrations.queries import position_of, seats_of
from symposia.shared.refusals import Objection


def waits_of(activity: Activity) -> list[Wait]:
    """Everybody in the line of an activity, a party where its first member stands."""
    return _together(Registration.objects.of(activity).queue().values_list("pk", "party_id"))


def room_of(places: Places) -> Room:
    """What is free of the places that are counted here."""
    free = None if places.capacity is None else max(0, places.capacity - places.taken)
    return Room(free)


def _together(rows: Iterable[tuple[uuid.UUID, uuid.UUID | None]]) -> list[Wait]:
    members: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for registration_id, party_id in rows:
        members[party_id or registration_id].append(registration_id)
    return [Wait(key, tuple(each)) for key, each in members.items()]


def answers_now(activity: Activity, terms: WaitlistTerms) -> list[Answer]:
    """What the line says to each in it now; whoever is told no is told why."""
    places = Places.objects.filter(activity=activity).first() or Places(activity=activity)
    return answers_of(waits_of(activity), room_of(places), passes_over=terms.passes_over)


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in the line, and why no place is theirs yet."""

    position: int
    party: Party | None
    party_size: int
    objection: Objection | None
    terms: WaitlistTerms

    @property
    def before(self) -> int:
        """How many people asked earlier."""
        return self.position - 1


def standing_of(registration: Registration) -> Standing | None:
    """Nothing for whoever does not wait."""
    position = position_of(registration)
    if position is None:
        return None
    terms = WaitlistTerms.objects.of(registration.activity)
    mine = registration.party_id or registration.pk
    answer = next(a for a in answers_now(registration.activity, terms) if a.wait.key == mine)
    return Standing(position, registration.party, answer.wait.size, answer.objection, terms)


@dataclass(frozen=True)
class LineNow:
    """What holds a waitlist up, for those who look after it."""

    taken: int
    waiting: int
    offered: int
    terms: WaitlistTerms
    # The reasons in words and how many people each keeps waiting.
    reasons: list[tuple[str, int]]


def line_now(activity: Activity) -> LineNow:
    """How many wait, for what, and how many have an offer to answer."""
    terms, seats = WaitlistTerms.objects.of(activity), seats_of(activity)
    reasons: dict[str, int] = defaultdict(int)
    for answer in answers_now(activity, terms):
        if answer.objection:
            reasons[str(answer.objection)] += answer.wait.size
    offered = Registration.objects.of(activity).offered().count()
    return LineNow(seats.taken, seats.waiting, offered, terms, list(reasons.items()))
