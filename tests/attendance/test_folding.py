import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symposia.attendance.folding import (
    DESK,
    NEXT_EVIDENCE,
    WHOLE_SESSION,
    door_opens_at,
    has_any,
    last_change,
    presence_of,
)

BEGIN = datetime(2027, 3, 11, 18, 0, tzinfo=UTC)


def is_inside(evidence, opens_at=None):
    """Whether the last observation at a door that stands left the person in the room."""
    last = last_change(evidence, opens_at)
    return last is not None and last.kind != "out"


@dataclass(frozen=True)
class Seen:
    kind: str
    minute: float
    session_id: uuid.UUID | None = None
    undoes: uuid.UUID | None = None
    until: float | None = None
    source: str = "scan"
    device: str = ""
    by_id: uuid.UUID | None = None
    event_uuid: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def occurred_at(self):
        return BEGIN + timedelta(minutes=self.minute)

    @property
    def ends_at(self):
        return None if self.until is None else BEGIN + timedelta(minutes=self.until)


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


def test_a_check_in_at_another_session_ends_the_stay_in_the_one_before():
    moved = [Seen("in", 0, MORNING.id), Seen("in", 80, EVENING.id)]

    assert minutes(*moved) == (60 + 55, 60 + 40)
    assert len(presence_of(moved, DAY).stays) == 2


def test_the_room_and_the_connection_at_once_count_once():
    room = [Seen("in", 0), Seen("out", 40)]
    online = Seen("span", 20, until=60, source="virtual")

    assert minutes(*room, online) == (60, 60)


def test_a_person_with_two_connections_is_one_person():
    assert minutes(
        Seen("span", 0, until=30, source="virtual"), Seen("span", 10, until=50, source="virtual")
    ) == (50, 50)


def test_leaving_the_room_does_not_close_the_connection():
    seen = [Seen("in", 0), Seen("out", 10), Seen("in", 5, source="virtual")]

    assert minutes(*seen) == (135, 105)


@pytest.mark.parametrize(
    ("rule", "counts"),
    [(WHOLE_SESSION, 60 + 45), (NEXT_EVIDENCE, 50), (DESK, 0)],
)
def test_a_missing_check_out_counts_by_the_rule_for_the_type(rule, counts):
    seen = [Seen("in", 0), Seen("in", 50)]

    presence = presence_of(seen, DAY, rule)

    assert (presence.creditable, presence.counted_to_the_end) == (counts, True)


def test_nobody_earns_credit_in_two_rooms_at_once():
    left, right = Slot(0, 60, 60), Slot(30, 60, 60)

    presence = presence_of([Seen("in", 0), Seen("out", 90)], [left, right])

    assert [s.creditable for s in presence.sessions] == [60, 30]
    assert presence.creditable == 90


def test_of_two_parallel_sessions_the_one_at_whose_door_somebody_was_seen_counts():
    left, right = Slot(0, 60, 60), Slot(0, 60, 60)

    presence = presence_of([Seen("in", 0, right.id), Seen("out", 60, right.id)], [left, right])

    assert [s.creditable for s in presence.sessions] == [0, 60]


def test_a_break_beside_a_session_takes_none_of_its_credit():
    lunch, talk = Slot(0, 60, 0), Slot(0, 60, 60)

    assert presence_of([Seen("in", 0)], [lunch, talk]).creditable == 60


# An oracle that shares no code with the fold: every minute of the day is asked by itself.
RULES = [WHOLE_SESSION, NEXT_EVIDENCE, DESK]


def oracle(seen, slots, rule):
    once = {one.event_uuid: one for one in seen}
    undone = {one.undoes for one in once.values()}
    stand = [o for o in once.values() if o.kind != "undo" and o.event_uuid not in undone]
    stand.sort(key=lambda o: (o.minute, o.event_uuid))
    total = creditable = 0
    for slot in slots:
        for minute in range(slot.start, slot.start + slot.length):
            there = _there(minute, slot, stand, slots, rule)
            total += there
            creditable += there and minute < slot.start + slot.creditable_minutes
    return total, creditable


