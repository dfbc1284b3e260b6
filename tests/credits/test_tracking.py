"""The arithmetic of requirements: pure, by a table per kind of rule, and what is shipped."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.credits.shipped_packs import shipped_packs
from symposia.credits.tracking import (
    Asked,
    Cycle,
    Earned,
    TopicRule,
    asked_of,
    due_reminder,
    ends_of,
    progress_of,
    since_of,
    standing_of,
)

CYCLE = Cycle(date(2026, 1, 1), date(2027, 12, 31))


def asked(hours=40, core=None, topics=()):
    core_hours = None if core is None else Decimal(core)
    return Asked(24, Decimal(hours), core_hours, frozenset({"ama_pra_1"}), tuple(topics))


def topic(hours=None, *, share=None, every="cycle"):
    return TopicRule("opioid", None if hours is None else Decimal(hours), share, every, "")


def earned(amount, on=date(2026, 6, 1), system="ama_pra_1", opioid=None):
    subjects = {"opioid": Decimal(opioid)} if opioid else {}
    return Earned(on, system, Decimal(amount), subjects)


def left(rule, *held, **more):
    return {n.subject: n.left for n in progress_of(rule, CYCLE, held, **more).needs}


def test_hours_of_the_cycle_count_and_no_others():
    before, after = earned(5, date(2025, 12, 31)), earned(5, date(2028, 1, 1))
    first, last = earned(6, date(2026, 1, 1)), earned(7, date(2027, 12, 31))

    assert left(asked(40), before, first, last, after) == {"": Decimal(27)}


def test_what_must_be_of_certain_systems_counts_apart():
    rule = asked(40, core=20)

    assert left(rule, earned(12), earned(30, system="aoa_1b")) == {"": 0, "core": Decimal(8)}


@pytest.mark.parametrize(
    ("rule", "held", "missing"),
    [
        (topic(3), (earned(10, opioid="1.5"),), "1.5"),
        # No more of a credit is about a subject than it is worth.
        (topic(3), (earned(1, opioid="5"),), "2"),
        (topic(share=20), (earned(10, opioid="2"),), "3"),
        # Each year of a cycle of two.
        (topic(1, every="year"), (earned(1, opioid="1"),), "1"),
        # Once counts whenever it was, every 72 months also before the cycle.
        (topic(2, every="once"), (earned(2, date(2011, 5, 1), opioid="2"),), "0"),
        (topic(2, every="72mo"), (earned(2, date(2022, 1, 1), opioid="2"),), "0"),
        (topic(2, every="72mo"), (earned(2, date(2021, 12, 31), opioid="2"),), "2"),
        (topic(2, every="cycle"), (earned(2, date(2025, 12, 31), opioid="2"),), "2"),
        # Without hours it is one course of any length.
        (topic(), (earned("0.25", opioid="0.25"),), "0"),
        (topic(), (), "1"),
    ],
)
def test_a_subject_counts_by_its_own_rule(rule, held, missing):
    assert left(asked(25, topics=[rule]), *held)["opioid"] == Decimal(missing)


def test_what_does_not_apply_is_left_out():
    assert left(asked(40, topics=[topic(3)]), left_out=["opioid"]) == {"": Decimal(40)}


def test_a_rule_without_hours_asks_for_none():
    progress = progress_of(asked(0), CYCLE, ())
    assert progress.needs == ()
    assert progress.is_done


@pytest.mark.parametrize(
    ("done", "today", "standing"),
    [
        (True, date(2028, 5, 1), "done"),
        (False, date(2028, 1, 1), "over"),
        (False, date(2027, 12, 31), "at_risk"),
        (False, date(2027, 10, 2), "at_risk"),
        (False, date(2027, 10, 1), "on_the_way"),
    ],
)
def test_where_somebody_stands(done, today, standing):
    assert standing_of(is_done=done, ends_on=CYCLE.ends_on, today=today) == standing


@pytest.mark.parametrize(
    ("today", "told", "due"),
    [
        (date(2027, 7, 3), (), None),  # 181 days left
        (date(2027, 7, 4), (), 180),
        (date(2027, 7, 5), (180,), None),
        (date(2027, 10, 2), (180,), 90),
        (date(2027, 12, 1), (180, 90), 30),
        (date(2027, 12, 24), (180, 90, 30), 7),
        (date(2027, 12, 24), (), 7),
        (date(2027, 12, 31), (7,), None),
        (date(2028, 1, 1), (), None),
    ],
)
def test_somebody_is_reminded_four_times_and_never_twice_of_one(today, told, due):
    assert due_reminder(CYCLE.ends_on, told, today) == due


@pytest.mark.parametrize(
    ("starts", "months", "ends"),
    [
        (date(2026, 1, 1), 24, date(2027, 12, 31)),
        (date(2026, 3, 15), 12, date(2027, 3, 14)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
    ],
)
def test_a_cycle_ends_the_day_before_it_begins_again(starts, months, ends):
    assert ends_of(starts, months) == ends


def test_a_stretch_before_the_end_of_a_cycle_includes_whole_months():
    assert since_of("24mo", CYCLE, 24) == CYCLE.starts_on
    assert since_of("every3rd", CYCLE, 24) == date(2022, 1, 1)


@given(st.lists(st.tuples(st.integers(0, 800), st.integers(1, 40)), max_size=8))
def test_what_is_held_and_left_is_what_an_oracle_counts(pairs):
    held = [earned(n, date.fromordinal(CYCLE.starts_on.toordinal() + d)) for d, n in pairs]
    need = progress_of(asked(40), CYCLE, held).needs[0]

    days = (CYCLE.ends_on - CYCLE.starts_on).days
    assert need.held == sum(n for d, n in pairs if d <= days)
    assert need.left == max(40 - need.held, 0)
    assert need.is_met == (need.held >= 40)


def test_67_boards_are_shipped_and_each_can_be_worked_out():
    boards = [pack for pack in shipped_packs() if pack["kind"] == "board"]
    assert len(boards) == 67
    for pack in shipped_packs():
        core = pack["core_hours"]
        facts = SimpleNamespace(
            **pack | {"hours": Decimal(pack["hours"]), "core_hours": core and Decimal(core)}
        )
        progress = progress_of(asked_of(facts), CYCLE, ())
        assert pack["citation"]
        assert pack["cycle_months"] > 0
        assert progress.is_done == (not progress.needs)


def test_what_a_board_says_is_what_was_transcribed():
    alabama = next(pack for pack in shipped_packs() if pack["code"] == "us_al")
    assert (alabama["hours"], alabama["cycle_months"], alabama["core_hours"]) == ("25", 12, "25")
    first = alabama["topics"][0]
    assert (first["topic"], first["hours"], first["every"]) == (
        "controlled_substances",
        "2",
        "24mo",
    )
    assert "Federation of State Medical Boards" in alabama["citation"]
