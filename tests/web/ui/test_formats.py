"""How numbers, money and times are written."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from symposia.shared.money import Money
from symposia.web import formats

STARTS = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("180000", "INR", "1,80,000.00"),
        ("12345678.9", "INR", "1,23,45,678.90"),
        ("180000", "USD", "180,000.00"),
        ("1250", "JPY", "1,250"),
        ("-3.5", "USD", "3.50"),
    ],
)
def test_digits_are_grouped_as_the_currencys_readers_do(amount, currency, written):
    assert formats.money_amount(Money(Decimal(amount), currency)) == written


def test_credits_always_show_two_decimals():
    assert formats.credits_amount(Decimal("1.5")) == "1.50"


def test_the_venues_clock_comes_first_and_the_readers_only_where_it_differs():
    with timezone.override("Europe/Berlin"):
        away = formats.moment(STARTS, datetime(2026, 3, 12, 14, 30, tzinfo=UTC), "Asia/Kolkata")
        home = formats.moment(STARTS, None, "Europe/Paris")

    assert (away.clock, away.zone, away.yours) == ("18:30–20:00", "IST", "14:00")
    assert home.yours == ""


def test_the_readers_clock_says_the_day_where_that_differs_too():
    with timezone.override("Pacific/Auckland"):
        assert formats.moment(STARTS, None, "Asia/Kolkata").yours == "Fri 13 Mar 02:00"


def test_an_end_on_another_day_says_which():
    ends = datetime(2026, 3, 13, 12, 0, tzinfo=UTC)

    assert formats.moment(STARTS, ends, "UTC").clock == "13:00 – Fri 13 Mar 12:00"


@pytest.mark.parametrize(
    ("zone", "name"),
    [("Asia/Dubai", "UTC+4"), ("America/Caracas", "UTC−4"), ("Asia/Kathmandu", "UTC+5:45")],
)
def test_a_zone_without_letters_is_named_by_its_distance(zone, name):
    assert formats.moment(STARTS, None, zone).zone == name


def test_dates_speak_the_readers_language():
    with translation.override("ar"):
        assert "مارس" in formats.moment(STARTS, None, "UTC").day


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Radhika S. Iyer", "RI"), ("Cher", "C"), ("Dr. Anita Sen", "AS"), ("", ""), ("4711", "")],
)
def test_initials_stand_for_a_person(name, letters):
    assert formats.initials(name) == letters


def test_a_hash_is_short_enough_to_compare_by_eye():
    assert formats.short_hash("9f3c77a1d2b84e60c5f1e81a") == "9f3c…e81a"
    assert formats.short_hash("4F2") == "4F2"


def test_a_percentage_is_parted_by_no_line():
    assert formats.percent(38) == "38\u00a0%"
    assert formats.unbroken("38 % of 214, then 5 %") == "38\u00a0% of 214, then 5\u00a0%"
