"""A cost is divided to the minor unit among those who had it, and each figure explains itself."""

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.reporting.models import Party
from symposia.reporting.transfers.sharing import (
    Cost,
    Counted,
    Had,
    PassedOn,
    Room,
    Said,
    largest_remainder,
    shares_of,
)
from symposia.shared.money import Money

AMOUNTS = st.integers(0, 10**12)


def somebody(number, **facts):
    return Had(f"Doctor {number}", clinician_id=uuid.UUID(int=number), **facts)


def room(came=3, taught=1):
    people = [somebody(n) for n in range(1, came + 1)]
    beside = [somebody(n, taught=True) for n in range(1001, 1001 + taught)]
    return Room(tuple(people), tuple(beside))


def cost(minor=100_000, category="meals", **facts):
    on = date(2026, 3, 11)
    return Cost(uuid.UUID(int=9), category, Money.from_minor(minor, "INR"), on, **facts)


@given(AMOUNTS, st.lists(st.integers(0, 1000), min_size=1).filter(sum))
def test_parts_add_up_and_none_is_a_unit_from_its_due(minor, weights):
    parts = largest_remainder(minor, weights)

    assert sum(parts) == minor
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Decimal(part) - Decimal(minor * weight) / whole) < 1


@given(AMOUNTS, st.integers(1, 400))
def test_equal_heads_differ_by_a_unit_at_most_whoever_is_first(minor, heads):
    parts = largest_remainder(minor, [1] * heads)

    assert max(parts) - min(parts) <= 1
    assert sorted(parts, reverse=True) == parts


@given(
    AMOUNTS.filter(bool),
    *(st.integers(0, 30), st.integers(0, 6), st.integers(0, 9)),
    *(st.booleans(), st.sampled_from(["meals", "materials"])),
)
def test_shares_of_a_meal_are_the_meal_whoever_was_there(minor, came, taught, staff, fewer, what):
    here = room(came, taught)
    counted = Counted(max(came - fewer, 0), taught, staff)

    shares = shares_of(cost(minor, what, counted=counted), here, "scientific")

    assert sum(share.minor for share in shares) == minor
    keys = [share.key for share in shares]
    assert len(keys) == len(set(keys))


def test_shares_do_not_depend_on_the_order_in_which_people_came():
    here = room(7, 2)
    turned = Room(here.came[::-1], here.taught[::-1])

    def amounts(of):
        return {s.key: s.minor for s in shares_of(cost(100_001), of, "scientific")}

    assert amounts(here) == amounts(turned)


def test_staff_and_faculty_eat_too_and_the_sentence_says_so():
    shares = shares_of(cost(124_000, counted=Counted(3, 1, 4)), room(), "scientific")

    assert [s.minor for s in shares if s.who.party == Party.CLINICIAN] == [15_500] * 4
    house = next(s for s in shares if s.who.party == Party.STAFF)
    assert (house.minor, house.heads) == (62_000, 4)
    assert str(shares[0].because) == (
        "INR 155.00 of INR 1,240.00, which 8 people shared: 3 who came, 1 who taught,"
        " 4 of the house."
    )


def test_of_fewer_than_came_nobody_is_named_until_somebody_says_who():
    few = cost(counted=Counted(2, 1, 0))
    named = replace(few, said=Said("Frank Gomes", (somebody(1), somebody(2)), staff=1))

    shares = shares_of(few, room(), "scientific")
    after = shares_of(named, room(), "scientific")

    assert [(s.who.party, s.heads) for s in shares] == [("clinician", 1), ("unnamed", 2)]
    assert shares[1].minor == 66_666
    assert [s.minor for s in after] == [33_334, 33_333, 33_333]
    assert "as Frank Gomes said" in str(after[0].because)


@pytest.mark.parametrize("category", ["venue", "technology", "other"])
def test_hall_technique_and_agencies_are_nobodys_transfer(category):
    assert shares_of(cost(category=category), room(), "promotional") == []


def test_a_journey_is_the_travellers_and_a_fee_the_speakers():
    speaker = somebody(1001, taught=True)
    travel = shares_of(cost(category="travel", person=speaker), room(), "scientific")
    fee = shares_of(cost(category="faculty", person=speaker), room(), "promotional")
    taught = shares_of(cost(category="faculty", person=speaker), room(), "scientific")
    unknown = shares_of(cost(category="travel"), room(), "scientific")

    assert [(s.kind, s.who, s.minor) for s in travel] == [("speaker_travel", speaker, 100_000)]
    assert [s.kind for s in (*fee, *taught)] == ["fee", "teaching"]
    assert str(fee[0].because) == "INR 1,000.00, the fee of Doctor 1001."
    assert [s.who.party for s in unknown] == [Party.UNNAMED]


def test_a_journey_of_people_of_the_house_is_no_transfer():
    own = cost(category="travel", said=Said("Frank Gomes", staff=2))

    shares = shares_of(own, room(), "scientific")

    assert [(s.who.party, s.minor) for s in shares] == [("staff", 100_000)]


def test_a_grant_is_its_organisers_and_who_is_paid_out_of_it_stands_beside():
    hospital = Had("Lakeside Hospital", Party.ORGANISATION, institution_id=uuid.UUID(int=5))
    passed = PassedOn(somebody(8), 30_000, directed=False, learned_on=None)
    granted = cost(category="faculty", said=Said("Frank", (), 0, hospital, (passed,)))

    shares = shares_of(granted, room(), "independent")

    assert [(s.kind, s.minor, s.is_inside) for s in shares] == [
        ("grant", 100_000, False),
        ("passed_on", 30_000, True),
    ]
    assert shares_of(cost(category="faculty"), room(), "independent")[0].kind == "grant"
