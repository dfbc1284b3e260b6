import uuid
from datetime import date, timedelta

import pytest

from symposia.compliance.models import Evaluation, Finding, Override, OwnPack
from symposia.compliance.packfile import Ask, Rule
from symposia.compliance.policies import (
    BEGINS_IN_PAST,
    EXPIRY_WRONG,
    NEEDS_PERSON,
    NOT_EVALUATED,
    NOT_PROPOSED,
    SAME_PERSON,
    VERSION_CHANGED,
    objection_to_expiry,
    objection_to_findings,
    objection_to_overriding,
    objection_to_proposing,
    objection_to_publishing,
    objection_to_statement,
    worst,
)

HERE = {"organisation_id": uuid.uuid4()}
EVALUATION = Evaluation(**HERE)
TODAY = date(2026, 3, 12)
ANNA, BELA = uuid.uuid4(), uuid.uuid4()


def finding(result, *, excepted=False):
    override_id = uuid.uuid4() if excepted else None
    return Finding(rule="IN-1", result=result, message="Abroad.", override_id=override_id, **HERE)


def rule(**parts):
    table = {"columns": [{"name": "A"}], "rows": [{"when": [""], "result": "block", "say": "no"}]}
    needed = {"code": "R-1", "title": "R", "needs": [], "table": table, "messages": {"no": "No."}}
    return Rule(**needed, citation="C", confidence="sourced", **parts)


@pytest.mark.parametrize(
    ("evaluation", "found", "code"),
    [
        (None, [], NOT_EVALUATED.code),
        (EVALUATION, [], None),
        (EVALUATION, [finding("pass"), finding("warn")], None),
        (EVALUATION, [finding("pass"), finding("block")], "rule_blocks"),
        (EVALUATION, [finding("block", excepted=True)], None),
    ],
    ids=["never looked at", "no rule binds", "a warning", "a block", "a block with an exception"],
)
def test_a_subject_goes_on_when_no_rule_blocks(evaluation, found, code):
    objection = objection_to_findings(evaluation, found)

    assert (objection and objection.code) == code
    if code == "rule_blocks":
        assert str(objection) == "Rule IN-1 blocks this: Abroad."


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([], "pass"),
        ([finding("pass"), finding("warn")], "warn"),
        ([finding("warn"), finding("block"), finding("pass")], "block"),
        ([finding("block", excepted=True), finding("pass")], "warn"),
    ],
)
def test_many_rules_together_say_the_worst(results, expected):
    assert worst(results) == expected


@pytest.mark.parametrize(
    ("kind", "answer", "fits"),
    [
        ("yes_no", True, True),
        ("yes_no", "yes", False),
        ("number", 30, True),
        ("number", True, False),
        ("number", -1, False),
        ("amount", "1000.50", True),
        ("amount", "much", False),
        ("amount", "NaN", False),
        ("choice", "lunch", True),
        ("choice", "tea", False),
        ("yes_no", None, True),
    ],
)
def test_a_question_is_answered_in_its_own_way(kind, answer, fits):
    ask = Ask(kind=kind, question="Well?", options={"lunch": "Lunch"})

    assert (objection_to_statement(ask, answer) is None) is fits


def test_what_no_rule_asks_is_not_stated():
    assert objection_to_statement(None, True).code == "not_asked"


@pytest.mark.parametrize(
    ("result", "final", "days", "standing", "code"),
    [
        ("block", False, 30, None, None),
        ("block", False, 0, None, None),
        ("block", False, 366, None, None),
        ("warn", False, 30, None, "nothing_to_except"),
        ("block", True, 30, None, "rule_is_final"),
        ("block", False, -1, None, EXPIRY_WRONG.code),
        ("block", False, 367, None, EXPIRY_WRONG.code),
        ("block", False, 30, 10, "excepted_already"),
        ("block", False, 30, -1, None),
    ],
    ids=[
        *("a month", "today", "a year", "no block", "prohibition", "past", "too long"),
        *("there is one", "one that ran out"),
    ],
)
def test_an_exception_is_from_a_block_for_a_time(result, final, days, standing, code):
    there = Override(expires_on=TODAY + timedelta(days=standing), **HERE) if standing else None

    objection = objection_to_overriding(finding(result), rule(final=final), there, today=TODAY)
    objection = objection or objection_to_expiry(TODAY + timedelta(days=days), today=TODAY)

    assert (objection and objection.code) == code


def own(state, **facts):
    return OwnPack(
        state=state, sha256="s", effective_from=TODAY, proposed_by_id=ANNA, **HERE, **facts
    )


@pytest.mark.parametrize(
    ("pack", "problems", "seen", "code"),
    [
        (own("draft"), [], "s", None),
        (own("draft"), [], "older", VERSION_CHANGED.code),
        (own("draft"), ["R-1: no case"], "s", "pack_unfit"),
        (own("published"), [], "s", "not_a_draft"),
    ],
)
def test_a_sound_draft_is_proposed(pack, problems, seen, code):
    objection = objection_to_proposing(pack, problems, today=TODAY, seen_sha256=seen)

    assert (objection and objection.code) == code


def test_no_version_begins_in_the_past():
    late = TODAY + timedelta(days=1)

    assert objection_to_proposing(own("draft"), [], today=late, seen_sha256="s") == BEGINS_IN_PAST
    assert (
        objection_to_publishing(own("proposed"), person_id=BELA, today=late, seen_sha256="s")
        == BEGINS_IN_PAST
    )


@pytest.mark.parametrize(
    ("state", "person", "seen", "objection"),
    [
        ("proposed", BELA, "s", None),
        ("proposed", ANNA, "s", SAME_PERSON),
        ("proposed", None, "s", NEEDS_PERSON),
        ("proposed", BELA, "older", VERSION_CHANGED),
        ("draft", BELA, "s", NOT_PROPOSED),
    ],
    ids=["a second person", "the same person", "nobody", "another text", "nothing proposed"],
)
def test_two_people_publish_the_text_both_have_read(state, person, seen, objection):
    found = objection_to_publishing(own(state), person_id=person, today=TODAY, seen_sha256=seen)

    assert found == objection
