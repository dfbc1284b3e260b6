"""Devices that were alone for hours bring what they saw, twice, in parts, in any order: whoever has
the same set of observations has the same state, byte for byte."""

import random
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from symposia.attendance.actions.batches import Batch, Reading, Stranger, record_batch
from symposia.attendance.folding import (
    DESK,
    NEXT_EVIDENCE,
    WHOLE_SESSION,
    last_change,
    presence_of,
)
from symposia.attendance.models import PresenceEvidence, Standing
from symposia.attendance.queries import evidence_by_registration, opening_of
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from tests.attendance.test_folding import is_inside
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.registrations import RegistrationFactory

BEGIN = datetime(2027, 3, 11, 18, 0, tzinfo=UTC)
RULES = [WHOLE_SESSION, NEXT_EVIDENCE, DESK]
PEOPLE = [uuid.UUID(int=n) for n in range(1, 6)]


@dataclass(frozen=True)
class Seen:
    event_uuid: uuid.UUID
    person: uuid.UUID
    kind: str
    occurred_at: datetime
    session_id: uuid.UUID | None = None
    undoes: uuid.UUID | None = None
    source: str = "scan"
    ends_at: datetime | None = None
    device: str = ""
    by_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Slot:
    id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    creditable_minutes: int


NIGHTLY = [pytest.param(seed, marks=pytest.mark.nightly) for seed in range(3, 40)]


class Ledger:
    """What a server has that keeps each observation once and folds the set."""

    def __init__(self):
        self.kept = {}

    def take(self, batch):
        for one in batch:
            self.kept.setdefault(one.event_uuid, one)

    def state(self, slots, rule):
        return b"\n".join(presence_of(self.of(person), slots, rule).as_bytes for person in PEOPLE)

    def of(self, person):
        return [one for one in self.kept.values() if one.person == person]


class LastWriteWins(Ledger):
    """The usual mistake: what arrives last is the state of a person."""

    def take(self, batch):
        for one in batch:
            if one.kind != "undo":
                for key in [k for k, o in self.kept.items() if o.person == one.person]:
                    del self.kept[key]
            self.kept[one.event_uuid] = one


