"""Of two records of one person, what each field of one's own says is chosen, and put back."""

from dataclasses import replace

import pytest

from symposia.audit.verification import verify_journal
from symposia.directory.actions.changes import decide_change
from symposia.directory.actions.merging import merge_clinicians, undo_merge
from symposia.directory.actions.own_fields import change_own_field, retire_own_field
from symposia.directory.actions.own_values import say_own
from symposia.directory.duplicates.own_facts import own_lines_of, own_pairs
from symposia.directory.models import ChangeRequest, OwnValue
from symposia.directory.policies.own import facts_of
from symposia.shared.actors import SYSTEM
from tests.directory.test_own_fields import access, added
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def two(organisation):
    return [ClinicianFactory(full_name=name, npi=False) for name in ("Asha Rao", "A. Rao")]


def said(clinician):
    return {row.field.label: row.said for row in OwnValue.objects.about(clinician)}


def actor(organisation):
    return member(organisation, "coordinator").actor()


def both_say(two, field, *values):
    for one, value in zip(two, values, strict=True):
        if value is not None:
            say_own(one, {field: value}, by=SYSTEM)


def test_the_chosen_value_holds_and_goes_back(organisation, two):
    gate, diet = added("Gate"), added("Diet")
    both_say(two, gate, "Gate 3", "Gate 5")
    both_say(two, diet, "Vegan", "Halal")
    before = [said(one) for one in two]

    merge = merge_clinicians(*two, take_own=[gate], by=SYSTEM)

    assert said(two[0]) == {"Gate": "Gate 5", "Diet": "Vegan"}
    [(label, line)] = own_lines_of(access(organisation), merge)
    assert (label, line.was, line.now) == ("Gate", "Gate 3", "Gate 5")
    undo_merge(merge, reason="Sisters", by=SYSTEM)
    assert [said(one) for one in two] == before
    assert not merge.lines.filter(column="said").exclude(fate="put_back").exists()
    assert verify_journal().faults == []


def test_what_one_record_says_alone_is_said_of_the_person(organisation, two):
    gate = added("Gate")
    both_say(two, gate, None, "Gate 5")

    [pair] = own_pairs(access(organisation), *two)
    assert (pair.mine, pair.theirs, pair.is_open) == (None, "Gate 5", False)
    merge = merge_clinicians(*two, by=SYSTEM)
    assert said(two[0]) == {"Gate": "Gate 5"}

    undo_merge(merge, by=SYSTEM)
    assert (said(two[0]), said(two[1])) == ({}, {"Gate": "Gate 5"})


def test_what_somebody_said_since_and_what_no_field_can_say_is_left(organisation, two):
    gate, diet = added("Gate"), added("Diet")
    both_say(two, gate, "Gate 3", "Gate 5")
    both_say(two, diet, "Vegan", "Halal")
    merge = merge_clinicians(*two, take_own=[gate, diet], by=SYSTEM)
    say_own(two[0], {gate: "Gate 9"}, by=SYSTEM)
    retire_own_field(diet, by=SYSTEM)

    undo_merge(merge, by=SYSTEM)

    assert said(two[0]) == {"Gate": "Gate 9", "Diet": "Halal"}
    assert set(merge.lines.filter(column="said").values_list("fate", flat=True)) == {"left"}


@pytest.mark.parametrize("keeps_the_older", [True, False])
def test_what_two_people_change_says_what_the_older_record_said(organisation, two, keeps_the_older):
    gate = added("Gate", by_two=True)
    both_say(two, gate, "Gate 3", "Gate 5")
    kept, merged = two if keeps_the_older else reversed(two)
    one, other = actor(organisation), actor(organisation)

    merge = merge_clinicians(kept, merged, take_own=[gate] if keeps_the_older else [], by=one)

    assert said(kept) == {"Gate": "Gate 3"}
    asked = ChangeRequest.objects.waiting().get(clinician=kept, own_field=gate)
    assert asked.now == "Gate 5"
    decide_change(asked, accepted=True, by=other)
    assert said(kept) == {"Gate": "Gate 5"}

    undo_merge(merge, by=one)
    assert said(merged) == {"Gate": "Gate 5" if keeps_the_older else "Gate 3"}


def test_undoing_asks_nobody_any_more(organisation, two):
    gate = added("Gate", by_two=True)
    both_say(two, gate, "Gate 3", "Gate 5")
    merge = merge_clinicians(*two, take_own=[gate], by=actor(organisation))

    undo_merge(merge, by=SYSTEM)

    assert ChangeRequest.objects.get().state == "withdrawn"
    assert said(two[0]) == {"Gate": "Gate 3"}


def test_a_field_that_few_see_is_shown_to_them_alone(organisation, two):
    gate = added("Gate")
    both_say(two, gate, "Gate 3", "Gate 5")
    few = replace(facts_of(gate), permission="manage_organisation")
    change_own_field(gate, few, by=SYSTEM)

    assert own_pairs(access(organisation), *two) == []
    assert len(own_pairs(access(organisation, "administrator"), *two)) == 1
