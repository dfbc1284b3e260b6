import pytest
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.teachers import teacher_meant
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(organisation):
    return access_of(member(organisation, "education_lead"), organisation, at=now())


@pytest.fixture
def manager(organisation):
    """Somebody who sees the clinicians of one territory."""
    territory = TerritoryFactory()
    scope = {"scope_kind": "territory", "scope_id": territory.pk}
    return access_of(member(organisation, "area_manager", **scope), organisation, at=now())


def test_a_full_name_means_the_person_of_the_directory_however_it_is_written(planner):
    wanted = ClinicianFactory(full_name="José Álvarez")

    assert teacher_meant(planner, " jose alvarez ") == wanted


def test_a_number_means_its_holder(planner):
    wanted = ClinicianFactory()

    assert teacher_meant(planner, wanted.number) == wanted


def test_part_of_a_name_means_nobody_of_the_directory(planner):
    ClinicianFactory(full_name="Farah Contractor")

    assert teacher_meant(planner, "Farah") is None
    assert teacher_meant(planner, "Farah Contractor Mehta") is None


def test_of_two_with_the_same_name_the_number_is_asked_for(planner):
    ClinicianFactory.create_batch(2, full_name="Farah Contractor")

    with pytest.raises(Refused, match="2 people of the directory are called “Farah Contractor”"):
        teacher_meant(planner, "Farah Contractor")


def test_whoever_left_the_directory_is_not_meant(planner):
    ClinicianFactory(full_name="Farah Contractor", deactivated_at=now())

    assert teacher_meant(planner, "Farah Contractor") is None


def test_who_sees_one_territory_means_its_people_and_those_who_teach_anywhere(manager):
    hidden = ClinicianFactory(full_name="Ritu Menon")
    teaching = ClinicianFactory(full_name="Farah Contractor")
    elsewhere = ActivityFactory(territory=TerritoryFactory(code="south"))
    SessionFacultyFactory(
        session=SessionFactory(activity=elsewhere), clinician=teaching, name="Farah Contractor"
    )

    assert teacher_meant(manager, "Farah Contractor") == teaching
    assert teacher_meant(manager, "Ritu Menon") is None
    assert teacher_meant(manager, hidden.number) is None
