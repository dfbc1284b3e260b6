"""A company's cap of meetings for one doctor: those to come count, and none is sold twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connection

from symposia.compliance.models import OwnParameter
from symposia.registrations.actions.places import (
    cancel_registration,
    register_clinician,
    register_walk_in,
)
from symposia.registrations.models import Registration
from symposia.registrations.policies import CAP_REACHED
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


def cap(value):
    OwnParameter.objects.create(
        pack_code="organisation-policy",
        name="attendee_cap",
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
