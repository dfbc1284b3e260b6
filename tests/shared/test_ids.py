"""Keys in the order of their making, and numbers that people read."""

import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.shared import ids
from symposia.shared.ids import readable, uuid7


def test_a_key_is_of_version_seven_and_of_the_moment():
    before = time.time_ns() // 1_000_000
    key = uuid7()
    after = time.time_ns() // 1_000_000

    assert (key.version, key.variant) == (7, uuid.RFC_4122)
    assert before <= key.int >> 80 <= after


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**64 - 1))
def test_a_key_holds_its_moment_whatever_chance_brings(millisecond, chance):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ids.time, "time_ns", lambda: millisecond * 1_000_000)
        patch.setattr(ids.os, "urandom", lambda number: chance.to_bytes(number, "big"))
        key = uuid7()

    assert key.int >> 80 == millisecond
    assert (key.version, key.variant) == (7, uuid.RFC_4122)
    assert key.int & (1 << 62) - 1 == chance & (1 << 62) - 1


@given(st.integers(0, (2**48 - 2) * 1_000_000), st.integers(245, 1_000_000))
def test_a_later_key_sorts_after_an_earlier_one(nanosecond, later):
    """Also within a millisecond, from a 4,096th part of it on."""
    keys = []
    for moment, byte in ((nanosecond, b"\xff"), (nanosecond + later, b"\0")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ids.time, "time_ns", lambda at=moment: at)
            patch.setattr(ids.os, "urandom", lambda number, one=byte: one * number)
            keys.append(uuid7())

    assert keys == sorted(keys)
    assert str(keys[0]) < str(keys[1])


def test_rows_made_one_after_the_other_stay_in_that_order():
    keys = [uuid7() for _ in range(1_000)]

    assert keys == sorted(keys)


def test_no_two_keys_are_the_same():
    assert len({uuid7() for _ in range(20_000)}) == 20_000


@pytest.mark.parametrize(
    ("prefix", "year", "number", "said"),
    [
        ("ACT", 2026, 1, "ACT-2026-0001"),
        ("ACT", 2026, 9_999, "ACT-2026-9999"),
        ("CERT", 2031, 123_456, "CERT-2031-123456"),
    ],
)
def test_a_number_is_short_and_grows_past_four_digits(prefix, year, number, said):
    assert readable(prefix, year, number) == said
