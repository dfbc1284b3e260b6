from decimal import Decimal

import pytest

from symposia.assessment.models import BankKind, CreditRule
from symposia.assessment.scoring import AnswerKey, Chosen, number_of, percent_of, score

WHOLE, PARTS = CreditRule.WHOLE, CreditRule.PARTS


def choices(kind, rule, right, count=5):
    return AnswerKey(BankKind(kind), rule, frozenset(right), count)


@pytest.mark.parametrize(
    ("key", "positions", "points"),
    [
        (choices("single", WHOLE, {2}), (2,), "1"),
        (choices("single", WHOLE, {2}), (1,), "0"),
        (choices("single", WHOLE, {2}), (), "0"),
        # Two choices in a single question come from no page of ours, and are wrong.
        (choices("single", WHOLE, {2}), (1, 2), "0"),
        (choices("multiple", WHOLE, {1, 2, 3}), (1, 2, 3), "1"),
        (choices("multiple", WHOLE, {1, 2, 3}), (1, 2), "0"),
        (choices("multiple", PARTS, {1, 2, 3}), (1, 2), "0.6667"),
        (choices("multiple", PARTS, {1, 2, 3}), (1, 2, 4), "0.3333"),
        (choices("multiple", PARTS, {1, 2, 3}), (1, 4), "0"),
        # Whoever ticks everything has not chosen.
        (choices("multiple", PARTS, {1, 2}), (1, 2, 3, 4, 5), "0"),
        (choices("multiple", PARTS, {1}), (4, 5), "0"),
        (choices("order", WHOLE, (), 3), (1, 2, 3), "1"),
        (choices("order", WHOLE, (), 3), (1, 3, 2), "0"),
        (choices("order", PARTS, (), 3), (1, 3, 2), "0.3333"),
        (choices("order", PARTS, (), 3), (1, 0, 0), "0.3333"),
        (choices("order", PARTS, (), 3), (1, 1, 1), "0.3333"),
        (choices("match", PARTS, (), 4), (1, 2, 4, 3), "0.5"),
        (choices("match", WHOLE, (), 2), (1, 2), "1"),
        (choices("match", PARTS, (), 2), (0, 0), "0"),
    ],
)
def test_choices_orders_and_pairs_earn_what_their_rule_says(key, positions, points):
    assert score(key, Chosen(positions)) == Decimal(points)


def test_two_left_sides_with_the_same_right_side_may_be_swapped():
    key = AnswerKey(BankKind.MATCH, WHOLE, count=3, alike=("ACE", "ARB", "ACE"))

    assert score(key, Chosen((3, 2, 1))) == 1
    assert score(key, Chosen((2, 1, 3))) == 0


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ("15", 1),
        ("15.5", 1),
        ("14,5", 1),
        ("15 mg", 1),
        ("15MG", 1),
        ("15.51", 0),
        ("14.4", 0),
        ("-15", 0),
        ("fifteen", 0),
        ("15 g", 0),
        ("", 0),
        # A thousand and a half, or one and a half thousand: nobody knows.
        ("1,500.0", 0),
        ("1e1", 0),
    ],
)
def test_a_number_is_right_within_its_tolerance(given, points):
    key = AnswerKey(BankKind.NUMERIC, value=Decimal(15), tolerance=Decimal("0.5"), unit="mg")

    assert score(key, Chosen(text=given)) == points


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ("Atrial fibrillation", 1),
        ("  atrial   FIBRILLATION. ", 1),
        ("AF", 1),
        ("\uff21\uff26", 1),
        ("atrial flutter", 0),
        (" . ", 0),
    ],
)
def test_words_are_compared_without_case_blanks_and_full_stop(given, points):
    key = AnswerKey(BankKind.SHORT, accepted=("atrial fibrillation", "AF"))

    assert score(key, Chosen(text=given)) == points


def test_the_true_minus_is_a_minus():
    assert number_of("\u22121.5") == Decimal("-1.5")


@pytest.mark.parametrize("text", ["1,500", "-1,500", "999,000", "12,345"])
def test_a_comma_before_three_digits_can_be_read_in_two_ways(text):
    assert number_of(text) is None


@pytest.mark.parametrize(("right", "points"), [("1500", 1), ("1.5", 1), ("15", 0)])
def test_what_can_be_read_in_two_ways_is_right_in_either(right, points):
    key = AnswerKey(BankKind.NUMERIC, value=Decimal(right), unit="mg")

    assert score(key, Chosen(text="1,500 mg")) == points


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.500", "1.5"), ("0,500", "0.5"), ("1,50", "1.5"), ("1234,500", "1234.5")],
)
def test_a_number_that_is_read_in_one_way_is_one(text, number):
    assert number_of(text) == Decimal(number)


def test_per_cent_is_rounded_half_up():
    assert percent_of([Decimal(1), Decimal(1), Decimal(0)]) == Decimal("66.67")
    assert percent_of([]) == 0
