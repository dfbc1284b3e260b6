from decimal import Decimal

import pytest

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
