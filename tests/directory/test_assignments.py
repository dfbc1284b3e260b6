"""Who holds a territory when: one at a time, handed on by the day, and who held a doctor."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from symposia.accounts.actions import end_membership, remove_grant
from symposia.accounts.models import Grant, Membership, Role
from symposia.audit.models import Entry
from symposia.directory.actions.assignments import Days, assign_territory, end_assignment
from symposia.directory.actions.clinicians import change_clinician
from symposia.directory.models import Assignment, Territory
from symposia.directory.tasks import hand_territories_over
from symposia.directory.territories import holders_on
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory

NOON = datetime(2026, 6, 10, 16, 0, tzinfo=UTC)
TODAY = date(2026, 6, 10)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pune(organisation):
    west = Territory.objects.create(name="West", code="west")
    return Territory.objects.create(name="Pune", code="pune", parent=west)


@pytest.fixture
def seller(organisation):
    return Role.objects.get(code="field_representative")


def colleague(organisation):
    return Membership.objects.get(user=member(organisation, "executive"))


def give(territory, membership, role, from_on=TODAY, until_on=None, by=SYSTEM):
    return assign_territory(territory, membership, role, Days(from_on, until_on), by=by)


def holds(membership, territory, at=None):
    rows = Grant.objects.in_force(at or NOON).filter(membership=membership)
    return rows.filter(scope_id=territory.pk).exists()


def test_the_role_comes_with_the_first_day_and_reaches_the_territory(organisation, pune, seller):
    ravi = colleague(organisation)
    give(pune, ravi, seller, until_on=TODAY + DAY)

    grant = Grant.objects.get(membership=ravi, scope_id=pune.pk)
    assert grant.valid_until == datetime(2026, 6, 12, 3, 59, 59, tzinfo=UTC)
    assert Entry.objects.filter(action="territory.taken_over").count() == 1


def test_a_later_holder_takes_over_by_itself_on_the_day(organisation, pune, seller, clock):
    ravi, uma = colleague(organisation), colleague(organisation)
    give(pune, ravi, seller)
    give(pune, uma, seller, from_on=TODAY + 5 * DAY)
    assert (holds(ravi, pune), holds(uma, pune)) == (True, False)
    assert Assignment.objects.get(membership=ravi).until_on == TODAY + 4 * DAY

    clock.move_to(NOON + 5 * DAY)
    hand_territories_over()
    later = NOON + 5 * DAY
    assert (holds(ravi, pune, later), holds(uma, pune, later)) == (False, True)
    hand_territories_over()
    assert Entry.objects.filter(action="territory.taken_over").count() == 2


def test_the_database_holds_one_holder_at_a_time(organisation, pune, seller):
    ravi, uma = colleague(organisation), colleague(organisation)
    give(pune, ravi, seller)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            territory=pune, membership=uma, role=seller, from_on=TODAY + DAY, assigned_by_name="x"
        )
    manager = Role.objects.get(code="area_manager")
    give(pune, uma, manager)
    assert Assignment.objects.on(TODAY).count() == 2


def test_nobody_is_pushed_out_from_the_same_day_on(organisation, pune, seller):
    ravi, uma = colleague(organisation), colleague(organisation)
    give(pune, ravi, seller)
    with pytest.raises(Refused, match="holds it from 2026-06-10 on"):
        give(pune, uma, seller)


def test_whoever_holds_it_may_get_another_last_day(organisation, pune, seller):
    ravi = colleague(organisation)
    give(pune, ravi, seller, until_on=TODAY + DAY)
    give(pune, ravi, seller)

    assert Assignment.objects.get().until_on is None
    assert Grant.objects.get(membership=ravi, scope_id=pune.pk).valid_until is None


@pytest.mark.parametrize(
    ("role", "days", "words"),
    [
        ("finance_officer", Days(TODAY), "given under Access"),
        ("area_manager", Days(TODAY - DAY), "from today on"),
        ("area_manager", Days(TODAY + DAY, TODAY), "ends before it begins"),
    ],
    ids=["decides", "backdated", "backwards"],
)
def test_what_is_not_given(organisation, pune, role, days, words):
    with pytest.raises(Refused, match=words):
        assign_territory(
            pune, colleague(organisation), Role.objects.get(code=role), days, by=SYSTEM
        )


def test_nobody_gives_a_territory_to_themselves(organisation, pune, seller):
    me = Membership.objects.get(user=member(organisation, "administrator"))
    with pytest.raises(Refused, match="their own roles"):
        give(pune, me, seller, by=me.user.actor())


def test_ending_cuts_the_role_and_what_never_began_is_gone(organisation, pune, seller):
    ravi, uma = colleague(organisation), colleague(organisation)
    first = give(pune, ravi, seller)
    second = give(pune, uma, seller, from_on=TODAY + 9 * DAY)
    end_assignment(second, TODAY + DAY, reason="Changed plans.", by=SYSTEM)
    end_assignment(first, TODAY, reason="Moves.", by=SYSTEM)

    assert [each.membership for each in Assignment.objects.all()] == [ravi]
    assert Assignment.objects.get().until_on == TODAY
    tonight = datetime(2026, 6, 11, 3, 59, 59, tzinfo=UTC)
    assert Grant.objects.get(membership=ravi, scope_id=pune.pk).valid_until == tonight
    with pytest.raises(Refused, match="ends today, or later"):
        end_assignment(first, TODAY - DAY, reason="x", by=SYSTEM)


def test_a_role_taken_by_hand_lets_the_territory_go(organisation, pune, seller):
    ravi = colleague(organisation)
    give(pune, ravi, seller)
    remove_grant(Grant.objects.get(scope_id=pune.pk), by=SYSTEM, reason="Not any more.")

    assert Assignment.objects.get().until_on == TODAY


def test_a_leavers_territories_go_to_the_successor_now_and_later(organisation, pune, seller, clock):
    ravi, uma = colleague(organisation), colleague(organisation)
    west = Territory.objects.get(code="west")
    give(pune, ravi, seller, until_on=TODAY + 30 * DAY)
    give(west, ravi, seller, from_on=TODAY + 10 * DAY)
    clock.move_to(NOON + DAY)
    end_membership(ravi, by=SYSTEM, reason="Retires.", successor=uma.user_id)

    found = {(a.territory.code, a.membership_id): (a.from_on, a.until_on) for a in _all()}
    assert found == {
        ("pune", ravi.pk): (TODAY, TODAY),
        ("pune", uma.pk): (TODAY + DAY, TODAY + 30 * DAY),
        ("west", uma.pk): (TODAY + 10 * DAY, None),
    }
    assert holds(uma, pune, NOON + DAY)


def _all():
    return Assignment.objects.with_people()


def test_who_held_a_doctor_on_a_day_follows_the_doctor_and_the_holders(
    organisation, pune, seller, clock
):
    ravi, uma, boss = (colleague(organisation) for _each in range(3))
    goa = Territory.objects.create(name="Goa", code="goa")
    doctor = ClinicianFactory(territory=pune)
    give(pune, ravi, seller)
    give(goa, uma, seller)
    give(pune.parent, boss, Role.objects.get(code="area_manager"))
    clock.move_to(NOON + 5 * DAY)
    change_clinician(doctor, {"territory_id": goa.pk}, by=SYSTEM)

    def on(day):
        return {each.membership_id for each in holders_on(doctor, day)}

    doctor.refresh_from_db()
    assert on(TODAY + DAY) == {ravi.pk, boss.pk}
    # The history of rows keeps the time of the database, which nobody moves.
    assert on(date(2100, 1, 1)) == {uma.pk}
    assert on(TODAY - DAY) == set()
