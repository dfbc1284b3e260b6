"""Exact amounts: nothing is lost, invented or mixed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.shared.money import (
    Credits,
    CurrencyMismatch,
    Money,
    down_to_step,
    exponent,
    in_a_sentence,
    round_half_up,
    to_step,
    total,
)

CURRENCIES = st.sampled_from(["USD", "INR", "EUR", "JPY", "KWD"])
MINOR = st.integers(-(2**62), 2**62)
EXACT = st.decimals(-1_000_000, 1_000_000, places=4)
STEPS = st.sampled_from([Decimal(x) for x in ("0.25", "0.5", "1", "0.1", "0.01")])


@pytest.mark.parametrize(
    ("currency", "places"), [("USD", 2), ("INR", 2), ("JPY", 0), ("KWD", 3), ("BHD", 3), ("CLP", 0)]
)
def test_a_minor_unit_has_the_places_of_its_currency(currency, places):
    assert exponent(currency) == places
    assert Money.from_minor(1, currency).amount == Decimal(1).scaleb(-places)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("0.1249999999999999999999", 2, "0.12"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("1.005", 2, "1.01"),
        ("0", 3, "0.000"),
    ],
)
def test_halves_go_away_from_zero(value, places, rounded):
    assert str(round_half_up(Decimal(value), places)) == rounded


@given(MINOR, CURRENCIES)
def test_minor_units_survive_the_way_there_and_back(minor, currency):
    assert Money.from_minor(minor, currency).minor == minor


@given(st.lists(MINOR, max_size=20), CURRENCIES)
def test_a_total_is_the_sum_of_its_minor_units(minors, currency):
    amounts = [Money.from_minor(minor, currency) for minor in minors]

    assert total(amounts, currency).minor == sum(minors)


@given(MINOR, MINOR, CURRENCIES)
def test_what_is_added_can_be_taken_back(one, other, currency):
    a, b = Money.from_minor(one, currency), Money.from_minor(other, currency)

    assert a + b - b == a
    assert a + -a == Money.zero(currency)
    assert (a < b) == (one < other)


@pytest.mark.parametrize(
    "mix",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: total([a, b], "USD"),
    ],
)
def test_two_currencies_never_meet(mix):
    with pytest.raises(CurrencyMismatch, match="USD and INR"):
        mix(Money(Decimal(1), "USD"), Money(Decimal(1), "INR"))


@given(MINOR, st.integers(1, 10_000), CURRENCIES)
def test_a_share_is_off_by_less_than_a_minor_unit(minor, heads, currency):
    share = Money.from_minor(minor, currency).shared_by(heads)

    assert abs(share.minor * heads - minor) * 2 <= heads


@pytest.mark.parametrize("heads", [0, -1])
def test_nobody_has_no_share(heads):
    assert Money(Decimal(10), "USD").shared_by(heads) is None


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("1234567.895", "USD", "USD 1,234,567.90"),
        ("1234.5", "JPY", "JPY 1,235"),
        ("-0.5", "KWD", "KWD -0.500"),
    ],
)
def test_money_says_its_currency_and_groups_its_digits(amount, currency, said):
    assert str(Money(Decimal(amount), currency)) == said


def test_only_nothing_is_false():
    assert not Money.zero("USD")
    assert Money(Decimal("0.001"), "USD")
    assert Money(Decimal(-1), "USD")


def test_credits_of_two_systems_never_meet():
    assert Credits(Decimal("0.25"), "ama") + Credits(Decimal(1), "ama") == Credits(
        Decimal("1.25"), "ama"
    )
    with pytest.raises(CurrencyMismatch, match="ama and ancc"):
        Credits(Decimal(1), "ama") + Credits(Decimal(1), "ancc")


@pytest.mark.parametrize(
    ("value", "step", "nearest", "down"),
    [
        ("0.124", "0.25", "0", "0"),
        ("0.125", "0.25", "0.25", "0"),
        ("0.374", "0.25", "0.25", "0.25"),
        ("0.375", "0.25", "0.5", "0.25"),
        ("0.99", "1", "1", "0"),
        ("1.2", "0.1", "1.2", "1.2"),
        ("1.5", "0.5", "1.5", "1.5"),
        ("-0.125", "0.25", "-0.25", "-0.25"),
    ],
)
def test_a_value_goes_to_a_step(value, step, nearest, down):
    assert to_step(Decimal(value), Decimal(step)) == Decimal(nearest)
    assert down_to_step(Decimal(value), Decimal(step)) == Decimal(down)


@given(EXACT, STEPS)
def test_a_step_is_near_and_never_above_where_only_whole_ones_count(value, step):
    nearest, down = to_step(value, step), down_to_step(value, step)

    assert nearest % step == down % step == 0
    assert abs(nearest - value) * 2 <= step
    assert 0 <= value - down < step
    assert to_step(nearest, step) == nearest
    assert down_to_step(down, step) == down


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("310000", "EUR", "310,000 EUR"),
        ("310000", "INR", "3,10,000 INR"),
        ("12.50", "EUR", "12.50 EUR"),
        ("-7", "USD", "\u22127 USD"),
        ("1200", "JPY", "1,200 JPY"),
    ],
)
def test_an_amount_in_a_sentence(amount, currency, said):
    assert in_a_sentence(Money(Decimal(amount), currency)) == said
