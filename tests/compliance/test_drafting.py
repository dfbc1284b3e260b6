"""Versions of an organisation's own: drafted, weighed on what was looked at, published by two."""

import json
import socket
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.compliance import hanging
from symposia.compliance.actions.drafting import (
    NewVersion,
    add_value,
    begin_from_file,
    begin_version,
    change_rule,
    propose_version,
    publish_version,
)
from symposia.compliance.drafts import CaseEdit, RowEdit, RuleEdit, ValueEdit, check_text
from symposia.compliance.hanging import Hanging
from symposia.compliance.models import Evaluation, OwnPack, RulePack
from symposia.compliance.packfile import shape_of
from symposia.compliance.policies import SAY_WHY
from symposia.compliance.queries import findings_of, has_same_answer
from symposia.compliance.queries.impact import impact_of, starting_points
from symposia.compliance.queries.packs import rows_in_force
from symposia.shared.actors import SYSTEM
from symposia.shared.changing import CHANGED_MEANWHILE
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.compliance import DINNER, evaluated

FIRST = day_here() + timedelta(days=10)
ITEMS = {"items_per_head": "100", "dearest_item": "700"}


@pytest.fixture
def company(db):
    made = OrganisationFactory(kind="company", country="IN", currency="INR", zone="Asia/Kolkata")
    with acting_in(made.pk):
        yield made


@pytest.fixture
def draft(company):
    row = RulePack.objects.get(code="in-ucpmp", version="2026.2")
    return begin_version(row, NewVersion("2027.1", FIRST, "Circular 12"), by=SYSTEM)


def halved(draft):
    edit = ValueEdit("500", FIRST, "Circular 12", "sourced")
    return add_value(draft, "item_cap", edit, seen_revision=draft.revision, by=SYSTEM)


def published(draft, company):
    anna, bela = member(company, "compliance_officer"), member(company, "compliance_officer")
    draft = propose_version(draft, seen_sha256=draft.sha256, by=anna.actor())
    return publish_version(draft, seen_sha256=draft.sha256, by=bela.actor())


def results(evaluation):
    return {f.rule: f.result for f in findings_of(evaluation)}


def test_a_published_version_decides_from_its_day_on_and_the_old_one_before(company, draft):
    published(halved(draft), company)

    before = evaluated(DINNER, **ITEMS, on=FIRST - timedelta(days=1))
    after = evaluated(DINNER, **ITEMS, on=FIRST)

    assert (results(before)["IN-3"], results(after)["IN-3"]) == ("pass", "block")
    spoken = next(f for f in findings_of(after) if f.rule == "IN-3")
    assert (spoken.own_pack, spoken.pack) == (draft, None)
    assert has_same_answer(Evaluation.objects.get(pk=after.pk))


def test_it_decides_for_nobody_else(company, draft):
    published(halved(draft), company)

    with acting_in(OrganisationFactory(kind="company", country="IN").pk):
        assert results(evaluated(DINNER, **ITEMS, on=FIRST))["IN-3"] == "pass"


def test_a_draft_decides_nothing(draft):
    halved(draft)

    assert results(evaluated(DINNER, **ITEMS, on=FIRST))["IN-3"] == "pass"
    assert not any(isinstance(row, OwnPack) for row in rows_in_force(FIRST))


def test_impact_names_each_plan_whose_verdict_would_be_another(draft):
    touched = evaluated(DINNER, **ITEMS, on=FIRST)
    evaluated(DINNER, items_per_head="100", dearest_item="400", on=FIRST)
    evaluated(DINNER, **ITEMS, on=FIRST - timedelta(days=1))

    impact = impact_of(shape_of(halved(draft).source), first=FIRST)

    assert (impact.looked_at, impact.touched, impact.counts) == (2, 1, {"pass>block": 1})
    [change] = impact.changes
    assert (change.subject_id, change.rule) == (str(touched.subject_id), "IN-3")
    assert "An item of 700 is over the cap of 500" in change.message


def test_impact_looks_at_the_last_evaluation_of_each_plan(draft):
    first = evaluated(DINNER, **ITEMS, on=FIRST)
    evaluated(DINNER, dearest_item="400", on=FIRST, subject_id=first.subject_id)

    assert impact_of(shape_of(halved(draft).source), first=FIRST).counts == {}


def test_an_unchanged_version_changes_nothing(draft):
    evaluated(DINNER, on=FIRST)
    evaluated(DINNER, **ITEMS, country="LK", on=FIRST)

    assert impact_of(shape_of(draft.source), first=FIRST).changed == 0


def test_what_it_would_change_is_kept_when_it_is_proposed(company, draft):
    evaluated(DINNER, **ITEMS, on=FIRST)

    own = propose_version(halved(draft), seen_sha256=halved_hash(draft), by=SYSTEM)

    assert (own.impact["looked_at"], own.impact["changed"]) == (1, 1)


def halved_hash(draft):
    return OwnPack.objects.get(pk=draft.pk).sha256


def test_the_database_holds_that_two_persons_publish(company, draft):
    anna = member(company, "compliance_officer")
    own = propose_version(draft, seen_sha256=draft.sha256, by=anna.actor())

    with pytest.raises(IntegrityError, match="two_people_publish_a_pack"), transaction.atomic():
        OwnPack.objects.filter(pk=own.pk).update(
            state="published", published_by_id=anna.pk, published_at=now()
        )


def test_each_step_is_journalled(company, draft):
    published(halved(draft), company)

    steps = Entry.objects.filter(action__startswith="rule_pack.").order_by("pk")
    assert [entry.action.partition(".")[2] for entry in steps] == [
        *("begun", "changed", "proposed", "published"),
    ]


