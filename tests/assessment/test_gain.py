"""Matched gain against values worked out by hand.

Pairs (40, 60), (50, 80), (60, 70), (50, 70): differences 20, 30, 10, 20, mean 20.
  standard deviation of the differences: sqrt((0+100+100+0)/3) = 8.164966
  d = 20 / 8.164966 = 2.449490
  95 % of the mean: t(3) = 3.182446; half = 3.182446 * 8.164966 / 2 = 12.992283
  95 % of d: 1.959964 * sqrt(1/4 + 6/8) = 1.959964
  Hake: (70 - 50) / (100 - 50) = 0.4
"""

import pytest

from symposia.assessment.gain import gain_of, t_quantile

PAIRS = [(40, 60), (50, 80), (60, 70), (50, 70)]


def test_gain_effect_and_intervals_are_as_worked_out():
    gain = gain_of(PAIRS)

    assert (gain.people, gain.before, gain.after, gain.difference) == (4, 50, 70, 20)
    assert gain.effect == pytest.approx(2.449490, abs=1e-5)
    assert gain.interval.low == pytest.approx(20 - 12.992283, abs=1e-4)
    assert gain.interval.high == pytest.approx(20 + 12.992283, abs=1e-4)
    assert gain.effect_interval.low == pytest.approx(2.449490 - 1.959964, abs=1e-5)
    assert gain.normalised == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(1, 12.7062), (2, 4.3027), (4, 2.7764), (9, 2.2622), (29, 2.0452), (99, 1.9842)],
)
def test_students_t_is_that_of_the_tables(freedom, quantile):
    assert t_quantile(freedom) == pytest.approx(quantile, abs=1e-3)


def test_what_cannot_be_worked_out_is_not_told():
    same, alone, full = gain_of([(50, 60), (60, 70)]), gain_of([(50, 70)]), gain_of([(100, 100)])

    assert (same.effect, same.interval, same.difference) == (None, None, 10)
    assert alone.interval is None
    assert full.normalised is None
    assert gain_of([]) is None
