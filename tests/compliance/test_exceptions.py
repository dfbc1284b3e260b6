"""An exception holds for the facts and values it was given for, and for no others."""

from datetime import date, timedelta

import pytest

from symposia.audit.models import Entry
from symposia.compliance.actions.evaluating import evaluate_again, evaluate_subject
from symposia.compliance.actions.own_values import set_own_parameter
from symposia.compliance.actions.values import grant_override
from symposia.compliance.facts import Subject
from symposia.compliance.inputs import said_of_change
from symposia.compliance.models import Override, RulePack
from symposia.compliance.queries import findings_of, pack_of
from symposia.compliance.queries.evaluations import preview_of
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from tests.factories.accounts import day_here

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 12)
FACTS = {"mode": "scientific", "expected_attendance": 40}


def most_people(value, on=date(2020, 1, 1)):
    pack = pack_of(RulePack.objects.get(code="organisation-policy", version="2026.3"))
    return set_own_parameter(
        pack, "most_people", value=value, effective_from=on, reason="Policy 7", by=SYSTEM
    )


@pytest.fixture
def subject(organisation):
    most_people("30")
    return Subject("meeting", uuid7(), DAY, "A meeting")


@pytest.fixture
def excepted(subject):
    """A meeting of forty where thirty are allowed, and the exception for it."""
    evaluation = evaluate_subject(subject, facts=FACTS, by=SYSTEM)
    blocks = next(f for f in findings_of(evaluation) if f.holds_back)
    grant_override(
        blocks, reason="A congress", expires_on=day_here() + timedelta(days=30), by=SYSTEM
    )
    return subject


def looked(subject, **changed):
    evaluation = evaluate_again(subject, facts=FACTS | changed, by=SYSTEM)
    return next(f for f in findings_of(evaluation) if f.rule == "OP-11")


@pytest.mark.parametrize(
    ("changed", "result", "holds_back", "is_ended"),
    [
        ({}, "block", False, False),
        ({"city": "Pune"}, "block", False, False),
        ({"expected_attendance": 41}, "block", True, True),
        ({"expected_attendance": 39}, "block", True, True),
        ({"expected_attendance": 30}, "pass", False, False),
    ],
    ids=["the same", "a fact the rule does not read", "more", "fewer", "it blocks no longer"],
)
def test_an_exception_counts_only_for_the_facts_it_was_given_for(
    excepted, changed, result, holds_back, is_ended
):
    found = looked(excepted, **changed)

    assert (found.result, found.holds_back) == (result, holds_back)
    assert (Override.objects.get().ended_at is not None) is is_ended


def test_it_ends_visibly_with_what_changed_in_words(excepted):
    looked(excepted, expected_attendance=41)

    ended = Override.objects.get()
    assert ended.ended_reason == (
        "It was given for other facts: expected attendance was 40 and is 41."
    )
    assert Entry.objects.get(action="rules.exception_voided").subject_id == ended.pk


def test_facts_that_come_back_do_not_bring_a_voided_exception_back(excepted):
    looked(excepted, expected_attendance=41)

    assert looked(excepted).holds_back


def test_facts_that_come_back_after_the_rule_was_content_still_have_theirs(excepted):
    looked(excepted, expected_attendance=30)

    assert not looked(excepted).holds_back


def test_another_value_of_the_rule_voids_it_as_another_fact_does(excepted):
    most_people("35", on=date(2026, 1, 1))

    assert looked(excepted).holds_back
    assert "most people was 30 and is 35" in Override.objects.get().ended_reason


def test_a_preview_with_other_facts_says_no_and_keeps_nothing(excepted):
    preview = preview_of(excepted, FACTS | {"expected_attendance": 41}, day_here())

    assert any(f.holds_back for f in preview.findings)
    assert Override.objects.get().ended_at is None


def test_one_from_before_facts_were_kept_is_asked_for_again(excepted):
    Override.objects.update(inputs={}, inputs_hash="")

    assert looked(excepted).holds_back
    assert "before exceptions kept the facts" in Override.objects.get().ended_reason


@pytest.mark.parametrize(
    ("was", "is_now", "said"),
    [
        (None, True, "gifts was not known and is yes"),
        (True, False, "gifts was yes and is no"),
        ([], ["Asha Rao"], "gifts was nobody and is Asha Rao"),
    ],
    ids=["known now", "the other way", "a list"],
)
def test_facts_are_said_as_people_say_them(organisation, was, is_now, said):
    words = said_of_change({"facts": {"gifts": was}}, {"facts": {"gifts": is_now}})

    assert said in words
