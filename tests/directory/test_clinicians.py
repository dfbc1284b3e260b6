"""Somebody is put into the directory, or corrected, together with where they work."""

import pytest

from symposia.audit.models import Entry
from symposia.directory.actions.changes import correct_clinician, decide_change
from symposia.directory.actions.clinicians import (
    add_clinician,
    deactivate_clinician,
    reactivate_clinician,
)
from symposia.directory.models import Clinician, GuardedField, Institution, Proposable
from symposia.directory.policies import (
    ALREADY_ACTIVE,
    ALREADY_DEACTIVATED,
    DEACTIVATED_WITHOUT_REASON,
    NUMBER_TAKEN,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory, InstitutionFactory

ASHA = {"full_name": "Asha Rao", "city": "Pune", "region": "MH", "country": "IN"}


def test_a_person_and_their_institution_are_one_action(organisation):
    one = add_clinician(**ASHA, works_at=" Harbour  Hospital ", by=SYSTEM)

    place = Institution.objects.get()
    assert one.institution == place
    assert (place.name, place.city, place.region, place.country) == (
        *("Harbour Hospital", "Pune", "MH", "IN"),
    )
    told = list(Entry.objects.order_by("pk"))[-3:]
    assert [entry.action for entry in told] == [
        *("institution.added", "clinician.added", "affiliation.added"),
    ]
    assert told[0].details == {"clinician": str(one.pk)}
    assert told[1].details == {"institution": str(place.pk)}


def test_an_institution_that_somebody_named_before_is_not_added_again(organisation):
    known = InstitutionFactory(name="Harbour Hospital", city="Pune")

    assert add_clinician(**ASHA, works_at="harbour hospital", by=SYSTEM).institution == known
    assert add_clinician(**ASHA | {"city": "Nashik"}, works_at="Harbour Hospital", by=SYSTEM)
    assert sorted(Institution.objects.values_list("city", flat=True)) == ["Nashik", "Pune"]


def test_whoever_is_not_added_leaves_no_institution_behind(organisation):
    ClinicianFactory(npi="1234567893")

    said = {"works_at": "New", "scheme": "npi", "number": "1234567893"}
    assert _refused(lambda: add_clinician(**ASHA, **said, by=SYSTEM)) == NUMBER_TAKEN
    assert not Institution.objects.exists()


def test_another_city_of_a_person_moves_no_institution(organisation):
    one = add_clinician(**ASHA, works_at="Harbour Hospital", by=SYSTEM)

    correct_clinician(one, {"city": "Mumbai"}, works_at="Harbour Hospital", by=SYSTEM)
    assert Institution.objects.get().city == "Pune"

    correct_clinician(one, {"city": "Nashik"}, works_at="Hill Clinic", by=SYSTEM)
    assert Institution.objects.named("Hill Clinic", "Nashik") is not None

    correct_clinician(one, {}, works_at="", by=SYSTEM)
    one.refresh_from_db()
    assert (one.institution, one.city) == (None, "Nashik")


def test_an_institution_that_two_people_change_is_added_when_the_second_agrees(organisation):
    GuardedField.objects.create(field=Proposable.INSTITUTION)
    one = add_clinician(**ASHA, works_at="Harbour Hospital", by=SYSTEM)
    asks, decides = (member(organisation, "coordinator").actor() for _time in range(2))

    done = correct_clinician(one, {}, works_at="Hill Clinic", by=asks, evidence="Letter of May")
    assert [each.now for each in done.waiting] == ["Hill Clinic"]
    assert Institution.objects.count() == 1

    decide_change(done.waiting[0], accepted=True, by=decides)
    assert Clinician.objects.get().institution.name == "Hill Clinic"


def test_whoever_deactivates_somebody_says_why(organisation):
    one = ClinicianFactory()

    assert _refused(lambda: deactivate_clinician(one, by=SYSTEM, reason=" \n")) == (
        DEACTIVATED_WITHOUT_REASON
    )
    deactivate_clinician(one, by=SYSTEM, reason=" Retired ")
    assert Entry.objects.get(action="clinician.deactivated").reason == "Retired"
    assert _refused(lambda: deactivate_clinician(one, by=SYSTEM, reason="Again")) == (
        ALREADY_DEACTIVATED
    )
    reactivate_clinician(one, by=SYSTEM)
    assert _refused(lambda: reactivate_clinician(one, by=SYSTEM)) == ALREADY_ACTIVE


def _refused(act):
    with pytest.raises(Refused) as no:
        act()
    return no.value.objection