class Sync(RuleBasedStateMachine):
    """One to eight devices that see people come and go, and a network that does its worst."""

    server = Ledger

    def __init__(self):
        super().__init__()
        self.everything, self.outbox = [], {}
        self.one, self.other = self.server(), self.server()
        self.slots = [_slot(0, 60, 60), _slot(75, 60, 45)]

    @initialize(devices=st.integers(1, 8), no_leave=st.sampled_from(RULES))
    def devices_are_paired(self, devices, no_leave):
        self.no_leave = no_leave
        self.outbox = {device: [] for device in range(devices)}

    @rule(
        device=st.integers(0, 7),
        person=st.sampled_from(PEOPLE),
        kind=st.sampled_from(["in", "in", "out", "walk_in"]),
        minute=st.one_of(st.integers(-20, 150), st.integers(-20_000, 150)),
        at_session=st.sampled_from([None, 0, 1]),
    )
    def a_device_sees_somebody(self, device, person, kind, minute, at_session):
        session = None if at_session is None else self.slots[at_session].id
        at = BEGIN + timedelta(minutes=minute)
        self._see(device, Seen(_new(), person, kind, at, session))

    @rule(device=st.integers(0, 7), which=st.integers(0, 50))
    def a_device_takes_back(self, device, which):
        if self.everything:
            wrong = self.everything[which % len(self.everything)]
            self._see(device, Seen(_new(), wrong.person, "undo", BEGIN, None, wrong.event_uuid))

    @rule(minutes=st.integers(-30, 30))
    def a_session_is_moved(self, minutes):
        by = timedelta(minutes=minutes)
        old = self.slots[1]
        self.slots[1] = Slot(old.id, old.starts_at + by, old.ends_at + by, old.creditable_minutes)

    @rule(device=st.integers(0, 7), chance=st.randoms(use_true_random=False), drops=st.booleans())
    def a_device_sends(self, device, chance, drops):
        """Shuffled, in parts, some of it twice; where the answer is lost, all again later."""
        queue = self.outbox[device % len(self.outbox)]
        batch = [*queue, *queue[: len(queue) // 2]]
        chance.shuffle(batch)
        half = len(batch) // 2
        self.one.take(batch[:half])
        if not drops:
            self.one.take(batch[half:])
            queue.clear()

    def _see(self, device, seen):
        self.everything.append(seen)
        self.outbox[device % len(self.outbox)].append(seen)

    def teardown(self):
        """Days later everything has arrived; another server heard of it in another order."""
        for queue in self.outbox.values():
            self.one.take(queue)
        shuffled = list(self.everything)
        random.Random(len(shuffled)).shuffle(shuffled)  # noqa: S311  # the same each time
        self.other.take(shuffled)
        reference = b"\n".join(
            presence_of(
                [one for one in self.everything if one.person == person], self.slots, self._rule()
            ).as_bytes
            for person in PEOPLE
        )
        assert self.one.state(self.slots, self._rule()) == reference
        assert self.other.state(self.slots, self._rule()) == reference

    def _rule(self):
        return getattr(self, "no_leave", WHOLE_SESSION)


class Careless(Sync):
    server = LastWriteWins


def _slot(begins, length, counts):
    starts_at = BEGIN + timedelta(minutes=begins)
    ends_at = starts_at + timedelta(minutes=length)
    return Slot(uuid.UUID(int=1000 + begins), starts_at, ends_at, counts)


def _new():
    return uuid.uuid4()


def schedules(number):
    return settings(
        max_examples=number,
        stateful_step_count=30,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )


def test_the_same_set_is_the_same_state_byte_for_byte():
    run_state_machine_as_test(Sync, settings=schedules(200))


@pytest.mark.nightly
def test_the_same_set_is_the_same_state_in_two_thousand_schedules():
    run_state_machine_as_test(Sync, settings=schedules(2_000))


def test_a_server_where_the_last_write_wins_is_found_out():
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Careless, settings=schedules(200))


def _readings(people, chance):
    found = []
    for number in range(24):
        person = chance.choice(people)
        at = BEGIN + timedelta(minutes=chance.choice([-150, *range(140)]))
        kind = chance.choice(["in", "in", "out", "undo"])
        earlier = [r for r in found if r.registration_id == person.pk and r.kind != "undo"]
        undoes = chance.choice(earlier).event_uuid if kind == "undo" and earlier else None
        kind = "in" if kind == "undo" and not undoes else kind
        made = Reading(
            uuid.uuid4(), kind, person.pk, undoes=undoes, device_time=at, sequence=number
        )
        found.append(made)
    return [*found, Reading(uuid.uuid4(), "walk_in", stranger=Stranger("Wei Chen"))]


@pytest.mark.parametrize("seed", [0, 1, 2, *NIGHTLY])
def test_the_database_ends_in_the_state_of_the_set(organisation, seed):
    chance = random.Random(seed)  # noqa: S311  # the same each time
    activity = ActivityFactory(state="held")
    SessionFactory(activity=activity, starts_at=BEGIN)
    people = [RegistrationFactory(activity=activity) for _ in range(4)]
    readings = _readings(people, chance)
    sent = [*readings, *chance.sample(readings, 8)]
    chance.shuffle(sent)
    with time_machine.travel(BEGIN + timedelta(days=3), tick=False):
        Registration.objects.filter(pk=people[0].pk).update(state="cancelled", cancelled_at=BEGIN)
        while sent:
            size = chance.randrange(1, 9)
            batch, sent = sent[:size], sent[size:]
            record_batch(Batch(activity.pk, batch, f"Door {size}", 0), by=SYSTEM)

    kept = set(PresenceEvidence.objects.values_list("event_uuid", flat=True))
    assert kept == {one.event_uuid for one in readings}
    held = {one.registration_id: one for one in Standing.objects.all()}
    seen = evidence_by_registration(activity)
    opens_at = opening_of(activity.pk)
    assert {key: one.is_inside for key, one in held.items()} == {
        one: is_inside(seen[one], opens_at) for one in held
    }
    last = {key: last_change(seen[key], opens_at) for key in held}
    assert [(held[key].event_uuid, held[key].at) for key, one in last.items() if one] == [
        (one.event_uuid, one.occurred_at) for one in last.values() if one
    ]
