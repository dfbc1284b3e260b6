"""The files that carry regulation: read strictly, proved when loaded, never changed afterwards."""

import json
from datetime import date

import pytest

from symposia.compliance.judging import judge, prove, values_on
from symposia.compliance.loading import SHIPPED
from symposia.compliance.packfile import PackRefused, read_pack

FILES = sorted(SHIPPED.glob("*.json"))
INDIA = json.loads((SHIPPED / "in-ucpmp-2026.1.json").read_text())


def changed(**parts):
    return json.dumps(INDIA | parts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_pack_is_readable_and_proved(path):
    pack = read_pack(path.read_text())

    prove(pack)

    assert path.stem == f"{pack.code}-{pack.version}"
    assert {case.rule for case in pack.cases} == {rule.code for rule in pack.rules}


def test_a_value_that_nobody_has_checked_is_marked_to_verify():
    pack = read_pack(changed())

    assert pack.parameter("item_cap").values[0].confidence == "to_verify"
    assert all(value.citation for p in pack.parameters for value in p.values)


@pytest.mark.parametrize("kind", ["functionNode", "customNode", "decisionNode"])
def test_a_pack_with_a_program_in_it_is_refused(kind):
    rules = json.loads(json.dumps(INDIA["rules"]))
    rules[0]["decision"]["nodes"][1] |= {"type": kind, "content": "export const handler = 1"}

    with pytest.raises(PackRefused, match=kind):
        read_pack(changed(rules=rules))


@pytest.mark.parametrize(
    "parts",
    [
        {"rules": [INDIA["rules"][1] | {"uses": ["nowhere"]}]},
        {"labels": {}},
        {"cases": INDIA["cases"][1:]},
        {"colour": "red"},
        {"effective_from": "some day"},
    ],
    ids=["unknown parameter", "no label", "a sentence without its case", "unknown key", "no date"],
)
def test_a_pack_with_a_mistake_is_refused_whole(parts):
    with pytest.raises(PackRefused):
        read_pack(changed(**parts))


def test_text_that_is_no_pack_is_refused():
    with pytest.raises(PackRefused):
        read_pack("not json")


def test_a_pack_whose_own_case_fails_is_refused():
    cases = json.loads(json.dumps(INDIA["cases"]))
    cases[0]["result"] = "block"

    with pytest.raises(PackRefused, match="online"):
        prove(read_pack(changed(cases=cases)))


def test_amounts_are_compared_exactly():
    pack = read_pack(changed())
    rule = pack.rule("IN-2")
    values = values_on(pack, rule, date(2026, 3, 12), {"meal_cap": "0.3"})

    assert judge(pack, rule, {"meal_per_head": "0.3"}, values).result == "pass"
    assert judge(pack, rule, {"meal_per_head": "0.300000000000000001"}, values).result == "warn"


def test_what_nobody_knows_yet_is_a_warning_and_never_a_pass():
    pack = read_pack(changed())

    outcome = judge(pack, pack.rule("IN-4"), {}, {})

    assert (outcome.result, outcome.message) == (
        "warn",
        "Not known yet: travel and lodging.",
    )


def test_a_value_applies_from_its_day_until_the_day_of_the_next():
    parameters = json.loads(json.dumps(INDIA["parameters"]))
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
