"""Phones whose clocks are off by up to three days, and jump: minutes are right all the same
(E3)."""

import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import time_machine

from symposia.attendance.actions.batches import Batch, Reading, record_batch
from symposia.attendance.actions.conflicts import find_conflicts
from symposia.attendance.conflicts import WRONG_BY
from symposia.attendance.models import Conflict, PresenceEvidence
from symposia.attendance.queries import minutes_of
from symposia.shared.actors import SYSTEM
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.registrations import RegistrationFactory

EVENINGS, EVENINGS_AT_NIGHT = 6, 400
MINUTES, PEOPLE, PHONES = 180, 5, 3
MOST_WRONG = timedelta(days=3)
# What a phone knows of its own error is as good as the network was when it asked.
UNKNOWN = 15
APART = timedelta(seconds=2 * UNKNOWN + 2)
# An ordinary evening, and two nights in which the clocks of the venue are changed.
DAYS = ("2027-01-14T18:00", "2027-03-14T00:30", "2027-11-07T00:30")


@dataclass(frozen=True)
class Truth:
    """What happened: somebody passed a door."""

    place: object
    kind: str
    at: datetime


class Phone:
    """Its clock is behind by some time, and jumps once in the evening; it knows so at each scan."""

    def __init__(self, chance, begins):
        self.chance = chance
        self.behind = [MOST_WRONG * chance.uniform(-1, 1), MOST_WRONG * chance.uniform(-1, 1)]
        if chance.random() < 0.3:
            self.behind = [timedelta(seconds=chance.uniform(-20, 20))] * 2
        self.jumps_at = begins + timedelta(minutes=chance.uniform(0, MINUTES))

    def off_at(self, at):
        return self.behind[at >= self.jumps_at]

    def sees(self, truth):
        behind = self.off_at(truth.at)
        known = round(behind.total_seconds() + self.chance.uniform(-UNKNOWN, UNKNOWN))
        return Reading(
            uuid.uuid4(),
            truth.kind,
            truth.place.pk,
            device_time=truth.at - behind,
            clock_offset=known,
        )


def true_evening(chance, activity):
    """Somebody comes late or early, may go out for a while, and leaves."""
    seen = []
    for _person in range(PEOPLE):
        place = RegistrationFactory(
            activity=activity, requested_at=activity.starts_at - timedelta(days=9)
        )
        for number, at in enumerate(passings(chance, activity)):
            seen.append(Truth(place, "out" if number % 2 else "in", at))
    return seen


def passings(chance, activity):
    """When somebody passes a door; never so fast that nobody could say what came first."""
    lasts = minutes_of_session(activity)
    while True:
        marks = sorted(chance.uniform(-15, lasts + 15) for _ in range(chance.choice((2, 4))))
        times = [activity.starts_at + timedelta(minutes=minute) for minute in marks]
        if all(later - earlier > APART for earlier, later in pairwise(times)):
            return times


def minutes_of_session(activity):
    return (activity.ends_at - activity.starts_at) // timedelta(minutes=1)


def minutes_true(seen, place, activity):
    """The oracle: the seconds between coming and leaving, inside the session."""
    times = [truth.at for truth in seen if truth.place == place]
    there = timedelta()
    for came, left in zip(times[::2], times[1::2], strict=True):
        begins, ends = max(came, activity.starts_at), min(left, activity.ends_at)
        there += max(ends - begins, timedelta())
    return there / timedelta(minutes=1)


def evening_of(seed):
    chance = random.Random(seed)  # noqa: S311
    wall = datetime.fromisoformat(DAYS[seed % len(DAYS)])
    activity = ActivityFactory(state="held", wall_starts=wall, minutes=MINUTES)
    SessionFactory(activity=activity, minutes=minutes_of_session(activity))
    seen = true_evening(chance, activity)
    phones = [Phone(chance, activity.starts_at) for _ in range(PHONES)]
    through = [(truth, chance.choice(phones)) for truth in seen]
    bring(chance, activity, [phone.sees(truth) for truth, phone in through])
    return activity, seen, through


def bring(chance, activity, readings):
    """In any order, some of them twice, up to three days later."""
    waiting = readings + chance.sample(readings, len(readings) // 3)
    chance.shuffle(waiting)
    at = activity.ends_at + timedelta(minutes=20)
    while waiting:
        with time_machine.travel(at, tick=False):
            record_batch(Batch(activity.pk, waiting[:7], "Hall A"), by=SYSTEM)
        waiting = waiting[7:]
        at += timedelta(hours=chance.uniform(0, 24))


def check(seed):
    activity, seen, through = evening_of(seed)
    for place in {truth.place for truth in seen}:
        presence = minutes_of(place)
        wrong = abs(presence.creditable - minutes_true(seen, place, activity))
        passed = sum(truth.place == place for truth in seen)
        # Each passing may be unknown by so many seconds; whole minutes cut off the rest.
        assert wrong <= passed * UNKNOWN / 60 + 1, (seed, wrong)
        assert all(stay.starts_at <= stay.ends_at for stay in presence.stays)
    for one in PresenceEvidence.objects.filter(activity=activity):
        assert any(is_of(one, truth) for truth in seen), (seed, one.occurred_at)
    find_conflicts(activity, by=SYSTEM)
    asked = Conflict.objects.of(activity).filter(kind="clock")
    flagged = {conflict.registration_id for conflict in asked}
    far_off = {
        truth.place.pk
        for truth, phone in through
        if abs(phone.off_at(truth.at)) > WRONG_BY + timedelta(seconds=UNKNOWN)
    }
    assert far_off <= flagged


def is_of(evidence, truth):
    near = abs(evidence.occurred_at - truth.at) <= timedelta(seconds=UNKNOWN + 1)
    return evidence.registration_id == truth.place.pk and evidence.kind == truth.kind and near


@pytest.mark.parametrize("seed", range(EVENINGS))
def test_minutes_are_right_whatever_the_clocks_of_the_phones_say(organisation, seed):
    check(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(EVENINGS, EVENINGS_AT_NIGHT))
def test_minutes_are_right_in_hundreds_of_evenings(organisation, seed):
    check(seed)


def test_the_check_sees_a_product_that_believes_the_phones(organisation, monkeypatch):
    """The negative control: the phone's own clock counts as it is."""
    monkeypatch.setattr(
        "symposia.attendance.actions.batches.corrected",
        lambda device_time, _offset, *, at: min(device_time, at),
    )

    with pytest.raises(AssertionError):
        check(1)
