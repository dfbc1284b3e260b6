"""Whoever is new is in the directory once, and is compared with everybody else."""

import uuid

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.directory.actions.clinicians import add_clinician
from symposia.directory.actions.newcomers import Newcomer, find_or_add_clinician
from symposia.directory.duplicates import finding
from symposia.directory.models import Clinician, PossibleDuplicate
from symposia.directory.policies import NOT_ACTIVE
from symposia.directory.tasks import compare_newcomer
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.directory import ClinicianFactory

MEERA = Newcomer(None, "Meera Nair", "nurse", " Meera@Example.org ")


def asked_to_compare():
    jobs = ProcrastinateJob.objects.filter(task_name="directory.compare_newcomer")
    return [uuid.UUID(job.args["clinician_id"]) for job in jobs.order_by("id")]


def test_whoever_is_new_takes_over_what_the_organisation_has_in_common(organisation):
    made = find_or_add_clinician(MEERA, organisation, by=SYSTEM)

    assert (made.full_name, made.profession, made.email) == (
        "Meera Nair",
        "nurse",
        "meera@example.org",
    )
    common = (organisation.country, organisation.language, organisation.zone)
    assert (made.country, made.language, made.zone) == common


def test_whoever_has_the_address_or_was_chosen_is_nobody_new(organisation):
    known = ClinicianFactory(email="meera@example.org")

    assert find_or_add_clinician(MEERA, organisation, by=SYSTEM) == known
    assert find_or_add_clinician(Newcomer(known.pk), organisation, by=SYSTEM) == known
    assert Clinician.objects.count() == 1
    assert asked_to_compare() == []


def test_two_people_without_an_address_are_two(organisation):
    nobody = Newcomer(None, "Meera Nair", "nurse")

    one, other = (find_or_add_clinician(nobody, organisation, by=SYSTEM) for _time in range(2))

    assert one != other


def test_whoever_was_chosen_and_is_gone_is_refused_in_words(organisation):
    with pytest.raises(Refused) as refused:
        find_or_add_clinician(Newcomer(uuid.uuid4()), organisation, by=SYSTEM)

    assert refused.value.objection == NOT_ACTIVE


def test_every_way_in_asks_whether_the_person_is_there_already(organisation):
    known = ClinicianFactory(full_name="Asha Kulkarni", email="asha.k@example.org")
    twin = add_clinician(
        full_name="Kulkarni Asha", email="asha.k@example.org", profession="physician", by=SYSTEM
    )
    new = find_or_add_clinician(MEERA, organisation, by=SYSTEM)

    assert asked_to_compare() == [twin.pk, new.pk]
    compare_newcomer.run(str(organisation.pk), clinician_id=str(twin.pk))
    pair = PossibleDuplicate.objects.get()
    assert {pair.first_id, pair.second_id} == {known.pk, twin.pk}


def test_newcomers_that_wait_are_compared_together(organisation, monkeypatch):
    compared = []
    begin = finding._compared
    monkeypatch.setattr(
        finding, "_compared", lambda *of, **how: compared.append(of) or begin(*of, **how)
    )
    known = {"asha@example.org": "Asha Kulkarni", "meera@example.org": "Meera Nair"}
    for email, name in known.items():
        ClinicianFactory(full_name=name, email=email)
    ClinicianFactory(full_name="Ingrid Halvorsen", email="ingrid@example.org")
    first, second = (
        add_clinician(full_name=name, email=email, profession="physician", by=SYSTEM)
        for email, name in known.items()
    )

    compare_newcomer.run(str(organisation.pk), clinician_id=str(first.pk))

    assert asked_to_compare() == []
    found = {frozenset((pair.first_id, pair.second_id)) for pair in PossibleDuplicate.objects.all()}
    assert {pk for pair in found for pk in pair} >= {first.pk, second.pk}
    assert len(found) == 2
    assert len(compared) == 1


def test_whom_nobody_resembles_needs_no_comparison(organisation, monkeypatch):
    monkeypatch.setattr(finding, "_compared", None)
    alone = add_clinician(full_name="Meera Nair", email="meera@example.org", by=SYSTEM)

    compare_newcomer.run(str(organisation.pk), clinician_id=str(alone.pk))

    assert not PossibleDuplicate.objects.exists()
