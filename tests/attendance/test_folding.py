import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symposia.attendance.folding import is_inside, presence_of

BEGIN = datetime(2027, 3, 11, 18, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    kind: str
    minute: float
    session_id: uuid.UUID | None = None
    undoes: uuid.UUID | None = None
    event_uuid: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def occurred_at(self):
        return BEGIN + timedelta(minutes=self.minute)


@dataclass(frozen=True)
class Slot:
    start: int
    length: int
    creditable_minutes: int
    id: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def starts_at(self):
        return BEGIN + timedelta(minutes=self.start)

    @property
    def ends_at(self):
        return self.starts_at + timedelta(minutes=self.length)


MORNING = Slot(0, 60, 60)
BREAK = Slot(60, 15, 0)
EVENING = Slot(75, 60, 45)
DAY = [MORNING, BREAK, EVENING]


def minutes(*seen, slots=DAY):
    presence = presence_of(seen, slots)
    return presence.minutes, presence.creditable


def test_nobody_seen_is_nobody_there():
    presence = presence_of([], DAY)

    assert (presence.minutes, presence.creditable, presence.was_there) == (0, 0, False)


def test_from_check_in_to_check_out_counts_and_only_the_creditable_part_earns():
    assert minutes(Seen("in", 0), Seen("out", 135)) == (135, 105)


def test_coming_before_the_first_session_earns_nothing_more():
    assert minutes(Seen("in", -30), Seen("out", 60)) == (60, 60)


def test_going_out_and_coming_back_leaves_the_gap_out():
    assert minutes(Seen("in", 0), Seen("out", 20), Seen("in", 40), Seen("out", 60)) == (40, 40)


def test_without_a_check_out_the_stay_counts_to_the_end_of_the_last_session():
    presence = presence_of([Seen("in", 10)], DAY)

    assert (presence.minutes, presence.creditable) == (125, 95)
    assert presence.counted_to_the_end


def test_without_a_check_out_at_the_door_of_one_session_the_stay_counts_to_its_end():
    assert minutes(Seen("in", 10, session_id=MORNING.id)) == (50, 50)


def test_a_second_check_in_does_not_begin_a_new_stay():
    assert minutes(Seen("in", 0), Seen("in", 30), Seen("out", 60)) == (60, 60)


def test_a_check_out_of_somebody_not_in_says_nothing():
    assert minutes(Seen("out", 30)) == (0, 0)


def test_what_was_taken_back_was_never_there():
    wrong = Seen("out", 30)

    assert minutes(Seen("in", 0), wrong, Seen("undo", 31, undoes=wrong.event_uuid)) == (135, 105)


def test_a_mark_counts_its_session_or_all_of_them():
    assert minutes(Seen("mark", 200, session_id=MORNING.id)) == (60, 60)
    assert minutes(Seen("mark", 200)) == (135, 105)


def test_a_mark_over_a_scan_counts_no_minute_twice():
    assert minutes(Seen("in", 0), Seen("out", 60), Seen("mark", 200)) == (135, 105)


def test_seconds_of_several_stays_are_added_up_before_they_are_cut_off():
    assert minutes(Seen("in", 0), Seen("out", 0.5), Seen("in", 1), Seen("out", 1.5)) == (1, 1)


def test_whoever_checks_in_after_the_end_was_there_for_no_minute():
    presence = presence_of([Seen("in", 500)], DAY)

    assert (presence.minutes, presence.was_there) == (0, True)


@pytest.mark.parametrize(
    ("seen", "inside"),
    [
        ((), False),
        ((Seen("in", 0),), True),
        ((Seen("walk_in", 0),), True),
        ((Seen("in", 0), Seen("out", 1)), False),
        ((Seen("in", 0), Seen("out", 1), Seen("in", 2)), True),
        ((Seen("mark", 0),), False),
    ],
    ids=["never seen", "in", "walk-in", "in and out", "back again", "marked by the office"],
)
def test_the_last_scan_says_who_is_inside(seen, inside):
    assert is_inside(seen) is inside


# An oracle that shares no code with the fold: every minute of the day is asked by itself.


def oracle(seen, slots):
    once = {one.event_uuid: one for one in seen}
    undone = {one.undoes for one in once.values()}
    scans = [o for o in once.values() if o.kind in {"in", "walk_in", "out"}]
    scans = [o for o in scans if o.event_uuid not in undone]
    marks = [o for o in once.values() if o.kind == "mark" and o.event_uuid not in undone]
    total = creditable = 0
    for slot in slots:
        for minute in range(slot.start, slot.start + slot.length):
            there = _scanned_in(minute, scans, slots) or any(
                m.session_id in {None, slot.id} for m in marks
            )
            total += there
            creditable += there and minute < slot.start + slot.creditable_minutes
    return total, creditable


def _scanned_in(minute, scans, slots):
    """Inside during [minute, minute + 1): the last scan before it was no check-out."""
    before = [o for o in scans if o.minute <= minute]
    if not before:
        return False
    last = max(before, key=lambda o: (o.minute, o.event_uuid))
    if last.kind == "out":
        return False
    if any(o.minute > minute and o.kind == "out" for o in scans):
        return True
    # Nobody saw this stay end: it is bounded by the session of the scan that opened it.
    outs = [(o.minute, o.event_uuid) for o in scans if o.kind == "out"]
    opening = [
        o
        for o in scans
        if o.kind != "out" and (o.minute, o.event_uuid) > max(outs, default=(-1, uuid.UUID(int=0)))
    ]
    first = min(opening, key=lambda o: (o.minute, o.event_uuid))
    own = [s.start + s.length for s in slots if s.id == first.session_id]
    return minute < max(own or [s.start + s.length for s in slots])


@st.composite
def evenings(draw):
    slots, start = [], 0
    for _ in range(draw(st.integers(1, 4))):
        length = draw(st.integers(1, 40))
        slots.append(Slot(start, length, draw(st.integers(0, length))))
        start += length + draw(st.integers(0, 10))
    sessions = st.sampled_from([None, *[s.id for s in slots]])
    kinds = st.sampled_from(["in", "in", "out", "out", "walk_in", "mark"])
    seen = draw(st.lists(st.builds(Seen, kinds, st.integers(0, start + 20), sessions), max_size=10))
    for wrong in draw(st.lists(st.sampled_from(seen), max_size=2)) if seen else []:
        seen.append(Seen("undo", 0, undoes=wrong.event_uuid))
    again = draw(st.lists(st.sampled_from(seen), max_size=5)) if seen else []
    return slots, seen, draw(st.permutations([*seen, *again]))


@settings(max_examples=400, deadline=None)
@given(evenings())
def test_minutes_agree_with_an_oracle_whatever_the_order_and_the_repetitions(evening):
    slots, seen, delivered = evening
    presence = presence_of(delivered, slots)

    assert (presence.minutes, presence.creditable) == oracle(seen, slots)
    assert presence == presence_of(seen, slots)
