"""Figures of questions against values worked out by hand.

Five people, four questions (right 1, wrong 0):

      q1 q2 q3 q4  total
  A    1  1  1  1    4
  B    1  1  1  0    3
  C    1  1  0  0    2
  D    1  0  0  0    1
  E    0  0  0  1    1

Difficulty: 4/5, 3/5, 2/5, 2/5.

Discrimination of q1: the rest of A to E is 3, 2, 1, 0, 1 (mean 1.4); q1 has mean 0.8.
  sum of products = 0.2*1.6 + 0.2*0.6 + 0.2*(-0.4) + 0.2*(-1.4) + (-0.8)*(-0.4) = 0.4
  squares: q1 0.8, rest 1.6²+0.6²+0.4²+1.4²+0.4² = 5.2;  r = 0.4 / sqrt(0.8*5.2) = 0.19612
Of q4: the rest is 3, 3, 2, 1, 0 (mean 1.8); q4 has mean 0.4.
  sum of products = 0.6*1.2 - 0.4*1.2 - 0.4*0.2 + 0.4*0.8 - 0.6*1.8 = -0.6
  squares: q4 1.2, rest 1.44+1.44+0.04+0.64+3.24 = 6.8;  r = -0.6 / sqrt(1.2*6.8) = -0.21004

KR-20: sum of p*q = 0.16 + 0.24 + 0.24 + 0.24 = 0.88; variance of the totals 4,3,2,1,1 (mean 2.2):
  (3.24+0.64+0.04+1.44+1.44)/5 = 1.36;  4/3 * (1 - 0.88/1.36) = 0.470588
"""

import pytest

from symposia.assessment.item_figures import (
    answer_figures,
    correlation,
    item_figures,
    reliability,
)

PATTERN = {
    "A": (1, 1, 1, 1),
    "B": (1, 1, 1, 0),
    "C": (1, 1, 0, 0),
    "D": (1, 0, 0, 0),
    "E": (0, 0, 0, 1),
}
ROWS = [{f"q{n}": float(p) for n, p in enumerate(points, start=1)} for points in PATTERN.values()]


@pytest.mark.parametrize(
    ("item", "difficulty", "discrimination"), [("q1", 0.8, 0.196116), ("q4", 0.4, -0.210042)]
)
def test_a_question_is_as_hard_and_tells_apart_as_worked_out(item, difficulty, discrimination):
    figures = item_figures(ROWS, item)

    assert figures.answered == 5
    assert figures.difficulty == pytest.approx(difficulty)
    assert figures.discrimination == pytest.approx(discrimination, abs=1e-5)


def test_kr20_is_as_worked_out():
    found = reliability(ROWS)

    assert found.alpha == pytest.approx(0.470588, abs=1e-6)
    assert (found.items, found.people, found.is_kr20) == (4, 5, True)


def test_alpha_of_parts_of_a_point_is_as_worked_out():
    """Two questions: 0, .5, 1 and 0, 1, .5. Each has the variance 1/6, the totals 0, 1.5, 1.5 have
    0.5; 2/1 * (1 - (1/3)/0.5) = 0.6667."""
    rows = [{"a": 0.0, "b": 0.0}, {"a": 0.5, "b": 1.0}, {"a": 1.0, "b": 0.5}]

    found = reliability(rows)

    assert found.alpha == pytest.approx(2 / 3)
    assert not found.is_kr20


@pytest.mark.parametrize(
    "rows",
    [
        ROWS[:1],
        [{"a": 1.0, "b": 1.0}, {"a": 1.0, "c": 0.0}],
        [{"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}],
        [{"a": 1.0}, {"a": 0.0}],
    ],
    ids=["one person", "other questions", "no difference", "one question"],
)
def test_reliability_is_not_told_where_it_means_nothing(rows):
    assert reliability(rows) is None


def test_what_does_not_vary_correlates_with_nothing():
    assert correlation([(1, 0), (1, 5)]) is None
    assert correlation([(1, 0)]) is None
    assert item_figures([{"q2": 1.0}], "q1") is None


def test_each_answer_is_counted_for_all_the_best_and_the_weakest():
    """Of seven people 27 per cent are two: rests 5 and 6 above, 0 and 1 below."""
    chosen = [((1,), 6), ((1,), 5), ((1, 2), 4), ((2,), 3), ((2,), 2), ((3,), 1), ((), 0)]

    found = answer_figures(chosen, [1, 2, 3, 4])

    assert [(f.count, f.upper, f.lower) for f in found] == [
        (3, 2, 0),
        (3, 0, 0),
        (1, 0, 1),
        (0, 0, 0),
    ]
