"""Lengths of the drawn figures."""

import pytest

from symposia.web.figures import bullet, ring, share, step_bars
from symposia.web.parts import Requirement, Step


def requirement(state):
    return Requirement("Attendance", state)


def test_the_ring_has_one_arc_per_requirement_and_shows_the_next_one():
    arcs = ring([requirement("done"), requirement("open"), requirement("open")])

    assert [arc.kind for arc in arcs] == ["on", "next", ""]
    assert arcs[0].dashes == "87.3 201.7"


def test_a_ring_of_nothing_is_empty():
    assert ring([]) == []


def test_a_sealed_ring_is_sealed():
    assert {arc.kind for arc in ring([requirement("sealed")] * 4)} == {"sealed"}


@pytest.mark.parametrize(
    ("value", "of", "width"), [(64, 70, "91.4"), (90, 70, "100.0"), (3, 0, "0.0"), (0, 5, "0.0")]
)
def test_a_bar_is_never_more_than_full(value, of, width):
    assert share(value, of) == width


def test_a_line_within_its_estimate_shows_no_red():
    assert bullet(180, 180, 176).over == ""


def test_what_is_over_begins_at_the_estimate():
    line = bullet(60_000, 78_400, 61_000)

    assert line.over_from == line.mark == "68.9"
    assert line.over == "21.1"
    assert line.actual == "68.9"


def test_a_line_of_nothing_can_be_drawn():
    assert bullet(0, 0, 0).mark == "0.0"


def test_each_step_says_how_many_of_the_step_before_reached_it():
    bars = step_bars([Step("Invited", 400), Step("Opened", 100), Step("Came", 0), Step("Paid", 0)])

    assert [bar.rate for bar in bars] == [None, 25, 0, None]
    assert [bar.width for bar in bars] == ["220.0", "55.0", "0.0", "0.0"]
