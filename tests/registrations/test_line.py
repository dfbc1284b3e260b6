"""The rule of the line, for every line there is: fair, complete, and no place given twice."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symposia.registrations.line import (
    ALL_TAKEN,
    KEPT_FOR_OTHERS,
    MODE_FULL,
    NOT_ENOUGH,
    SOMEBODY_BEFORE,
    Room,
    Wait,
    answers_of,
)

NURSES, GUESTS = uuid.UUID(int=1), uuid.UUID(int=2)


def wait(size=1, group=None, form=None):
    return Wait(
        uuid.uuid4(),
        tuple(uuid.uuid4() for _ in range(size)),
        {group: size} if group else {},
        {form: size} if form else {},
    )


def codes(waits, room, passes_over=False):
    answers = answers_of(waits, room, passes_over=passes_over)
    return [a.objection.code if a.objection else None for a in answers]


def test_the_first_in_the_line_gets_the_place_and_the_next_is_told_why_not():
    assert codes([wait(), wait()], Room(1)) == [None, ALL_TAKEN.code]


def test_nobody_passes_a_party_that_waits_for_more_than_is_free():
    answers = answers_of([wait(3), wait()], Room(2), passes_over=False)

    assert [a.objection.code for a in answers] == [NOT_ENOUGH.code, SOMEBODY_BEFORE.code]
    assert str(answers[0].objection) == (
        "Places free: 2. The party needs 3, and comes together or not at all."
    )


def test_whoever_fits_passes_where_the_terms_say_so():
    assert codes([wait(3), wait()], Room(2), passes_over=True) == [NOT_ENOUGH.code, None]


def test_places_kept_for_a_group_go_to_it_past_those_who_could_not_have_them():
    room = Room(0, {NURSES: 1})

    assert codes([wait(), wait(1, NURSES), wait(1, NURSES)], room) == [
        KEPT_FOR_OTHERS.code,
        None,
        ALL_TAKEN.code,
    ]


def test_a_group_takes_its_own_places_first_and_then_those_open_to_everybody():
    room = Room(1, {NURSES: 2})
    answers = answers_of([wait(3, NURSES)], room, passes_over=False)

    assert answers[0].drawn == {NURSES: 2}
    assert room.is_used_up


def test_a_party_of_a_group_holds_back_the_places_of_the_group_too():
    room = Room(0, {NURSES: 2})

    assert codes([wait(3, NURSES), wait(1, NURSES)], room) == [
        NOT_ENOUGH.code,
        SOMEBODY_BEFORE.code,
    ]


def test_a_full_room_holds_up_nobody_who_comes_online():
    room = Room(5, forms={"in_person": 0})

    assert codes([wait(1, form="in_person"), wait(1, form="online")], room) == [
        MODE_FULL.code,
        None,
    ]


def test_without_a_limit_everybody_has_a_place():
    assert codes([wait(40), wait()], Room(None)) == [None, None]


# A loaded machine is no reason to fail: the lines are small.
RULE = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WAITS = st.lists(
    st.builds(
        wait,
        st.integers(1, 4),
        st.sampled_from([None, None, NURSES, GUESTS]),
        st.sampled_from([None, "in_person", "online"]),
    ),
    max_size=12,
)
ROOMS = st.builds(
    lambda free, nurses, guests, here: (
        free,
        {NURSES: nurses, GUESTS: guests},
        {"in_person": here},
    ),
    st.integers(0, 10),
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(0, 10),
)


def a_room(facts):
    free, kept, forms = facts
    return Room(free, dict(kept), dict(forms))


@RULE
@given(WAITS, ROOMS, st.booleans())
def test_no_more_is_given_than_is_free_of_anything(waits, facts, passes_over):
    room = a_room(facts)
    answers = answers_of(waits, room, passes_over=passes_over)

    given_out = sum(a.wait.size for a in answers if a.objection is None)
    free, kept, _forms = facts
    left = room.free + sum(room.kept.values())
    assert given_out + left == free + sum(kept.values())
    assert min(room.free, *room.kept.values(), *room.forms.values()) >= 0


def test_whoever_lacks_two_things_holds_both_back():
    """A party lacks places; then somebody of a group takes the last seat but one of the room."""
    party, online = wait(2, form="in_person"), wait(form="online")
    nurse = Wait(uuid.uuid4(), (uuid.uuid4(),), {NURSES: 1}, {"in_person": 1})
    room = Room(1, {NURSES: 1}, {"in_person": 2})

    assert codes([party, online, nurse], room) == [NOT_ENOUGH.code, SOMEBODY_BEFORE.code, None]
    left = Room(room.free, room.kept, room.forms)
    assert codes([party, online], left) == [NOT_ENOUGH.code, SOMEBODY_BEFORE.code]


@RULE
@given(WAITS, ROOMS, st.booleans())
def test_the_same_line_asked_again_gives_nobody_a_place(waits, facts, passes_over):
    """What is settled stays so: the page that explains never promises what the action withholds."""
    room = a_room(facts)
    answers = answers_of(waits, room, passes_over=passes_over)
    left = [a.wait for a in answers if a.objection]
    again = answers_of(left, Room(room.free, room.kept, room.forms), passes_over=passes_over)

    assert all(a.objection for a in again)


@RULE
@given(WAITS, ROOMS)
def test_nobody_gets_what_somebody_alike_before_them_was_refused(waits, facts):
    answers = answers_of(waits, a_room(facts), passes_over=False)
    refused = set()
    for answer in answers:
        asked = (frozenset(answer.wait.of_groups), frozenset(answer.wait.by_form))
        if answer.objection:
            refused.add(asked)
        else:
            assert asked not in refused


@RULE
@given(WAITS, ROOMS, st.booleans())
def test_a_party_gets_its_places_together(waits, facts, passes_over):
    for answer in answers_of(waits, a_room(facts), passes_over=passes_over):
        assert sum(answer.drawn.values()) <= answer.wait.size


@pytest.mark.parametrize("passes_over", [True, False])
@RULE
@given(waits=WAITS, facts=ROOMS)
def test_more_places_never_take_one_from_whoever_is_first(waits, facts, passes_over):
    free, kept, forms = facts
    if not waits:
        return
    before = answers_of(waits, a_room(facts), passes_over=passes_over)[0]
    after = answers_of(waits, a_room((free + 1, kept, forms)), passes_over=passes_over)[0]

    assert before.objection or not after.objection