ROWS = (
    RowEdit(("number(facts.meal_per_head) > 0",), "warn", "A meal of %(meal_per_head)s."),
    RowEdit(("",), "pass", "No meal.", "none"),
)


def rule_edit(rows=ROWS, cases=()):
    return RuleEdit("Meals are named", "block", "Policy 8", "to_verify", rows, cases)


def test_a_table_is_written_anew_and_its_examples_with_it(draft):
    cases = (
        CaseEdit("one rupee", FIRST, {"meal_per_head": "1"}, {"meal_cap": "1"}, "row_1", True),
        CaseEdit("nothing", FIRST, {"meal_per_head": "0"}, {"meal_cap": "1"}, "none"),
    )
    own = change_rule(draft, "IN-2", rule_edit(cases=cases), seen_revision=1, by=SYSTEM)

    checked = check_text(own.source)
    assert checked.problems == []
    assert {p.say for p in checked.proofs if p.case.rule == "IN-2"} == {"row_1", "none"}


def test_a_table_without_its_examples_is_not_ready(draft):
    own = change_rule(draft, "IN-2", rule_edit(), seen_revision=1, by=SYSTEM)

    assert check_text(own.source).problems == ["IN-2: no test case for none, row_1"]
    with pytest.raises(Refused, match="no test case"):
        propose_version(own, seen_sha256=own.sha256, by=SYSTEM)


def test_nobody_writes_over_what_they_have_not_seen(draft):
    halved(draft)

    with pytest.raises(Refused) as refused:
        change_rule(draft, "IN-2", rule_edit(), seen_revision=1, by=SYSTEM)

    assert refused.value.objection == CHANGED_MEANWHILE


def test_a_new_value_ends_the_one_before(draft):
    values = json.loads(halved(draft).source)["parameters"][1]["values"]

    assert [(v["value"], v.get("until")) for v in values] == [
        ("1000", FIRST.isoformat()),
        ("500", None),
    ]


PROGRAM = """
import http from 'http';
export const handler = async () => ({result: 'pass', say: 's', said: await http.get(%r)});
"""


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"decision": {"nodes": [1], "edges": []}}, "a graph is a list of nodes"),
        ({"decision": {"nodes": None}}, "a graph is a list of nodes"),
        ({"computes": {"x": "1" + "+1" * 600}}, "longer than 1000"),
        ({"computes": {"x": "sum(map([0..9], 1))"}}, "repeats too much"),
        ({"computes": {"x": "sum(map(facts.a, sum(map(facts.a, #))))"}}, "repeats too much"),
        ({"messages": {"s": "%(a)999999999s"}}, "no %(name)s"),
        ({"messages": {"s": "10 %"}}, "no %(name)s"),
    ],
    ids=["number", "nothing", "long", "range", "nested", "wide", "per cent"],
)
def test_what_would_run_away_is_refused_before_the_engine_sees_it(company, draft, parts, said):
    with pytest.raises(Refused) as refused:
        begin_from_file(_with_rule(draft, parts), reason="From the association", by=SYSTEM)

    assert refused.value.objection.code == "pack_unreadable"
    assert said in str(refused.value)


def test_a_program_in_a_file_is_refused_and_never_runs(company, draft):
    asked: list[bytes] = []

    with listening(asked) as address:
        node = {"id": "n", "name": "n", "type": "functionNode", "position": {"x": 0, "y": 0}}
        ends = [node | {"id": kind, "type": kind} for kind in ("inputNode", "outputNode")]
        nodes = [ends[0], node | {"content": {"source": PROGRAM % address}}, ends[1]]
        pairs = [("inputNode", "n"), ("n", "outputNode")]
        edges = [{"id": a, "type": "edge", "sourceId": a, "targetId": b} for a, b in pairs]
        text = _with_rule(draft, {"decision": {"nodes": nodes, "edges": edges}})
        with pytest.raises(Refused, match="functionNode are refused"):
            begin_from_file(text, reason="From the association", by=SYSTEM)

    assert asked == []


@pytest.mark.parametrize("number", ["1e999", "NaN", "-Infinity", "9" * 400])
def test_a_number_that_is_none_is_refused(draft, number):
    text = _with_rule(draft, {}).replace('"boundary": true', f'"boundary": {number}', 1)

    assert number[:20] in check_text(text).problems[0]


def test_a_file_nested_without_end_is_refused(draft):
    assert check_text("[" * 100_000).problems == ["it is nested too deeply"]


def _with_rule(draft, parts):
    data = json.loads(draft.source) | {"version": "2027.9"}
    rule = data["rules"][0]
    if "decision" in parts:
        del rule["table"]
    data["rules"][0] = rule | parts
    return json.dumps(data)


@contextmanager
def listening(asked):
    """A machine inside that would note whoever asks it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        with suppress(TimeoutError):
            asked.append(server.accept()[0].recv(80))


def test_a_version_needs_a_reason(company):
    with pytest.raises(Refused) as refused:
        begin_version(starting_points()[0], NewVersion("2030.1", FIRST, " "), by=SYSTEM)

    assert refused.value.objection == SAY_WHY


def test_impact_names_what_rests_on_the_plans_that_are_touched(draft, monkeypatch):
    touched = evaluated(DINNER, **ITEMS, on=FIRST)
    evaluated(DINNER, items_per_head="100", dearest_item="400", on=FIRST)

    def papers(ids):
        return [Hanging(str(each), "Paper") for each in ids]

    resting = {touched.subject_type: {"papers": papers}}
    monkeypatch.setattr(hanging, "_readers", resting)

    impact = impact_of(shape_of(halved(draft).source), first=FIRST)

    assert impact.hanging == {"papers": [Hanging(str(touched.subject_id), "Paper")]}
    assert impact.summary["hanging"]["papers"]["count"] == 1
