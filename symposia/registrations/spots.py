"""The line of an activity as it is now: who waits, what is free, where somebody stands in it."""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass

from symposia.activities.models import Activity
from symposia.registrations.line import Answer, Room, Wait, answers_of
from symposia.registrations.models import (
    Counts,
    Party,
    Places,
    Registration,
    Share,
    WaitlistTerms,
)
from symposia.registrations.queries import position_of, seats_of
from symposia.shared.refusals import Objection


def waits_of(activity: Activity) -> list[Wait]:
    """Everybody in the line of an activity, a party where its first member stands."""
    rows = Registration.objects.of(activity).queue()
    together: dict[uuid.UUID, list[_Row]] = defaultdict(list)
    for row in rows.values_list("pk", "party_id", "group_id", "attending"):
        together[row[1] or row[0]].append(row)
    return [_wait(key, each) for key, each in together.items()]


_Row = tuple[uuid.UUID, uuid.UUID | None, uuid.UUID | None, str]


def _wait(key: uuid.UUID, rows: list[_Row]) -> Wait:
    groups = Counter(group for _pk, _party, group, _form in rows if group)
    forms = Counter(form for *_others, form in rows if form)
    return Wait(key, tuple(row[0] for row in rows), groups, forms)


def room_of(counts: Counts) -> Room:
    """What is free of the places that are counted here."""
    places = counts.places
    free = None if places.capacity is None else places.capacity - places.taken - places.kept
    return Room(
        free,
        {pk: each.left for pk, each in counts.groups.items()},
        {form: each.left for form, each in counts.forms.items()},
    )


def counts_now(activity: Activity) -> Counts:
    """The counts as they are, only looked at."""
    places = Places.objects.filter(activity=activity).first()
    shares = list(Share.objects.of(activity).order_by("pk"))
    return Counts(places or Places(activity=activity, capacity=activity.capacity), shares)


def answers_now(activity: Activity, terms: WaitlistTerms) -> list[Answer]:
    """What the line says to each in it now; whoever is told no is told why."""
    room = room_of(counts_now(activity))
    return answers_of(waits_of(activity), room, passes_over=terms.passes_over)


def promoted_by(activity: Activity, capacity: int) -> list[Registration]:
    """Who of those that wait would get a place if there were so many."""
    counts = counts_now(activity)
    counts.places.capacity = max(capacity, counts.places.taken + counts.places.kept)
    terms = WaitlistTerms.objects.of(activity)
    answers = answers_of(waits_of(activity), room_of(counts), passes_over=terms.passes_over)
    given = [pk for answer in answers if not answer.objection for pk in answer.wait.members]
    return list(Registration.objects.filter(pk__in=given).with_people().order_by("requested_at"))


@dataclass(frozen=True)
class Spot:
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


def spot_of(registration: Registration) -> Spot | None:
    """Nothing for whoever does not wait."""
    position = position_of(registration)
    if position is None:
        return None
    terms = WaitlistTerms.objects.of(registration.activity)
    mine = registration.party_id or registration.pk
    answer = next(a for a in answers_now(registration.activity, terms) if a.wait.key == mine)
    return Spot(position, registration.party, answer.wait.size, answer.objection, terms)


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
