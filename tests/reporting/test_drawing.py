"""A sample drawn by type and year from a seed, and what criteria and clocks say as data."""

import uuid
from datetime import date

import pytest

from symposia.reporting.binder_rules import (
    BINDER_TITLE,
    HOLD_LIFTED,
    HOLD_SUBJECT,
    HOLD_THERE,
    HOLD_WHY,
    IS_HELD,
    IS_KEPT,
    TOO_LARGE_A_SAMPLE,
    YEARS_TURNED,
    objection_to_drawing,
    objection_to_hold,
    objection_to_lifting_hold,
    objection_to_removing,
)
from symposia.reporting.binding import BODIES
from symposia.reporting.criteria import PROGRAMME, criteria, criteria_for
from symposia.reporting.drawing import Candidate, DrawRule, drawn, fingerprint
from symposia.reporting.evidence import KINDS, OF_PROGRAMME
from symposia.reporting.models import LegalHold
from symposia.reporting.retention import TITLES, clock_for, clocks

POOL = [
    Candidate(uuid.uuid4(), f"ACT-{year}-{number:04d}", kind, year)
    for year in (2025, 2026)
    for kind, count in (("course", 20), ("webinar", 3), ("grand_rounds", 1))
    for number in range(
        {"course": 0, "webinar": 100, "grand_rounds": 200}[kind] + 1,
        {"course": 0, "webinar": 100, "grand_rounds": 200}[kind] + count + 1,
    )
]
TODAY = date(2026, 11, 27)


def test_the_same_seed_draws_the_same_whoever_draws_in_whatever_order():
    first = drawn(POOL, "7f3a", 15)

    assert drawn(POOL[::-1], "7f3a", 15) == first
    assert drawn(POOL, "another", 15) != first
    assert len({each.number for each in first}) == 15


def test_no_type_and_year_is_left_out_while_another_comes_twice():
    found = drawn(POOL, "7f3a", 6)

    assert len({(each.type, each.year) for each in found}) == 6


def test_a_sample_is_never_larger_than_what_there_is():
    assert len(drawn(POOL[:4], "x", 15)) == 4


def test_what_was_drawn_from_is_known_by_its_hash():
    assert fingerprint(POOL) == fingerprint(POOL[::-1])
    assert fingerprint(POOL) != fingerprint(POOL[1:])


@pytest.mark.parametrize(
    ("title", "rule", "objection"),
    [
        (" ", DrawRule(2025, 2026), BINDER_TITLE),
        ("Review", DrawRule(2026, 2025), YEARS_TURNED),
        ("Review", DrawRule(2025, 2026, size=61), TOO_LARGE_A_SAMPLE),
        ("Review", DrawRule(2025, 2026), None),
    ],
    ids=["no title", "turned round", "too many", "right"],
)
def test_a_draw_says_what_for_from_when_and_how_many(title, rule, objection):
    assert objection_to_drawing(title, rule) == objection


def test_every_criterion_names_evidence_that_can_be_read_and_its_source():
    for each in criteria():
        known = OF_PROGRAMME if each.scope == PROGRAMME else KINDS
        assert set(each.evidence) <= set(known), each.key
        assert each.evidence
        assert each.citation
        assert each.confidence in {"sourced", "to verify"}
        assert each.body in BODIES
    assert len({each.key for each in criteria()}) == len(criteria())


def test_criteria_follow_what_is_offered_and_where():
    physicians = {each.key for each in criteria_for("US", ["ama_pra_1"], TODAY)}
    pharmacists = {each.key for each in criteria_for("US", ["acpe_knowledge"], TODAY)}
    council = {each.key for each in criteria_for("IN", ["in_maharashtra"], TODAY)}

    assert {"educational_needs", "sii_3", "ama_designation"} <= physicians
    assert {"sii_3", "acpe_uan"} <= pharmacists
    assert "educational_needs" not in pharmacists
    assert council == {"council_approval", "council_observer"}
    assert {each.key for each in criteria_for("US", ["ama_pra_1"], TODAY, PROGRAMME)} == {
        "mission",
        "program_analysis",
        "program_improvements",
    }


def test_criteria_of_before_their_day_do_not_hold():
    assert not criteria_for("US", ["ama_pra_1"], date(2019, 1, 1))


def test_learner_records_are_kept_six_years_from_the_end():
    clock = clock_for("external credit", TODAY)

    assert clock.until(date(2026, 3, 12)) == date(2032, 3, 12)
    assert not clock.is_to_verify
    assert clock_for("nobody knows", TODAY) is None
    assert {each.kind for each in clocks()} == set(TITLES)


HERE = uuid.uuid4()
HELD = LegalHold(organisation_id=HERE, number="HLD-2026-0001", because="A complaint")


@pytest.mark.parametrize(
    ("hold", "until", "objection"),
    [
        (HELD, None, IS_HELD),
        (HELD, date(2020, 1, 1), IS_HELD),
        (None, TODAY, IS_KEPT),
        (None, date(2026, 11, 26), None),
        (None, None, None),
    ],
    ids=["held", "held though run out", "last day", "run out", "no clock"],
)
def test_what_is_held_or_within_its_clock_stays(hold, until, objection):
    found = objection_to_removing(hold, until, "Records", "Rule 1", today=TODAY)

    assert found == objection
    if hold:
        assert "HLD-2026-0001" in str(found)


@pytest.mark.parametrize(
    ("because", "standing", "subjects", "objection"),
    [
        ("", None, 1, HOLD_WHY),
        ("A complaint", None, 2, HOLD_SUBJECT),
        ("A complaint", HELD, 1, HOLD_THERE),
        ("A complaint", None, 0, None),
    ],
    ids=["why", "two subjects", "there", "everything"],
)
def test_a_hold_says_why_and_stands_once_over_one_subject(because, standing, subjects, objection):
    assert objection_to_hold(because, standing, subjects=subjects) == objection


def test_a_hold_is_lifted_once_and_for_a_reason():
    lifted = LegalHold(organisation_id=HERE, lifted_because="Settled", lifted_at=TODAY)

    assert objection_to_lifting_hold(HELD, reason=" ") == HOLD_WHY
    assert objection_to_lifting_hold(lifted, reason="Again") == HOLD_LIFTED
    assert objection_to_lifting_hold(HELD, reason="Settled") is None
