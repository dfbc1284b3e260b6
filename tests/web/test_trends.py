from dataclasses import dataclass
from decimal import Decimal

from symposia.web.trends import trend


@dataclass
class Round:
    round: int
    mean: Decimal
    answers: int = 3


def test_points_stand_at_equal_distances_and_heights_on_the_scale():
    drawn = trend([Round(1, Decimal(1)), Round(2, Decimal(3)), Round(3, Decimal(5))])

    assert [dot.x for dot in drawn.dots] == ["28.0", "160.0", "292.0"]
    assert [dot.y for dot in drawn.dots] == ["88.0", "55.0", "22.0"]
    assert drawn.line == "28.0,88.0 160.0,55.0 292.0,22.0"


def test_one_round_is_a_dot_and_none_is_nothing():
    assert len(trend([Round(1, Decimal("2.5"))]).dots) == 1
    assert trend([]).line == ""
