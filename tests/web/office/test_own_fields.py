"""Fields of one's own on pages: defined, filled in, filtered, asked for, brought by a file."""

import csv
import io

import pytest
from django.urls import reverse

from symposia.directory.actions.changes import correct_clinician
from symposia.directory.actions.own_fields import add_own_field, retire_own_field
from symposia.directory.letters import own_page_token
from symposia.directory.models import (
    ChangeRequest,
    Clinician,
    Institution,
    OwnField,
    OwnValue,
)
from symposia.directory.policies.own import OwnFieldFacts
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.work.models import Import, ImportState
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.directory import ClinicianFactory, InstitutionFactory
from tests.web.office.test_imports import hand_in, work


@pytest.fixture
def administrator(client, organisation):
    user = member(organisation, "administrator")
    client.force_login(user)
    return user


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def added(label="Parking", kind="text", of="clinician", **said):
    return add_own_field(of, OwnFieldFacts(label, kind, **said), by=SYSTEM)


def at(name, *args):
    return reverse(name, args=args)


def test_an_administrator_adds_changes_retires_and_removes_a_field(client, administrator):
    said = {
        "of": "clinician",
        "label": "Wing",
        "kind": "one",
        "options": "North\nSouth",
        "place": 2,
    }

    assert client.post(at("own_field_new"), said).url == at("own_fields")
    field = OwnField.objects.get()
    assert (field.options, field.place) == (["North", "South"], 2)
    assert "Wing" in client.get(at("own_fields")).text
    page = client.get(at("own_field", field.pk)).text
    assert "own_wing" in page
    assert "North\nSouth" in page
    client.post(at("own_field", field.pk), said | {"label": "Which wing", "in_list": "on"})
    field.refresh_from_db()
    assert (field.label, field.in_list, field.code) == ("Which wing", True, "wing")
    client.post(at("own_field_retirement", field.pk))
    assert "Retired" in client.get(at("own_field", field.pk)).text
    client.post(at("own_field_return", field.pk))
    client.post(at("own_field_removal", field.pk))
    assert not OwnField.objects.exists()


def test_a_refusal_is_told_in_words_and_loses_nothing(client, administrator):
    answer = client.post(
        at("own_field_new"), {"of": "clinician", "label": "Wing", "kind": "one", "place": 0}
    )

    assert answer.status_code == 422
    assert "Write the words that one chooses from." in answer.text
    assert 'value="Wing"' in answer.text
    field = added()
    correct_clinician(ClinicianFactory(), {}, own={field: "Gate 3"}, by=SYSTEM)
    page = client.post(at("own_field_removal", field.pk), follow=True)
    assert "it can be retired, not removed" in page.text


def test_whoever_fills_fields_in_does_not_define_them(client, coordinator):
    field = added()

    assert client.get(at("own_fields")).status_code == 403
    assert client.post(at("own_field_retirement", field.pk)).status_code == 403


def test_a_field_of_another_organisation_is_not_there(client, administrator):
    with acting_in(OrganisationFactory().pk):
        foreign = added()

    assert client.get(at("own_field", foreign.pk)).status_code == 404
    assert client.post(at("own_field_removal", foreign.pk)).status_code == 404


KINDS = {
    "Gate": ("text", "Gate 3"),
    "Children": ("number", "2"),
    "Since": ("day", "2026-01-31"),
    "Veteran": ("yes_no", "yes"),
    "Wing": ("one", "North"),
    "Tongues": ("several", ["Hindi", "Marathi"]),
}


def fields_of_each_kind():
    words = {"one": ("North", "South"), "several": ("Hindi", "Marathi")}
    return {
        label: added(label, kind, options=words.get(kind, ()))
        for label, (kind, _value) in KINDS.items()
    }


