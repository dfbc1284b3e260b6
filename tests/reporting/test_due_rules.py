"""When what is owed to whom: dated data, each with where it stands."""

from datetime import date

import pytest

from symposia.reporting.due_rules import due_rules, rule_of, rules_for
from symposia.reporting.models import OF_MONEY, Kind

DAY = date(2026, 3, 12)


def kinds(country, *systems, on=DAY):
    return {rule.kind for rule in rules_for(country, systems, on)}


def test_every_rule_is_of_a_known_report_and_says_where_it_stands():
    assert {rule.kind for rule in due_rules()} == set(Kind.values) - set(OF_MONEY)
    assert all(len(rule.citation) > 20 for rule in due_rules())
    assert {rule.confidence for rule in due_rules()} <= {"sourced", "to verify"}


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        pytest.param("pars_activities", date(2027, 3, 31), id="the end of March of the next year"),
        pytest.param("pars_moc", date(2026, 4, 12), id="thirty days after its end"),
        pytest.param("cpe_monitor", date(2026, 5, 12), id="sixty days after its end"),
        pytest.param("eaccme_application", date(2025, 12, 18), id="twelve weeks before it starts"),
    ],
)
def test_the_last_day_follows_from_the_rule(kind, due):
    assert rule_of(kind, DAY).due_on(DAY, date(2026, 3, 13)) == due


def test_what_is_owed_follows_from_the_credit_and_the_country():
    assert kinds("US", "ama_pra_1") == {"pars_activities", "pars_learners", "ce_broker"}
    assert kinds("IN") == {"council_application", "council_return"}
    assert kinds("DE", "eaccme") == {"eaccme_application", "eaccme_report"}
    assert kinds("US") == set()


def test_a_rule_holds_from_its_day():
    assert "cpe_monitor" not in kinds("US", "acpe_knowledge", on=date(2012, 12, 31))
    assert "cpe_monitor" in kinds("US", "acpe_knowledge", on=date(2013, 1, 1))
