"""What the shipped rule of each body makes of minutes, a table per source and an oracle."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symposia.activities.models import Type
from symposia.credits.awarding import (
    AwardRule,
    fits_grammar,
    format_key_of,
    format_of,
    formats_of,
    rule_of,
    worked_out,
)
from symposia.credits.models import AwardedBy, Confidence, CreditSystem
from symposia.credits.systems import SHIPPED, values_of
from symposia.directory.models import Profession

SYSTEMS = {
    facts["code"]: CreditSystem(**values_of(facts)) for facts in json.loads(SHIPPED.read_text())
}
DAY = date(2027, 3, 12)


def days(*minutes):
    return {DAY + timedelta(days=number): count for number, count in enumerate(minutes)}


@pytest.mark.parametrize(
    ("code", "key", "minutes", "credit"),
    [
        # AMA PRA: 60 minutes are one credit, to the nearest quarter hour.
        ("ama_pra_1", "live", (7,), "0"),
        ("ama_pra_1", "live", (8,), "0.25"),
        ("ama_pra_1", "live", (82,), "1.25"),
        ("ama_pra_1", "live", (480, 480), "16"),
        ("ama_pra_1", "enduring", (45,), "0.75"),
        ("ama_pra_1", "journal", (60,), "1"),
        ("ama_pra_1", "other", (53,), "1"),
        # 10 for writing test items, 3 for a manuscript, 20 for performance improvement, 0.5 for a
        # search, 2 for an hour of teaching.
        ("ama_pra_1", "test_item", (15,), "10"),
        ("ama_pra_1", "manuscript", (400,), "3"),
        ("ama_pra_1", "pi_cme", (0,), "20"),
        ("ama_pra_1", "point_of_care", (5,), "0.5"),
        ("ama_pra_1", "from_teaching", (60,), "2"),
        ("ama_pra_1", "from_teaching", (45,), "1.5"),
        # EACCME: 0.5 for each 30 minutes, at most 8 for a day.
        ("eaccme", "live", (29,), "0"),
        ("eaccme", "live", (30,), "0.5"),
        ("eaccme", "live", (600,), "8"),
        ("eaccme", "live", (600, 60), "9"),
        ("eaccme", "live", (490, 470), "15.5"),
        # ANCC, ACPE, AOA: complete quarter hours.
        ("ancc_ncpd", "live", (59,), "0.75"),
        ("acpe_application", "live", (75,), "1.25"),
        ("aoa_1a", "live", (89,), "1.25"),
        # The American Board of Pediatrics: whole numbers until the two answers agree.
        ("moc_abp", "live", (110,), "1"),
        ("moc_abim", "live", (110,), "1.75"),
        # Royal College: an hour of assessment counts three times an hour of group learning.
        ("rcpsc_s1", "live", (60,), "1"),
        ("rcpsc_s3", "live", (60,), "3"),
        # Maharashtra: at most four points for a meeting of any length.
        ("in_maharashtra", "live", (600,), "4"),
        ("uk_cpd", "live", (119,), "1"),
    ],
)
def test_each_body_counts_by_its_own_rule(code, key, minutes, credit):
    rule = rule_of(SYSTEMS[code], key)

    assert worked_out(rule, days(*minutes)).amount == Decimal(credit)


def test_what_is_not_counted_by_time_is_all_or_nothing():
    rule = rule_of(SYSTEMS["ama_pra_1"], "manuscript")

    assert worked_out(rule, {}, took_part=False).amount == 0


def test_the_arithmetic_says_which_limit_told():
    worked = worked_out(rule_of(SYSTEMS["eaccme"], "live"), days(600, 60))
    assert (worked.exact, worked.within_days, worked.stepped) == (11, 9, 9)
    assert worked.limited_days == (DAY,)
    assert not worked.met_ceiling

    assert worked_out(rule_of(SYSTEMS["in_maharashtra"], "live"), days(600)).met_ceiling


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("0798-9999-18-246-H04-P", True),
        ("JA0006235-9999-25-076-L01-P", True),
        ("0798-9999-18-246-H04-X", False),
        ("0798-9999-18-246-H04", False),
        ("see JA0006235-9999-25-076-L01-P", False),
        ("", False),
    ],
)
def test_acpe_numbers_activities_by_its_grammar(number, fits):
    assert fits_grammar(SYSTEMS["acpe_knowledge"], number) is fits


def test_a_body_without_a_grammar_takes_any_number():
    assert fits_grammar(SYSTEMS["ama_pra_1"], "")


@pytest.mark.parametrize("code", SYSTEMS)
def test_every_system_says_where_it_is_from_and_how_sure_we_are(code):
    system = SYSTEMS[code]

    assert system.citation
    assert system.confidence in Confidence
    assert system.awarded_by in AwardedBy
    assert set(system.professions) <= set(Profession)
    assert set(system.statements) == {"unit", "designation", "award", "participation"}
    assert all(each.rule and each.confidence in Confidence for each in formats_of(system))
    assert all(each.by_time != bool(each.credit) for each in formats_of(system))
    assert re.compile(system.number_grammar)


def test_every_type_of_activity_is_a_format_that_the_ama_knows():
    assert {key for key in map(format_key_of, Type) if format_of(SYSTEMS["ama_pra_1"], key)} == {
        format_key_of(each) for each in Type
    }
    assert format_of(SYSTEMS["eaccme"], "manuscript") is None


def oracle(minutes, per, step, rounding, most_of_day, most):
    """The same in whole numbers and fractions alone, the other way round: minute by minute."""
    counted = sum(
        (min(Fraction(m, per), Fraction(most_of_day)) if most_of_day else Fraction(m, per))
        for m in minutes
    )
    steps = counted / Fraction(step)
    whole = floor(steps + Fraction(1, 2)) if rounding == "nearest" else floor(steps)
    amount = whole * Fraction(step)
    return min(amount, Fraction(most)) if most else amount


RULES = st.tuples(
    st.lists(st.integers(0, 900), min_size=1, max_size=5),
    st.sampled_from([20, 30, 45, 50, 60]),
    st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal("0.1")]),
    st.sampled_from(["nearest", "down"]),
    st.sampled_from([None, Decimal(8), Decimal(6), Decimal("3.5")]),
    st.sampled_from([None, Decimal(4), Decimal(20)]),
)


def agrees_with_the_oracle(case):
    minutes, per, step, rounding, most_of_day, most = case
    worked = worked_out(AwardRule(per, None, step, rounding, most_of_day, most), days(*minutes))

    assert Fraction(worked.amount) == oracle(*case)
    assert worked.amount <= worked.stepped
    assert worked.within_days <= worked.exact


# A machine that does other things meanwhile draws slowly; that is no fault of the rules.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@UNHURRIED
@given(RULES)
def test_every_rule_agrees_with_the_oracle(case):
    agrees_with_the_oracle(case)


@pytest.mark.nightly
@settings(UNHURRIED, max_examples=20_000)
@given(RULES)
def test_every_rule_agrees_with_the_oracle_twenty_thousand_times(case):
    agrees_with_the_oracle(case)


@UNHURRIED
@given(RULES, st.integers(0, 4), st.integers(1, 300))
def test_more_minutes_are_never_less_credit(case, which, more):
    minutes, per, step, rounding, most_of_day, most = case
    rule = AwardRule(per, None, step, rounding, most_of_day, most)
    longer = [m + (more if n == which else 0) for n, m in enumerate(minutes)]

    assert worked_out(rule, days(*minutes)).amount <= worked_out(rule, days(*longer)).amount