def test_a_person_is_added_and_corrected_with_own_fields(client, coordinator):
    fields = fields_of_each_kind()
    sent = {fields[label].name: value for label, (_kind, value) in KINDS.items()}
    said = {"full_name": "Asha Rao", "profession": "physician", "scheme": "own"}

    answer = client.post(at("clinician_add"), said | sent, follow=True)

    for words in ("Gate 3", "31 Jan 2026", "Yes", "North", "Hindi, Marathi"):
        assert words in answer.text
    person = Clinician.objects.get()
    form = client.get(at("clinician_edit", person.pk)).text
    for shown in ('value="Gate 3"', 'value="2026-01-31"', '"North" selected', "checked"):
        assert shown in form
    client.post(at("clinician_change", person.pk), said | {fields["Gate"].name: "Gate 4"})
    assert OwnValue.objects.get().said == "Gate 4"
    history = client.get(at("clinician_history", person.pk)).text
    assert "Gate 3" in history
    assert "Gate 4" in history


def test_what_a_field_cannot_say_and_what_is_missing_is_told(client, coordinator):
    field = added("Children", "number", is_required=True)
    said = {"full_name": "Asha Rao", "profession": "physician", "scheme": "own"}

    for wrong in ({}, {field.name: "some"}):
        answer = client.post(at("clinician_add"), said | wrong)
        assert answer.status_code == 422
        assert "Asha Rao" in answer.text
    assert not Clinician.objects.exists()


def test_what_two_people_change_is_asked_for_and_decided(client, organisation, coordinator):
    field, person = added("Line manager", by_two=True), ClinicianFactory()
    correct_clinician(person, {}, own={field: "Dr Iyer"}, by=SYSTEM)
    said = {"full_name": person.full_name, "profession": "physician", "email": person.email}
    sent = said | {field.name: "Dr Khan"}

    assert client.post(at("clinician_change", person.pk), sent).status_code == 422
    sent["evidence"] = "Her letter"
    answer = client.post(at("clinician_change", person.pk), sent, follow=True)

    assert "A second person decides on: Line manager." in answer.text
    change = ChangeRequest.objects.get()
    page = client.get(at("change_request", change.pk)).text
    assert "Line manager" in page
    assert "Dr Iyer" in page
    assert "Line manager" in client.get(at("change_requests")).text
    client.force_login(member(organisation, "coordinator"))
    client.post(at("change_request_decision", change.pk), {"verdict": "accept"})
    assert OwnValue.objects.get().said == "Dr Khan"


def test_anybody_who_sees_the_person_asks_for_a_change(client, organisation, coordinator):
    field, person = added("Veteran", "yes_no"), ClinicianFactory()
    client.force_login(member(organisation, "education_lead"))

    page = client.get(at("clinician_change_proposal", person.pk)).text
    said = {"field": field.name, "now": "perhaps", "evidence": "She said so"}
    refused = client.post(at("clinician_change_proposal", person.pk), said)
    client.post(at("clinician_change_proposal", person.pk), said | {"now": "yes"})

    assert "Veteran" in page
    assert "expected yes or no" in refused.text
    assert ChangeRequest.objects.get().now == "yes"
    assert "Veteran" in client.get(at("clinician_requests", person.pk)).text


def test_what_few_may_see_is_nowhere_for_others(client, organisation, coordinator):
    field = added("Dispute", permission="view_money", in_list=True, is_filter=True)
    person = ClinicianFactory()
    correct_clinician(person, {}, own={field: "An open bill"}, by=SYSTEM)
    pages = [at("clinician", person.pk), at("clinicians")]
    assert all("An open bill" in client.get(page).text for page in pages)
    client.force_login(member(organisation, "field_representative"))

    pages += [at("clinician_history", person.pk), at("clinician_change_proposal", person.pk)]
    for page in pages:
        text = client.get(page).text
        assert "An open bill" not in text
        assert "Dispute" not in text


def test_the_person_sees_what_everybody_sees(client, organisation):
    openly, money = added("Gate"), added("Dispute", permission="view_money")
    person = ClinicianFactory()
    correct_clinician(person, {}, own={openly: "Gate 3", money: "An open bill"}, by=SYSTEM)

    page = client.get(f"/d/{own_page_token(person, organisation.code)}/").text

    assert "Gate 3" in page
    assert "An open bill" not in page


