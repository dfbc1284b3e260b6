"""The files that carry regulation: read strictly, proved when loaded, never changed afterwards."""

import ast
import copy
import json
from datetime import date

import pytest

from symposia.compliance.judging import concerns, judge, proofs_of, prove, values_on
from symposia.compliance.loading import SHIPPED
from symposia.compliance.models import RulePack
from symposia.compliance.packfile import PackRefused, read_pack

FILES = sorted(SHIPPED.glob("*.json"))
PACKS = {path.stem: read_pack(path.read_text()) for path in FILES}
INDIA = json.loads((SHIPPED / "in-ucpmp-2026.2.json").read_text())
EUROPE = PACKS["eu-efpia-2026.1"]
POLICY = PACKS["organisation-policy-2026.1"]
DAY = date(2026, 3, 12)

PROVED = [
    pytest.param(pack, proof, id=f"{proof.case.rule}: {proof.case.name} ({rule.citation[:70]})")
    for pack in PACKS.values()
    for proof in proofs_of(pack)
    for rule in [pack.rule(proof.case.rule)]
]
RULES = [(pack, rule) for pack in PACKS.values() for rule in pack.rules]


def changed(**parts):
    return json.dumps(INDIA | parts)


def rules_with(number, **parts):
    rules = copy.deepcopy(INDIA["rules"])
    rules[number] |= parts
    return changed(rules=rules)


@pytest.mark.parametrize(("pack", "proof"), PROVED)
def test_every_rule_says_what_its_source_says(pack, proof):
    rule = pack.rule(proof.case.rule)

    assert rule.citation
    assert (proof.result, proof.say) == (proof.case.result, proof.case.say), proof.message
    assert "%(" not in proof.message


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=[rule.code for _pack, rule in RULES])
def test_every_verdict_of_a_rule_has_its_case(pack, rule):
    cases = [case for case in pack.cases if case.rule == rule.code]
    compares_numbers = any(
        sign in cell for row in rule.table.rows for cell in row.when for sign in "<>"
    )

    assert {row.result for row in rule.table.rows} <= {case.result for case in cases}
    assert {row.say for row in rule.table.rows} <= {case.say for case in cases}
    assert not compares_numbers or any(case.boundary for case in cases)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_pack_is_named_after_its_version(path):
    pack = PACKS[path.stem]

    assert path.stem == f"{pack.code}-{pack.version}"
    assert len({rule.code for rule in pack.rules}) == len(pack.rules)


def test_rules_of_different_packs_have_different_codes():
    codes = {(pack.code, rule.code) for pack, rule in RULES}

    assert len({code for _pack, code in codes}) == len(codes)


def test_a_value_that_nobody_has_checked_is_marked_to_verify():
    pack = read_pack(changed())

    assert pack.parameter("item_cap").values[0].confidence == "to_verify"
    assert all(value.citation for p in PACKS.values() for q in p.parameters for value in q.values)


def test_the_figures_of_germany_are_to_verify_and_those_of_france_are_sourced():
    rule = EUROPE.rule("EF-1")

    germany = values_on(EUROPE, rule, DAY, {}, {"country": "DE"})["meal_threshold"]
    france = values_on(EUROPE, rule, DAY, {}, {"country": "FR"})["meal_threshold"]

    assert (germany["confidence"], france["confidence"]) == ("to_verify", "sourced")


@pytest.mark.parametrize("kind", ["functionNode", "customNode", "decisionNode"])
def test_a_pack_with_a_program_in_it_is_refused(kind):
    node = {"id": "n", "name": "n", "type": kind, "content": "export const handler = 1"}

    with pytest.raises(PackRefused, match=kind):
        read_pack(rules_with(0, table=None, decision={"nodes": [node], "edges": []}))


