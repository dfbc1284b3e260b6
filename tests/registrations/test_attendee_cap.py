"""A company's cap of meetings for one doctor: those to come count, and none is sold twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connection

from symposia.activities.models import ActivityObjective
from symposia.compliance.models import OwnParameter
from symposia.registrations.actions.places import (
    cancel_registration,
    register_clinician,
    register_walk_in,
)
from symposia.registrations.actions.substitution import name_substitute
from symposia.registrations.caps import CAP_REACHED, ROLLING_CAP_REACHED, TOPIC_CAP_REACHED
from symposia.registrations.models import Registration
from symposia.registrations.policies import SUBSTITUTE_NOT_POSSIBLE, Applicant
from symposia.registrations.rule_facts import facts_of_places
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import GapFactory, ObjectiveFactory
from tests.factories.directory import ClinicianFactory


def cap(value, name="attendee_cap"):
    OwnParameter.objects.create(
        pack_code="organisation-policy",
        name=name,
        value=value,
        effective_from=date(2020, 1, 1),
        reason="Policy 7",
        set_by_name="Meera",
    )


def meeting(mode="scientific", **facts):
    return ActivityFactory(state="open", mode=mode, **facts)


def register(doctor, activity):
    return register_clinician(doctor, activity, source="office", by=SYSTEM)


def test_the_last_meeting_of_the_year_is_given_and_no_more(organisation):
    cap("2")
    doctor = ClinicianFactory()
    register(doctor, meeting())
    register(doctor, meeting())

    with pytest.raises(Refused) as refused:
        register(doctor, meeting())

    assert refused.value.objection == CAP_REACHED
    assert str(refused.value) == (
        "This would be meeting 3 of the year, over the cap of 2 for one doctor."
    )
    with pytest.raises(Refused):
        register_walk_in(doctor, meeting(), by=SYSTEM)


@pytest.mark.parametrize(
    "free",
    [
        {"mode": "independent"},
        {"wall_starts": datetime.fromisoformat("2028-03-11T18:30")},
    ],
    ids=["accredited education is not capped", "another year"],
)
def test_what_does_not_count_for_the_cap(organisation, free):
    cap("1")
    doctor = ClinicianFactory()
    register(doctor, meeting())

    assert register(doctor, meeting(**free)).is_current


def test_a_place_given_up_counts_no_longer(organisation):
    cap("1")
    doctor = ClinicianFactory()
    cancel_registration(register(doctor, meeting()), by=SYSTEM)

    assert register(doctor, meeting()).is_current


def on(day):
    return {"wall_starts": datetime.fromisoformat(f"{day}T18:30")}


@pytest.mark.parametrize(
    ("day", "is_given"),
    [("2028-02-01", False), ("2028-11-01", True)],
    ids=["the next year, within 365 days", "a year later"],
)
def test_a_cap_of_365_days_looks_over_the_turn_of_the_year(organisation, day, is_given):
    cap("1", "attendee_rolling")
    doctor = ClinicianFactory()
    register(doctor, meeting(**on("2027-10-31")))

    if is_given:
        assert register(doctor, meeting(**on(day))).is_current
        return
    with pytest.raises(Refused) as refused:
        register(doctor, meeting(**on(day)))
    assert refused.value.objection == ROLLING_CAP_REACHED
    assert "meeting 2 within 365 days" in str(refused.value)


def test_a_year_of_caps_that_begins_in_april(organisation):
    cap("1")
    cap("4", "year_begins")
    doctor = ClinicianFactory()
    register(doctor, meeting(**on("2028-03-31")))

    with pytest.raises(Refused):
        register(doctor, meeting(**on("2027-04-01")))
    assert register(doctor, meeting(**on("2028-04-01"))).is_current


def test_a_cap_of_one_topic_counts_meetings_on_the_same_gap_alone(organisation):
    cap("1", "attendee_topic_cap")
    doctor, gap = ClinicianFactory(), GapFactory()
    known, other = (meeting(), meeting())
    again = meeting()
    for activity in (known, again):
        ActivityObjective.objects.create(
            activity=activity, objective=ObjectiveFactory(gap=gap), position=0
        )
    register(doctor, known)

    assert register(doctor, other).is_current
    with pytest.raises(Refused) as refused:
        register(doctor, again)
    assert refused.value.objection == TOPIC_CAP_REACHED


def test_rules_read_the_same_counts(organisation):
    doctor = ClinicianFactory()
    first, second = meeting(**on("2027-10-31")), meeting(**on("2028-02-01"))
    for activity in (first, second):
        register(doctor, activity)

    facts = facts_of_places(second.pk)

    assert (facts["busiest_attendee_count"], facts["rolling_attendee_count"]) == (1, 2)
    cap("11", "year_begins")
    assert facts_of_places(second.pk)["busiest_attendee_count"] == 1
    cap("10", "year_begins")
    assert facts_of_places(second.pk)["busiest_attendee_count"] == 2


def test_without_a_cap_nobody_is_counted(organisation):
    doctor = ClinicianFactory()

    assert all(register(doctor, meeting()).is_current for _ in range(3))


def race(organisation, activities, work):
    """The same work at many meetings at the same moment; how many it gave."""
    start = threading.Barrier(len(activities))

    def one(activity):
        try:
            start.wait()
            with acting_in(organisation.pk):
                return work(activity)
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(activities)) as pool:
        return sum(1 for given in pool.map(one, activities) if given)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_held", [True, False], ids=["held", "not held"])
def test_the_last_meeting_is_given_once_however_many_ask_at_once(is_held):
    organisation = OrganisationFactory(kind="company")
    with acting_in(organisation.pk):
        cap("1")
        doctor = ClinicianFactory()
        activities = [meeting() for _ in range(6)]

    def look_then_take(activity):
        """The negative control: counted without holding the doctor."""
        free = not Registration.objects.current().filter(clinician=doctor).exists()
        threading.Event().wait(0.2)
        return free and Registration.objects.create(
            activity=activity,
            clinician=doctor,
            state="confirmed",
            source="office",
            ticket_code=str(activity.pk)[-8:],
            confirmed_at=activity.starts_at,
        )

    work = (lambda activity: register(doctor, activity)) if is_held else look_then_take
    given = race(organisation, activities, work)

    assert (given == 1) is is_held


def test_whoever_names_a_colleague_does_not_learn_how_many_meetings_they_went_to(organisation):
    cap("1")
    busy = ClinicianFactory()
    register(busy, meeting())
    mine = register(ClinicianFactory(), meeting())
    applicant = Applicant("A colleague", busy.email, "physician")

    with pytest.raises(Refused) as refused:
        name_substitute(mine, applicant, organisation=organisation, by=SYSTEM)

    assert refused.value.objection == SUBSTITUTE_NOT_POSSIBLE
    mine.refresh_from_db()
    assert mine.is_confirmed
