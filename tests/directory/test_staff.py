"""Groups of staff: whose they are on which day, and who looks after them."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import end_membership
from symposia.accounts.memberships import member_of_user
from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.directory.actions.staff import (
    Appointment,
    StaffGroupFacts,
    appoint_manager,
    change_staff_group,
    end_listing,
    end_manager,
    import_staff,
    list_staff,
    make_staff_group,
    retire_staff_group,
)
from symposia.directory.models import StaffGroup, StaffMember
from symposia.directory.policies.staff import (
    DAYS_BACKWARDS,
    ENDS_BACKDATED,
    GROUP_RETIRED,
    GROUP_TAKEN,
    GROUP_UNNAMED,
    LISTING_BACKWARDS,
    LOOKS_AFTER_IT,
    MANAGER_OVER,
    NO_HOUSE,
    NO_STAFF_TO_TAKE,
    NO_WAY_IN,
    NOT_BACKDATED,
    NOT_TO_HAND_ON,
    ON_THE_LIST,
    SELF_APPOINTED,
)
from symposia.directory.queries import managers_of
from symposia.directory.staff_lines import judge_staff
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here, member
from tests.factories.directory import ClinicianFactory
from tests.factories.staff import Ward

DAY = timedelta(days=1)


@pytest.fixture
def ward(organisation):
    return Ward(organisation)


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def people(ward, day=None):
    groups = StaffGroup.objects.filter(pk=ward.group.pk)
    return set(groups.people_on(day or day_here()))


def led(user, day=None):
    return list(StaffGroup.objects.led_by(user.pk, day or day_here()))


def test_people_belong_by_where_they_work_and_by_the_list_on_their_days(ward):
    today = day_here()
    here, gone = ward.works(), ward.works(until=today - DAY)
    other_part, elsewhere = ward.works("Surgery"), ClinicianFactory()
    listed, later = ClinicianFactory(), ClinicianFactory()
    list_staff(ward.group, listed, today, today + DAY, by=SYSTEM)
    list_staff(ward.group, later, today + DAY, by=SYSTEM)

    assert people(ward) == {here, listed}
    assert people(ward, today - DAY) == {here, gone}
    assert people(ward, today + 2 * DAY) == {here, later}
    assert not {other_part, elsewhere} & people(ward)

    change_staff_group(ward.group, StaffGroupFacts("House", ward.house), by=SYSTEM)
    assert other_part in people(ward)


def test_whoever_is_no_longer_kept_in_the_directory_is_in_no_group(ward):
    gone = ward.works(deactivated_at=now())

    assert gone not in people(ward)


def test_a_group_is_named_once_and_a_department_is_in_a_house(ward):
    make = lambda *facts: refusal(lambda: make_staff_group(StaffGroupFacts(*facts), by=SYSTEM))  # noqa: E731

    assert make("  ") == GROUP_UNNAMED
    assert make("Cardiology ward") == GROUP_TAKEN
    assert make("Ward", None, "Surgery") == NO_HOUSE


def test_a_group_is_in_somebodys_hands_from_day_to_day(ward):
    today = day_here()
    other = member(ward.organisation, "faculty")
    days = Appointment(today + DAY, today + 3 * DAY)
    appoint_manager(ward.group, member_of_user(other), days, by=SYSTEM)

    assert led(ward.lead) == [ward.group]
    assert [led(other, today + n * DAY) != [] for n in range(5)] == [False, True, True, True, False]


def test_ended_at_once_it_is_over_at_once_and_may_begin_anew_the_same_day(ward):
    end_manager(ward.manager, by=SYSTEM, reason="Another post")

    assert led(ward.lead) == []
    assert Entry.objects.get(action="group_manager.ended").reason == "Another post"
    assert refusal(lambda: end_manager(ward.manager, by=SYSTEM)) == MANAGER_OVER

    membership = member_of_user(ward.lead)
    appoint_manager(ward.group, membership, Appointment(day_here()), by=SYSTEM)
    assert led(ward.lead) == [ward.group]


def test_it_ends_with_its_last_day_and_not_in_the_past(ward):
    today = day_here()

    assert refusal(lambda: end_manager(ward.manager, on=today - DAY, by=SYSTEM)) == ENDS_BACKDATED
    end_manager(ward.manager, on=today + DAY, by=SYSTEM)
    assert led(ward.lead, today + DAY) == [ward.group]
    assert led(ward.lead, today + 2 * DAY) == []


def test_a_retired_group_is_in_nobodys_hands(ward):
    retire_staff_group(ward.group, by=SYSTEM, reason="Closed")

    assert led(ward.lead) == []
    again = Appointment(day_here() + DAY)
    membership = member_of_user(ward.lead)
    assert refusal(lambda: appoint_manager(ward.group, membership, again, by=SYSTEM)) == (
        GROUP_RETIRED
    )


def test_whoever_leaves_looks_after_nothing(ward):
    admin = member(ward.organisation, "administrator")
    end_membership(member_of_user(ward.lead), reason="Left", by=admin.actor())

    ward.manager.refresh_from_db()
    assert ward.manager.ended_at
    assert led(ward.lead) == []


def test_the_office_appoints_somebody_else_who_can_open_the_pages(ward):
    today, group = day_here(), ward.group
    desk, clerk = member(ward.organisation, "coordinator"), member(ward.organisation, "door_staff")
    of = member_of_user

    def no(user, *days, by=SYSTEM, access=None, **more):
        facts = Appointment(*days, **more)
        return refusal(lambda: appoint_manager(group, of(user), facts, by=by, access=access))

    assert no(desk, today, by=desk.actor()) == SELF_APPOINTED
    assert no(clerk, today) == NO_WAY_IN
    assert no(ward.lead, today - DAY) == NOT_BACKDATED
    assert no(ward.lead, today + DAY, today) == DAYS_BACKWARDS
    assert no(ward.lead, today + DAY) == LOOKS_AFTER_IT


def test_nobody_lets_others_read_what_they_may_not_read(ward):
    other = member(ward.organisation, "learner")
    access = access_of(ward.lead, ward.organisation, at=now())
    days = Appointment(day_here(), sees_licences=True)

    said = refusal(
        lambda: appoint_manager(ward.group, member_of_user(other), days, by=SYSTEM, access=access)
    )

    assert said == NOT_TO_HAND_ON


def test_appointing_is_in_the_journal(ward):
    entry = Entry.objects.get(action="group_manager.appointed")

    assert entry.subject_id == ward.manager.pk
    assert entry.details["person"] == str(ward.lead)


def test_somebody_stands_on_the_list_once_and_leaves_it_on_a_day(ward):
    today, person = day_here(), ClinicianFactory()
    member_ = list_staff(ward.group, person, today, by=SYSTEM)

    again = lambda: list_staff(ward.group, person, today + DAY, by=SYSTEM)  # noqa: E731
    assert refusal(again) == ON_THE_LIST
    assert refusal(lambda: end_listing(member_, today - DAY, by=SYSTEM)) == LISTING_BACKWARDS
    end_listing(member_, today, by=SYSTEM)
    assert people(ward, today + DAY) == set()
    again()
    assert people(ward, today + DAY) == {person}


def test_a_file_is_judged_line_by_line_and_taken_whole(ward):
    desk = member(ward.organisation, "coordinator")
    access = access_of(desk, ward.organisation, at=now())
    today, leaves, stays = day_here(), ClinicianFactory(), ClinicianFactory()
    new = ClinicianFactory()
    for each in (leaves, stays):
        list_staff(ward.group, each, today, by=SYSTEM)
    text = "\n".join(
        (
            "E-mail\tFrom\tUntil",
            f"{new.email}\t{today + DAY}\t",
            f"{leaves.email}\t{today}\t{today + DAY}",
            f"{stays.email}\t{today}\t",
            f"{new.email}\t\t",
            "nobody@example.org\t\t",
            f"{new.email}\tsoon\t",
        )
    )

    judged = judge_staff(access, ward.group, text)

    assert [
        (line.is_taken, bool(line.ends), line.is_known, bool(line.problem)) for line in judged
    ] == [
        (True, False, False, False),
        (True, True, False, False),
        (False, False, True, False),
        (False, False, False, True),
        (False, False, False, True),
        (False, False, False, True),
    ]
    assert StaffMember.objects.filter(group=ward.group).count() == 2
    assert import_staff(ward.group, judged, file_name="ward.csv", by=SYSTEM) == 2
    assert people(ward, today + 2 * DAY) == {stays, new}
    again = judge_staff(access, ward.group, text)[:3]
    assert refusal(lambda: import_staff(ward.group, again, file_name="x", by=SYSTEM)) == (
        NO_STAFF_TO_TAKE
    )


def test_everybody_learns_who_looks_after_them(ward):
    here, other = ward.works(), ward.works("Surgery")
    listed = ClinicianFactory()
    list_staff(ward.group, listed, day_here(), by=SYSTEM)

    told = [managers_of(person, day_here()) for person in (here, listed, other)]

    assert told == [[ward.manager], [ward.manager], []]
    change_staff_group(ward.group, StaffGroupFacts("House", ward.house), by=SYSTEM)
    assert managers_of(other, day_here()) == [ward.manager]
