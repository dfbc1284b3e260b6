"""How many went where, and what is kept back. No database."""

from symposia.learning.cases.paths import Way, gone_through
from tests.factories.cases import document


def gone(begun, *ways):
    rows = gone_through(document(), begun, [Way(*each) for each in ways])
    return {each.step.code: each for each in rows}


def test_each_way_has_its_learners():
    steps = gone(
        9,
        ("s1", "o1", "s2", 6),
        ("s1", "o2", "s2", 3),
        ("s2", "o1", "e1", 6),
        ("s2", "o2", "e2", 3),
    )

    assert (steps["s1"].came, steps["s1"].by("o1"), steps["s1"].left) == (9, 6, 0)
    assert (steps["s2"].came, steps["e1"].came, steps["e2"].came) == (9, 6, 3)


def test_fewer_than_three_are_told_nothing_of():
    assert {each.came for each in gone(2, ("s1", "o1", "s2", 2)).values()} == {None}


def test_a_part_of_one_keeps_the_whole_step_back():
    steps = gone(9, ("s1", "o1", "s2", 8), ("s1", "o2", "s2", 1), ("s2", "o1", "e1", 9))

    assert steps["s1"].came == 9
    assert (steps["s1"].by("o1"), steps["s1"].left) == (None, None)


def test_what_comes_after_a_step_that_is_kept_back_is_kept_back():
    """Else the rest would tell it."""
    steps = gone(9, ("s1", "o1", "s2", 8), ("s1", "o2", "s2", 1), ("s2", "o1", "e1", 9))

    assert steps["s2"].came is None
    assert (steps["e1"].came, steps["e2"].came) == (None, None)


def test_one_who_has_not_gone_on_is_not_told_either():
    assert gone(9, ("s1", "o1", "s2", 8))["s1"].by("o1") is None
    assert gone(9, ("s1", "o1", "s2", 6))["s1"].left == 3