ROW = {"when": ["", ""], "result": "pass", "say": "online"}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"uses": ["nowhere"]}, "unknown parameters nowhere"),
        ({"needs": ["country", "organisation_country", "delivery", "moon"]}, "moon"),
        ({"severity": "warn"}, "warn at most"),
        ({"table": {"columns": [{"name": "A"}], "rows": [ROW]}}, "2 cells for 1 columns"),
        ({"table": {"columns": [{"name": "A"}, {"name": "B"}], "rows": [ROW | {"say": "x"}]}}, "x"),
        (
            {
                "table": {
                    "columns": [{"name": "A"}, {"name": "B"}],
                    "rows": [ROW | {"when": ["1 +", ""]}],
                }
            },
            "cannot be read",
        ),
        (
            {
                "table": {
                    "columns": [{"name": "A"}, {"name": "B"}],
                    "rows": [ROW | {"when": ["facts.moon", ""]}],
                }
            },
            "facts.moon is read but not declared",
        ),
        ({"decision": {"nodes": [], "edges": []}}, "exactly one"),
        ({"table": None}, "exactly one"),
    ],
    ids=[
        *("unknown parameter", "no label", "too severe", "cells", "no sentence", "no syntax"),
        *("undeclared fact", "table and graph", "neither"),
    ],
)
def test_a_rule_with_a_mistake_refuses_its_pack(parts, said):
    with pytest.raises(PackRefused, match=said):
        read_pack(rules_with(0, **parts))


@pytest.mark.parametrize(
    "parts",
    [
        {"labels": {}},
        {"cases": INDIA["cases"][1:]},
        {"cases": [*INDIA["cases"], INDIA["cases"][0] | {"rule": "IN-99"}]},
        {"rules": [*INDIA["rules"], INDIA["rules"][0]]},
        {"colour": "red"},
        {"effective_from": "some day"},
    ],
    ids=["no label", "a sentence without its case", "a case of no rule", "twice", "key", "no date"],
)
def test_a_pack_with_a_mistake_is_refused_whole(parts):
    with pytest.raises(PackRefused):
        read_pack(changed(**parts))


def test_text_that_is_no_pack_is_refused():
    with pytest.raises(PackRefused):
        read_pack("not json")


def test_a_pack_whose_own_case_fails_is_refused():
    cases = copy.deepcopy(INDIA["cases"])
    cases[0]["result"] = "block"

    with pytest.raises(PackRefused, match="online"):
        prove(read_pack(changed(cases=cases)))


def test_amounts_are_compared_exactly():
    pack = read_pack(changed())
    rule = pack.rule("IN-2")
    values = values_on(pack, rule, DAY, {"meal_cap": "0.3"})

    assert judge(pack, rule, {"meal_per_head": "0.3"}, values).say == "within"
    assert judge(pack, rule, {"meal_per_head": "0.300000000000000001"}, values).say == "over"


def test_what_nobody_knows_yet_is_a_warning_and_never_a_pass():
    pack = read_pack(changed())

    outcome = judge(pack, pack.rule("IN-4"), {}, {})

    assert (outcome.result, outcome.message) == ("warn", "Not known yet: travel and lodging.")


def test_a_value_applies_from_its_day_until_the_day_of_the_next():
    parameters = copy.deepcopy(INDIA["parameters"])
    first = parameters[1]["values"][0]
    parameters[1]["values"] = [
        first | {"until": "2027-01-01"},
        first | {"value": "1500", "from": "2027-01-01"},
    ]
    pack = read_pack(changed(parameters=parameters))
    rule = pack.rule("IN-3")

    assert values_on(pack, rule, date(2026, 12, 31), {})["item_cap"]["value"] == "1000"
    assert values_on(pack, rule, date(2027, 1, 1), {})["item_cap"]["value"] == "1500"
    assert values_on(pack, rule, date(2020, 1, 1), {}) == {}


@pytest.mark.parametrize(
    ("facts", "own", "speaks"),
    [
        ({"expected_attendance": 4}, {}, False),
        ({"expected_attendance": 4}, {"fewest_people": "5"}, True),
    ],
    ids=["no value set", "value set"],
)
def test_a_rule_of_the_own_policy_speaks_once_its_value_is_set(facts, own, speaks):
    rule = POLICY.rule("OP-10")

    assert concerns(rule, facts, values_on(POLICY, rule, DAY, own)) is speaks