def test_an_institution_says_it_on_its_page_and_in_the_list(client, coordinator):
    beds = added("Beds", "number", of="institution", in_list=True, is_filter=True)
    said = {"name": "Mercy", "kind": "hospital", "city": "Boston", beds.name: "320"}

    page = client.post(at("institution_new"), said, follow=True)

    assert "320" in page.text
    house = Institution.objects.get()
    assert 'value="320' in client.get(at("institution_edit", house.pk)).text
    client.post(at("institution_edit", house.pk), said | {beds.name: "350"})
    InstitutionFactory(name="Small house")
    listed = client.get(at("institutions"), {beds.name: "300.."}).text
    assert "350" in listed
    assert "Small house" not in listed


def test_a_filter_by_an_own_field_becomes_a_segment(client, coordinator):
    field = added("Veteran", "yes_no", is_filter=True)
    fits, other = ClinicianFactory(full_name="Fits Well"), ClinicianFactory(full_name="Other One")
    correct_clinician(fits, {}, own={field: True}, by=SYSTEM)
    query = f"?{field.name}=yes"

    listed = client.get(at("clinicians") + query).text
    answer = client.post(at("segment_new") + query, {"name": "Veterans"}, follow=True)

    assert "Fits Well" in listed
    assert other.full_name not in listed
    assert "Veteran" in answer.text
    people = client.get(at("clinicians") + query).text
    assert "Fits Well" in people


def test_what_goes_out_comes_in_again(client, organisation, coordinator):
    fields = fields_of_each_kind()
    person = ClinicianFactory(full_name="Asha Rao", npi=False)
    said = {"full_name": "Asha Rao", "profession": "physician", "email": person.email}
    sent = {fields[label].name: value for label, (_kind, value) in KINDS.items()}
    client.post(at("clinician_change", person.pk), said | sent)
    file = b"".join(client.get(at("clinicians_csv")).streaming_content).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(file))
    assert {label: row[label] for label in KINDS} == {
        "Gate": "Gate 3",
        "Children": "2",
        "Since": "2026-01-31",
        "Veteran": "Yes",
        "Wing": "North",
        "Tongues": "Hindi; Marathi",
    }

    hand_in(client, file.replace("Gate 3", "Gate 9").encode())

    made = columns_as_guessed(client, organisation)
    assert made.state == ImportState.CHECKED
    assert made.counts["changed"] == 1
    rows = client.get(at("import_rows", made.pk)).text
    assert "Gate" in rows


def test_a_row_says_in_words_what_a_field_cannot_say(client, organisation, coordinator):
    added("Parking", "yes_no")
    hand_in(client, "Doctor name;Reg no;Mail;Parking\nAsha Rao;;asha@example.org;maybe\n")

    made = columns_as_guessed(client, organisation)

    text = client.get(at("import_rows", made.pk)).text
    assert "Parking: expected yes or no, got “maybe”" in text


def columns_as_guessed(client, organisation):
    made = Import.objects.latest("made_at")
    form = client.get(at("import_columns", made.pk)).context["form"]
    sent = {name: form.get_initial_for_field(each, name) for name, each in form.fields.items()}
    sent |= {"scheme": "own", "for_all_profession": "physician"}
    client.post(at("import_match", made.pk), {k: v for k, v in sent.items() if v is not None})
    return work(organisation)


def test_a_field_that_is_retired_meanwhile_is_told(client, organisation, coordinator):
    field = added("Parking", "yes_no")
    hand_in(client, "Doctor name;Reg no;Mail;Parking\nAsha Rao;;asha@example.org;yes\n")
    made = columns_as_guessed(client, organisation)
    retire_own_field(field, by=SYSTEM)

    answer = client.post(at("import_run", made.pk), follow=True)

    assert "A field that a column of this file stands for is gone." in answer.text
