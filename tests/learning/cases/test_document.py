"""What keeps a case from being published, and how one walks through it. No database."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from symposia.learning.cases.document import PatientValue, as_kept, document_of, sha256_of
from symposia.learning.cases.editing import (
    blank,
    changed_steps,
    new_code,
    with_new_steps,
    with_step,
    with_step_at,
    with_values,
    without_step,
)
from symposia.learning.cases.files import case_as_file, read_case_file
from symposia.learning.cases.problems import problems_of
from symposia.learning.cases.trying import tried, way_in, way_of
from symposia.learning.cases.walking import Taken, changed, explored, filled, percent_of, walked
from tests.factories.cases import document, option


def codes(made):
    return [each.why.code for each in problems_of(made)]


def decided(*choices):
    return [Taken(step, choice, True) for step, choice in choices]


def test_a_whole_case_has_nothing_to_mend():
    assert problems_of(document()) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"s1": {"title": ""}}, "case_step_title"),
        ({"s2": {"title": "in the Ward"}}, "case_step_title"),
        ({"s2": {"text": " "}}, "case_step_text"),
        ({"s2": {"text": "{Heart rate}"}}, "case_unknown_name"),
        ({"s2": {"options": []}}, "case_leads_nowhere"),
        ({"s2": {"options": [option("o1", "e1"), option("o2", "")]}}, "case_option_nowhere"),
        ({"s2": {"options": [option("o1", "e1"), option("o2", "gone")]}}, "case_option_nowhere"),
        ({"s2": {"options": [option("o1", "e1", label="")]}}, "case_option_label"),
        ({"s2": {"options": [option("o1", "e1", rationale="")]}}, "case_option_reason"),
        ({"s2": {"options": [option("o1", "e1", source="")]}}, "case_option_source"),
        ({"s2": {"options": [option("o1", "e1"), option("o1", "e2")]}}, "case_code_twice"),
        ({"s2": {"findings": [{"code": "f1", "label": "Gas"}]}}, "case_finding_words"),
        ({"e1": {"options": [option("o1", "e2")]}}, "case_ends_and_goes_on"),
        ({"s2": {"options": [option("o1", "e2")]}}, "case_unreached"),
        ({"s2": {"options": [option("o1", "e1"), option("o2", "s1")]}}, "case_circle"),
        (
            {"s2": {"options": [option("o1", "e1", effects=[{"value": "v9", "does": "1"}])]}},
            "case_unknown_value",
        ),
        (
            {"s2": {"options": [option("o1", "e1", effects=[{"value": "v2", "does": "+1"}])]}},
            "case_not_a_number",
        ),
        (
            {
                "s2": {
                    "options": [
                        option("o1", "e2"),
                        option(
                            "o2",
                            "e2",
                            turns=[{"value": "v2", "compare": "below", "than": "3", "to": "e1"}],
                        ),
                    ]
                }
            },
            "case_not_a_number",
        ),
    ],
)
def test_what_is_to_be_mended_is_said(changed, code):
    assert code in codes(document(**changed))


def test_a_step_that_the_patient_never_gets_to_is_found():
    never = [{"value": "v1", "compare": "above", "than": "9", "to": "e1"}]
    made = document(s2={"options": [option("o1", "e2", turns=never)]})

    assert codes(made) == ["case_unseen"]


def test_the_time_that_asking_takes_is_the_learners_so_both_ways_are_open():
    late = [{"value": "minutes", "compare": "above", "than": "500", "to": "e1"}]

    assert problems_of(document(s2={"options": [option("o1", "e2", turns=late)]})) == []


def test_a_case_without_steps_or_with_an_empty_one_says_so():
    assert codes(replace(blank(), steps=())) == ["case_empty"]
    assert codes(blank()) == ["case_step_title", "case_step_text", "case_leads_nowhere"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (PatientValue("v1", "Lactate", start=""), "case_value_start"),
        (PatientValue("v1", "", start="4"), "case_value_name"),
        (PatientValue("v1", "Lactate", start="4", low="low"), "case_value_usual"),
    ],
)
def test_a_value_has_a_name_and_a_beginning(value, code):
    made = document()
    assert code in codes(replace(made, values=(value, made.values[1])))


@pytest.mark.parametrize(
    ("was", "does", "is_now"),
    [
        ("4.2", "-2", "2.2"),
        ("120", "+15", "135"),
        ("120", "90", "90"),
        ("-2", "=-4", "-4"),
        ("drowsy", "awake", "awake"),
        ("100", "+0.50", "100.5"),
        ("drowsy", "+1", "+1"),
    ],
)
def test_an_effect_changes_a_value(was, does, is_now):
    assert changed(was, does) == is_now


def test_a_condition_on_the_patient_decides_where_an_option_leads():
    good = walked(document(), decided(("s1", "o1"), ("s2", "o1"))).here
    bad = walked(document(), decided(("s1", "o2"), ("s2", "o1"))).here

    assert (good.step.code, good.patient.points, good.patient.values["v2"]) == ("e1", 10, "awake")
    assert (bad.step.code, bad.patient.points, bad.patient.minutes) == ("e2", 3, 60)


def test_asking_costs_and_shows_the_patient_as_they_are():
    walk = walked(document(), [Taken("s1", "f1", False)])

    assert (walk.here.patient.points, walk.here.patient.minutes) == (-1, 5)
    shows = walk.here.asked[0].shows
    assert filled(shows, document(), walk.here.patient) == "Lactate is 4.2 mmol/L."


def test_what_was_done_elsewhere_or_does_not_exist_is_passed_over():
    stray = [Taken("s2", "o1", True), Taken("s1", "f9", False), Taken("s1", "o9", True)]

    assert walked(document(), stray).here.step.code == "s1"


def test_the_most_is_what_a_way_can_really_earn():
    assert explored(document()).best == 10
    assert [percent_of(points, 10) for points in (10, 3, -4, 12)] == [100, 30, 0, 100]
    assert percent_of(0, 0) == 100


def test_a_way_is_an_address():
    way = [Taken("s1", "f1", False), Taken("s1", "o1", True)]

    assert way_in(way_of(way)) == way
    assert way_in("x-s1.d-s1-o1-more.nothing") == []
    assert tried(document(), [*way, *way]).here.step.code == "s2"
    assert tried(replace(blank(), steps=()), way) is None


def test_editing_keeps_the_rest():
    made = document()
    s1 = made.step("s1")
    grown = with_new_steps(made, s1, ["A new one", ""])

    assert grown.step("s3").title == "A new one"
    assert grown.step("s1").option("o1").to == "s3"
    assert changed_steps(made, grown) == ["In the ward", "A new one"]
    less = without_step(made, "e1")
    assert less.step("s2").option("o1").turns == ()
    assert with_step_at(made, "s2", 1).start.code == "s2"
    assert with_step_at(made, "s9", 1) == made
    assert with_step(made, replace(s1, title="Other")).step("s1").title == "Other"
    bare = with_values(made, made.values[1:])
    assert bare.step("s1").option("o1").effect_on("v1") == ""
    assert bare.step("s2").option("o1").turns == ()
    assert new_code("s", ["s1", "s7", "e2"]) == "s8"


def test_codes_that_a_file_brought_are_not_counted_on():
    document_of({"steps": [{"code": new_code("s", ["202511270001", "s3", "s12345678901"])}]})

    assert new_code("s", ["202511270001", "as8", "s3"]) == "s4"
    assert new_code("s", ["s999999999", "s1000000000"]) == "s1000000001"


def test_a_file_comes_back_as_it_went():
    made = document()

    again = read_case_file(case_as_file(made))

    assert sha256_of(again) == sha256_of(made)
    assert document_of(as_kept(made)) == made


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"kind": "other"}', b'{"steps": [{"code": "A!"}]}', b"[" * 9999]
)
def test_what_is_no_case_is_refused(content):
    with pytest.raises(ValidationError):
        read_case_file(content)
