from decimal import Decimal

from symposia.credits.amounts import steps_up_to

QUARTER = Decimal("0.25")


def test_every_step_up_to_the_most_can_be_claimed():
    assert steps_up_to(Decimal("0.75"), QUARTER) == [QUARTER, QUARTER * 2, QUARTER * 3]
