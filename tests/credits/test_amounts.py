from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.credits.amounts import credit_for, steps_up_to

QUARTER = Decimal("0.25")


@pytest.mark.parametrize(
    ("minutes", "credit"),
    [(0, "0"), (7, "0"), (8, "0.25"), (22, "0.25"), (23, "0.5"), (82, "1.25"), (90, "1.5")],
)
def test_minutes_count_to_the_nearest_quarter_hour(minutes, credit):
    assert credit_for(minutes, per_credit=60, step=QUARTER, rounding="nearest") == Decimal(credit)


@pytest.mark.parametrize(("minutes", "credit"), [(14, "0"), (15, "0.25"), (89, "1.25")])
def test_other_systems_count_only_what_is_complete(minutes, credit):
    assert credit_for(minutes, per_credit=60, step=QUARTER, rounding="down") == Decimal(credit)


def test_every_step_up_to_the_most_can_be_claimed():
    assert steps_up_to(Decimal("0.75"), QUARTER) == [QUARTER, QUARTER * 2, QUARTER * 3]


MINUTES = st.integers(0, 10_000)
PER_CREDIT = st.sampled_from([45, 50, 60])
STEP = st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal("0.1")])
ROUNDING = st.sampled_from(["nearest", "down"])


@given(MINUTES, PER_CREDIT, STEP, ROUNDING)
def test_credit_is_whole_steps_and_exact(minutes, per_credit, step, rounding):
    """The oracle counts in whole numbers alone: minutes times steps per credit, no division."""
    credit = credit_for(minutes, per_credit=per_credit, step=step, rounding=rounding)

    steps = credit / step
    assert steps == int(steps)
    exact = Fraction(minutes, per_credit) / Fraction(step)
    expected = floor(exact + Fraction(1, 2)) if rounding == "nearest" else floor(exact)
    assert int(steps) == expected


@given(MINUTES, MINUTES, PER_CREDIT, STEP, ROUNDING)
def test_more_minutes_are_never_less_credit(one, other, per_credit, step, rounding):
    fewer, more = (
        credit_for(m, per_credit=per_credit, step=step, rounding=rounding)
        for m in sorted((one, other))
    )

    assert fewer <= more


@given(MINUTES, PER_CREDIT, STEP)
def test_what_is_counted_down_is_never_more_than_the_nearest(minutes, per_credit, step):
    down, nearest = (
        credit_for(minutes, per_credit=per_credit, step=step, rounding=rounding)
        for rounding in ("down", "nearest")
    )

    assert nearest - step <= down <= nearest


@given(st.integers(0, 200), STEP)
def test_the_steps_end_at_the_most_that_may_be_claimed(number, step):
    steps = steps_up_to(step * number, step)

    assert len(steps) == number
    assert steps == sorted(set(steps))
    assert steps[-1:] == ([step * number] if number else [])


def test_a_maximum_between_two_steps_allows_the_lower():
    assert steps_up_to(Decimal("0.9"), QUARTER)[-1] == Decimal("0.75")