def _there(minute, slot, stand, slots, rule):
    if any(o.kind == "mark" and o.session_id in {None, slot.id} for o in stand):
        return True
    if any(o.kind == "span" and o.minute <= minute < o.until for o in stand):
        return True
    last_seen = max((o.until or o.minute for o in stand if o.kind != "mark"), default=0)
    for online in (False, True):
        doors = [o for o in stand if o.kind in {"in", "walk_in", "out"}]
        doors = [o for o in doors if (o.source == "virtual") is online]
        if _in_by(minute, doors, slots, rule, last_seen):
            return True
    return False


def _in_by(minute, doors, slots, rule, last_seen):
    """Replay one way of being there, asking only about this minute."""
    opened = None
    for one in doors:
        if one.kind == "out":
            if opened and opened.minute <= minute < one.minute:
                return True
            opened = None
        elif opened is None:
            opened = one
        elif opened.session_id and one.session_id and opened.session_id != one.session_id:
            until = min(_rule_end(opened, slots), one.minute)
            if rule != DESK and opened.minute <= minute < until:
                return True
            opened = one
    if opened is None or rule == DESK:
        return False
    until = _rule_end(opened, slots)
    if rule == NEXT_EVIDENCE:
        until = min(until, last_seen)
    return opened.minute <= minute < until


def _rule_end(opened, slots):
    own = [s.start + s.length for s in slots if s.id == opened.session_id]
    return max(own or [s.start + s.length for s in slots])


@st.composite
def evenings(draw):
    slots, start = [], 0
    for _ in range(draw(st.integers(1, 4))):
        length = draw(st.integers(1, 40))
        slots.append(Slot(start, length, draw(st.integers(0, length))))
        start += length + draw(st.integers(0, 10))
    sessions = st.sampled_from([None, *[s.id for s in slots]])
    kinds = st.sampled_from(["in", "in", "out", "out", "walk_in", "mark"])
    sources = st.sampled_from(["scan", "scan", "virtual"])
    minute = st.integers(0, start + 20)
    scans = st.builds(Seen, kinds, minute, sessions, source=sources)
    spans = st.builds(
        lambda begins, length, source: Seen("span", begins, until=begins + length, source=source),
        minute,
        st.integers(1, 30),
        sources,
    )
    seen = draw(st.lists(st.one_of(scans, scans, spans), max_size=10))
    for wrong in draw(st.lists(st.sampled_from(seen), max_size=2)) if seen else []:
        seen.append(Seen("undo", 0, undoes=wrong.event_uuid))
    again = draw(st.lists(st.sampled_from(seen), max_size=5)) if seen else []
    return slots, seen, draw(st.permutations([*seen, *again]))


@settings(max_examples=400, deadline=None)
@given(evenings(), st.sampled_from(RULES))
def test_minutes_agree_with_an_oracle_whatever_the_order_and_the_repetitions(evening, rule):
    slots, seen, delivered = evening
    presence = presence_of(delivered, slots, rule)
    assert (presence.minutes, presence.creditable) == oracle(seen, slots, rule)
    assert presence.as_bytes == presence_of(seen, slots, rule).as_bytes
    assert presence.creditable <= sum(slot.creditable_minutes for slot in slots)


def test_what_a_door_read_days_before_was_a_trial_and_earns_nothing():
    trial = Seen("in", -10 * 24 * 60)
    assert presence_of([trial], DAY) == presence_of([], DAY)
    opens_at = door_opens_at(DAY)
    assert not is_inside([trial], opens_at)
    assert not has_any([trial], opens_at)


def test_after_a_trial_the_first_reading_of_the_evening_opens_the_stay():
    came = Seen("in", 20)
    both = presence_of([Seen("in", -10 * 24 * 60), came], DAY)
    assert both.as_bytes == presence_of([came], DAY).as_bytes


def test_the_door_opens_two_hours_before_the_first_session():
    assert presence_of([Seen("in", -120)], DAY).minutes == 135
    assert presence_of([Seen("in", -121)], DAY).minutes == 0


def test_a_wall_with_a_window_of_its_own_and_a_connection_are_no_doors():
    assert presence_of([Seen("in", -180, source="self")], DAY).minutes == 135
    assert presence_of([Seen("in", -180, source="virtual")], DAY).minutes == 135


def test_what_is_taken_back_before_the_door_opens_stays_taken_back():
    came = Seen("in", 5)
    undo = Seen("undo", -300, undoes=came.event_uuid)
    assert presence_of([undo, came], DAY) == presence_of([], DAY)
