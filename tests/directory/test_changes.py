import pytest
from django.db import IntegrityError, transaction

from symposia.audit.models import Entry
from symposia.directory.actions.changes import (
    correct_clinician,
    decide_change,
    note_number,
    propose_change,
    take_back_change,
)
from symposia.directory.actions.clinicians import change_clinician
from symposia.directory.changing import ChangeFacts
from symposia.directory.models import ChangeRequest
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory


def ask(clinician, field="city", now="Pune", by=SYSTEM, **more):
    return propose_change(clinician, ChangeFacts(field, now, **more), by=by)


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def test_nothing_changes_before_a_second_person_agrees(organisation):
    one, asker = ClinicianFactory(city="Boston"), member(organisation, "field_representative")
    request = ask(one, by=asker.actor())
    one.refresh_from_db()
    assert (one.city, request.was, request.now) == ("Boston", "Boston", "Pune")

    decide_change(request, accepted=True, by=member(organisation, "coordinator").actor())

    one.refresh_from_db()
    assert one.city == "Pune"
    told = Delivery.objects.get()
    assert (told.to_address, told.subject) == (asker.email, f"Changed: City of {one.called}")
    assert Entry.objects.filter(action="clinician.changed", subject_id=one.pk).exists()


def test_whoever_asked_is_told_why_not(organisation):
    one = ClinicianFactory(email="one@example.org")
    by = Actor("link", one.pk, one.called)
    request = propose_change(one, ChangeFacts("city", "Pune"), by=by, answer_to=one.email)

    assert refusal(lambda: decide_change(request, accepted=False, by=SYSTEM)) == (
        "refused_without_reason"
    )
    decide_change(request, accepted=False, by=SYSTEM, reason="The register says Boston")

    told = Delivery.objects.get()
    assert told.to_address == "one@example.org"
    assert "The register says Boston" in told.text
    one.refresh_from_db()
    assert one.city == "Boston"


def test_nobody_decides_what_they_asked_for_or_what_is_about_them(organisation):
    steward = member(organisation, "coordinator")
    mine = ask(ClinicianFactory(), by=steward.actor())
    about_me = ask(ClinicianFactory(user=steward))

    for request in (mine, about_me):
        code = refusal(lambda each=request: decide_change(each, accepted=True, by=steward.actor()))
        assert code == "own_change"
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeRequest.objects.filter(pk=mine.pk).update(decided_by_id=steward.pk)


def test_what_the_directory_says_meanwhile_is_not_overwritten(organisation):
    one = ClinicianFactory(city="Boston")
    request = ask(one)
    change_clinician(one, {"city": "Nagpur"}, by=SYSTEM)

    assert refusal(lambda: decide_change(request, accepted=True, by=SYSTEM)) == "says_otherwise"
    one.refresh_from_db()
    assert one.city == "Nagpur"


@pytest.mark.parametrize(
    ("field", "now", "code"),
    [
        ("city", "Boston", "says_so_already"),
        ("email", "nowhere", "not_a_value"),
        ("country", "USA", "not_a_value"),
        ("profession", "wizard", "not_a_value"),
        ("full_name", "Avery New", "change_without_evidence"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(organisation, field, now, code):
    assert refusal(lambda: ask(ClinicianFactory(city="Boston"), field, now)) == code
    assert not ChangeRequest.objects.exists()


def test_one_field_waits_once_and_may_be_taken_back_by_whoever_asked(organisation):
    one, asker = ClinicianFactory(), member(organisation, "field_representative").actor()
    request = ask(one, by=asker)

    assert refusal(lambda: ask(one, now="Surat")) == "already_proposed"
    assert refusal(lambda: take_back_change(request, by=SYSTEM)) == "not_my_change"
    take_back_change(request, by=asker)
    assert refusal(lambda: decide_change(request, accepted=True, by=SYSTEM)) == "change_was_decided"
    assert ask(one, now="Surat").is_waiting


def test_a_correction_holds_at_once_except_for_what_is_guarded(organisation):
    one = ClinicianFactory(full_name="Avery Before", email="", city="Boston")
    facts = {"full_name": "Avery After", "email": "new@example.org", "city": "Pune"}

    assert refusal(lambda: correct_clinician(one, facts, by=SYSTEM)) == "change_without_evidence"
    one.refresh_from_db()
    assert one.city == "Boston"

    done = correct_clinician(one, facts, by=SYSTEM, evidence="Licence of May")

    one.refresh_from_db()
    assert (one.full_name, one.email, one.city) == ("Avery Before", "new@example.org", "Pune")
    assert [each.field for each in done.waiting] == ["full_name"]
    decide_change(done.waiting[0], accepted=True, by=SYSTEM)
    one.refresh_from_db()
    assert (one.full_name, one.search_text) == ("Avery After", " avery after")


def test_the_first_number_is_noted_and_every_other_asked_for(organisation):
    one = ClinicianFactory(npi=False)
    first = ChangeFacts("number", "MH/1", scheme="smc", issuer="Maharashtra", evidence="Card")
    note_number(one, first, by=SYSTEM)
    other = ChangeFacts("number", "1234567893", scheme="npi", evidence="Register")

    request = note_number(one, other, by=SYSTEM)
    assert one.identifiers.count() == 1
    decide_change(request, accepted=True, by=SYSTEM)
    assert sorted(each.value for each in one.identifiers.all()) == ["1234567893", "MH1"]

    gone = ChangeFacts("number", was="MH/1", scheme="smc", issuer="Maharashtra", evidence="Left")
    decide_change(propose_change(one, gone, by=SYSTEM), accepted=True, by=SYSTEM)
    assert [each.value for each in one.identifiers.all()] == ["1234567893"]


def test_a_number_that_is_wrong_or_somebody_elses_is_not_even_asked_for(organisation):
    one = ClinicianFactory()
    ClinicianFactory(npi="1234567893")
    told = {"scheme": "npi", "evidence": "Register"}

    assert refusal(lambda: ask(one, "number", "1234567890", **told)) == "bad_npi"
    assert refusal(lambda: ask(one, "number", "1234567893", **told)) == "number_taken"
    assert refusal(lambda: ask(one, "number", "", was="9", **told)) == "no_such_number"


def test_an_institution_is_found_by_its_name_once_it_is_agreed_to(organisation):
    one = ClinicianFactory()

    decide_change(ask(one, "institution", "Lakeshore Hospital"), accepted=True, by=SYSTEM)

    one.refresh_from_db()
    assert one.institution.name == "Lakeshore Hospital"