def test_a_rule_speaks_only_where_its_facts_are_kept_and_of_its_own_kind():
    sii, phrma = PACKS["accme-sii-2026.1"], PACKS["us-phrma-2026.1"]
    disclosed, alcohol = sii.rule("SI-4"), phrma.rule("PH-1")

    assert not concerns(disclosed, {"mode": "independent"}, {})
    assert concerns(disclosed, {"mode": "independent", "disclosures_missing": 0}, {})
    assert concerns(alcohol, {"mode": "promotional", "type": "speaker_programme"}, {})
    assert not concerns(alcohol, {"mode": "scientific", "type": "round_table"}, {})
    assert not concerns(alcohol, {"mode": "independent", "type": "speaker_programme"}, {})


@pytest.mark.parametrize(
    ("kind", "country", "venue", "bound"),
    [
        ("company", "FR", "FR", True),
        ("company", "US", "ES", True),
        ("company", "US", "US", False),
        ("company", "US", "", False),
        ("provider", "FR", "FR", False),
    ],
)
def test_the_code_of_europe_binds_companies_there_and_events_there(kind, country, venue, bound):
    assert EUROPE.applies_to.binds(kind, country, venue) is bound


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"currency": "INR"}, "A meal of 3,10,000 INR per head is over your own cap of 2,000 INR."),
        ({}, "A meal of 310,000 per head is over your own cap of 2,000 INR."),
    ],
    ids=["books in rupees", "nobody says in what the books are kept"],
)
def test_an_amount_in_a_sentence_has_its_currency(facts, sentence):
    pack = PACKS["in-ucpmp-2026.2.1"]
    rule = pack.rule("IN-2")
    known = {"meal_per_head": "310000.00"} | facts
    values = values_on(pack, rule, DAY, {"meal_cap": "2000"}, known)

    assert judge(pack, rule, known, values).message == sentence


def test_what_a_speaker_is_paid_has_its_currency():
    pack = PACKS["organisation-policy-2026.3.1"]
    facts = {
        "best_paid_speaker": "Dr Rao",
        "best_paid_speaker_total": "260000.00",
        "currency": "INR",
    }
    values = values_on(pack, pack.rule("OP-6"), DAY, {"speaker_pay_cap": "200000"}, facts)

    assert judge(pack, pack.rule("OP-6"), facts, values).message == (
        "Dr Rao would have 2,60,000 INR in fees in the year, over your cap of 2,00,000 INR."
        " Planned ones count."
    )


@pytest.mark.parametrize(
    ("count", "sentence"),
    [(1, "One objective of a gap in practice."), (2, "2 objectives of a gap in practice.")],
)
def test_one_objective_is_said_as_one(count, sentence):
    pack = PACKS["accredited-education-2026.2.1"]

    assert judge(pack, pack.rule("AE-2"), {"objectives": count}, {}).message == sentence


def test_a_new_wording_leaves_what_older_versions_said():
    older = {"accredited-education-2026.2", "eu-efpia-2026.1", "in-ucpmp-2026.2"}

    assert older < set(PACKS)
    assert all(PACKS[f"{stem}.1"].effective_from == PACKS[stem].effective_from for stem in older)


@pytest.mark.django_db
def test_of_two_wordings_of_one_day_the_later_version_speaks():
    in_force = {row.code: row.version for row in RulePack.objects.in_force(DAY)}

    assert in_force["in-ucpmp"] == "2026.2.2"
    assert RulePack.objects.filter(code="in-ucpmp", version="2026.2").exists()


def words_of_the_code():
    """Every word that code outside pages writes down; dynamic names of facts begin with one."""
    files = [p for p in (SHIPPED.parents[1]).rglob("*.py") if not {"web", "api"} & set(p.parts)]
    return {
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_fact_of_a_pack_is_read_from_a_record_or_asked():
    asked = {name for pack in PACKS.values() for name in pack.asks}
    wanted = {name for pack, rule in RULES for name in pack.rule(rule.code).facts}

    assert len(wanted) > 40
    assert sorted(wanted - asked - words_of_the_code()) == []
