"""What documents say: passed, completed, not passed, and what is no value of the standard."""

import pytest

from symposia.learning.scorm.outcomes import better, outcome_of, outcome_of_all, seconds_of
from symposia.learning.scorm.resuming import begins_with

ITEM = {
    "id": "a",
    "href": "a.html",
    "is_sco": True,
    "mastery": None,
    "threshold": None,
    "launch_data": "ld",
    "max_time": "",
    "time_limit_action": "",
}


def old(status, raw="", **more):
    return {"core": {"lesson_status": status, "score": {"raw": raw}, **more}}


@pytest.mark.parametrize(
    ("cmi", "mastery", "completion", "score"),
    [
        (old("not attempted"), None, "open", None),
        (old("incomplete", "90"), 80, "open", 0.9),
        (old("browsed"), None, "open", None),
        (old("completed"), None, "completed", None),
        (old("passed", "70"), None, "passed", 0.7),
        (old("failed", "20"), None, "failed", 0.2),
        (old("passed", "70"), 80, "failed", 0.7),
        (old("completed", "80"), 80, "passed", 0.8),
        (old("completed"), 80, "completed", None),
        (old("passed", "101"), None, "passed", None),
        (old("passed", "nan"), None, "passed", None),
        (old("passed", "-5"), None, "passed", None),
        (old("passed", "1e400"), None, "passed", None),
        (old("PASSED"), None, "open", None),
        (old(["passed"]), None, "open", None),
        ({"core": "passed"}, None, "open", None),
        ({}, None, "open", None),
    ],
)
def test_of_1_2(cmi, mastery, completion, score):
    said = outcome_of("1.2", ITEM | {"mastery": mastery}, cmi)

    assert (said.completion, said.score) == (completion, score)


def new(completion="unknown", success="unknown", scaled="", **more):
    said = {"completion_status": completion, "success_status": success}
    return said | {"score": {"scaled": scaled}} | more


@pytest.mark.parametrize(
    ("cmi", "more", "completion", "score"),
    [
        (new(), {}, "open", None),
        (new("incomplete", "failed"), {}, "open", None),
        (new("completed"), {}, "completed", None),
        (new("completed", "passed", "0.9"), {}, "passed", 0.9),
        (new("unknown", "passed"), {}, "passed", None),
        (new("completed", "failed", "0.1"), {}, "failed", 0.1),
        (new("completed", "passed", "0.7"), {"mastery": 0.8}, "failed", 0.7),
        (new("completed", "failed", "0.8"), {"mastery": 0.8}, "passed", 0.8),
        (new("completed", progress_measure="0.4"), {"threshold": 0.5}, "open", None),
        (new("incomplete", progress_measure="0.5"), {"threshold": 0.5}, "completed", None),
        (new("completed", "passed", "1.1"), {}, "passed", None),
        (new("completed", "passed", "inf"), {}, "passed", None),
        (new({"a": 1}, [1]), {}, "open", None),
    ],
)
def test_of_2004(cmi, more, completion, score):
    said = outcome_of("2004", ITEM | more, cmi)

    assert (said.completion, said.score) == (completion, score)


def test_what_is_no_sco_is_done_once_it_is_opened():
    assert outcome_of("1.2", ITEM | {"is_sco": False}, {}).completion == "completed"


@pytest.mark.parametrize(
    ("was", "now", "stays"),
    [
        ("open", "failed", "failed"),
        ("failed", "open", "open"),
        ("failed", "passed", "passed"),
        ("passed", "failed", "passed"),
        ("passed", "open", "passed"),
        ("passed", "completed", "passed"),
        ("completed", "open", "completed"),
        ("completed", "passed", "passed"),
    ],
)
def test_nothing_is_taken_back(was, now, stays):
    assert better(was, now) == stays


@pytest.mark.parametrize(
    ("said", "whole", "score"),
    [
        ({}, "open", None),
        ({"a": ("passed", 1.0)}, "open", 1.0),
        ({"a": ("passed", 1.0), "b": ("completed", None)}, "passed", 1.0),
        ({"a": ("completed", None), "b": ("completed", None)}, "completed", None),
        ({"a": ("passed", 0.9), "b": ("failed", 0.1)}, "failed", 0.5),
        ({"a": ("failed", 0.1)}, "open", 0.1),
    ],
)
def test_an_attempt_is_done_once_each_part_is(said, whole, score):
    states = {
        name: {"completion": completion, "score": number, "seconds": 60}
        for name, (completion, number) in said.items()
    }

    found = outcome_of_all([{"id": "a"}, {"id": "b"}], states)

    assert (found.completion, found.score, found.seconds) == (whole, score, 60 * len(said))


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("00:01:30", 90),
        ("0100:00:00.50", 360_000),
        ("PT1M30S", 90),
        ("P1DT1H", 90_000),
        ("PT0.5S", 0),
        ("", 0),
        (None, 0),
        ("soon", 0),
        ("P", 0),
        ("PT999999999S", 3_600_000),
        ("9" * 5000, 0),
    ],
)
def test_times_of_both_standards(said, seconds):
    assert seconds_of(said) == seconds


@pytest.mark.parametrize(
    ("state", "entry"),
    [
        ({}, "ab-initio"),
        ({"cmi": old("incomplete"), "is_suspended": True}, "resume"),
        ({"cmi": old("completed"), "is_suspended": False}, ""),
    ],
)
def test_a_sitting_begins_where_the_last_one_ended(state, entry):
    begun = begins_with("1.2", ITEM, state, ("7", "Dr A"))

    assert begun["core"]["entry"] == entry
    assert (begun["core"]["student_id"], begun["core"]["student_name"]) == ("7", "Dr A")
    assert "session_time" not in begun["core"]


def test_everything_else_of_it_is_as_it_was_left():
    cmi = new("incomplete", suspend_data="a=1", location="p3", session_time="PT5M", exit="suspend")

    begun = begins_with("2004", ITEM, {"cmi": cmi, "is_suspended": True}, ("7", "Dr A"))

    assert begun["suspend_data"] == "a=1"
    assert begun["location"] == "p3"
    assert "session_time" not in begun
    assert begun["exit"] == ""
    assert cmi["session_time"] == "PT5M"
