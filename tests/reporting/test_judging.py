"""What becomes of a transfer, and the sentence that says why."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from symposia.reporting.transfers.judging import Known, judge
from symposia.reporting.transfers.schemes import (
    categories,
    scheme_rule,
    scheme_rules,
    thresholds,
)
from symposia.shared.money import Money

ON = date(2026, 3, 11)


def usd(amount):
    return Money(Decimal(amount), "USD")


MEAL = Known("meal", "clinician", usd("25.00"), ON, "US", "physician", "Physician")


def judged(known=MEAL, **facts):
    verdict = judge(replace(known, **facts))
    return verdict.outcome, verdict.reason.code


def test_a_dinner_of_a_physician_is_told_by_name_in_its_category():
    verdict = judge(MEAL)

    assert (verdict.outcome, verdict.scheme, verdict.category) == (
        "individual",
        "open_payments",
        "food",
    )
    assert str(verdict.reason) == "USD 25.00 is at least USD 13.82."
    assert verdict.year == 2026


@pytest.mark.parametrize(
    ("amount", "total", "expected"),
    [
        ("13.82", "13.82", ("individual", "tov_large_enough")),
        ("13.81", "13.81", ("left_out", "tov_too_small")),
        ("13.81", "138.13", ("left_out", "tov_too_small")),
        ("13.81", "138.14", ("individual", "tov_small_but_many")),
    ],
)
def test_what_is_small_is_told_once_the_year_is_not(amount, total, expected):
    assert judged(amount=usd(amount), year_total=usd(total)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"what": "nurse"}, ("left_out", "tov_not_covered")),
        ({"country": ""}, ("unclear", "tov_no_country")),
        ({"country": "BR"}, ("left_out", "tov_no_scheme")),
        ({"on": date(2027, 3, 1)}, ("unclear", "tov_no_threshold")),
        ({"amount": Money(Decimal(9000), "INR")}, ("unclear", "tov_other_money")),
        ({"is_company": False}, ("left_out", "tov_not_a_company")),
        ({"country": "IN"}, ("event", "tov_in_the_event")),
        ({"country": "DE"}, ("left_out", "tov_not_asked")),
        ({"country": "DE", "kind": "teaching"}, ("aggregate", "tov_not_agreed")),
        ({"country": "DE", "kind": "teaching", "agreed": True}, ("individual", "tov_agreed")),
        (
            {"country": "DE", "kind": "grant", "party": "organisation", "what": "hospital"},
            ("individual", "tov_of_an_organisation"),
        ),
    ],
    ids=str,
)
def test_each_reason_has_its_code(facts, expected):
    assert judged(**facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"directed": False}, ("left_out", "tov_not_directed")),
        ({"directed": True}, ("individual", "tov_large_enough")),
        ({"learned_on": date(2027, 6, 30)}, ("individual", "tov_large_enough")),
        ({"learned_on": date(2027, 7, 1)}, ("left_out", "tov_learned_late")),
    ],
)
def test_who_is_paid_out_of_a_grant_is_ours_if_directed_or_known_in_time(facts, expected):
    assert judged(kind="passed_on", **facts) == expected


def test_the_grant_itself_is_told_of_a_hospital_and_not_of_a_clinic():
    grant = replace(MEAL, kind="grant", party="organisation", amount=usd("5000"))

    assert judged(grant, what="hospital")[0] == "individual"
    assert judged(grant, what="clinic") == ("left_out", "tov_not_covered")


def test_the_year_of_ucpmp_begins_in_april():
    rule = scheme_rule("ucpmp")

    assert [rule.year_of(date(2026, 3, 31)), rule.year_of(date(2026, 4, 1))] == [2025, 2026]
    assert rule.days_of(2025) == (date(2025, 4, 1), date(2026, 3, 31))
    assert rule.due_on(2025) == date(2026, 5, 31)
    assert rule.kept_until(2025) == date(2031, 3, 31)


def test_what_is_not_certain_says_so_and_where_it_stands():
    """Every number of a regulator has its citation; none of these was read in the law itself."""
    read = (*scheme_rules(), *thresholds())

    assert all(each.citation and each.is_to_verify for each in read)
    assert {scheme for scheme, _kind in categories()} == {each.code for each in scheme_rules()}
