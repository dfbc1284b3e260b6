from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.directory.actions.consents import ConsentFacts, state_consent
from symposia.directory.models import ConsentBasis, ConsentStatement
from symposia.notifications.models import Delivery
from symposia.outreach.actions import invite_clinicians
from symposia.outreach.models import Invitation
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.shared.workbooks import rows_of_values, workbook
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory

NOTE = {"purpose": "invitations", "channel": "email", "given": "no", "source": "voice"}


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def test_what_a_person_said_is_noted_and_stands_on_the_page(client, organisation, coordinator):
    one = ClinicianFactory()
    page = reverse("clinician_consent", args=[one.pk])
    assert "This person has said nothing yet." in client.get(page).text

    response = client.post(reverse("clinician_consent_note", args=[one.pk]), NOTE)

    assert response.url == page
    said = ConsentStatement.objects.get()
    assert (said.given, said.proof) == (False, coordinator.full_name)
    assert "said no to invitations to activities" in client.get(page).text


def test_a_paper_is_kept_as_proof_and_nothing_else_is(client, organisation, coordinator):
    one = ClinicianFactory()
    note = reverse("clinician_consent_note", args=[one.pk])
    paper = NOTE | {"source": "paper", "given": "yes"}

    wrong = SimpleUploadedFile("paper.pdf", b"MZ no paper")
    refused = client.post(note, paper | {"proof_file": wrong})
    assert refused.status_code == 422
    assert "PDF, PNG or JPEG" in refused.text
    assert not ConsentStatement.objects.exists()

    right = SimpleUploadedFile("paper.pdf", b"%PDF-1.7 signed")
    client.post(note, paper | {"proof_file": right})
    said = ConsentStatement.objects.get()
    assert said.proof_file.subject_id == one.pk
    assert "paper.pdf" in client.get(reverse("clinician_consent", args=[one.pk])).text
    assert client.get(reverse("file", args=[said.proof_file_id])).status_code == 302


def test_a_statement_that_cannot_be_is_told_in_words_and_loses_nothing(client, coordinator):
    one = ClinicianFactory()

    response = client.post(
        reverse("clinician_consent_note", args=[one.pk]),
        NOTE | {"channel": "", "wording": "Read from the card"},
    )

    assert response.status_code == 422
    assert "Say by which channel." in response.text
    assert "Read from the card" in response.text


def test_a_representative_notes_in_the_own_territory_alone(client, organisation):
    mine, far = TerritoryFactory(), TerritoryFactory()
    near, other = ClinicianFactory(territory=mine), ClinicianFactory(territory=far)
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    client.force_login(member(organisation, "field_representative", **scope))

    assert client.post(reverse("clinician_consent_note", args=[near.pk]), NOTE).status_code == 302
    assert client.post(reverse("clinician_consent_note", args=[other.pk]), NOTE).status_code == 404
    assert client.get(reverse("clinician_consent", args=[other.pk])).status_code == 404
    assert client.get(reverse("consents_many")).status_code == 403


def test_whoever_only_looks_notes_nothing(client, organisation):
    one = ClinicianFactory()
    client.force_login(member(organisation, "compliance_officer"))

    assert client.get(reverse("clinician_consent", args=[one.pk])).status_code == 200
    assert client.post(reverse("clinician_consent_note", args=[one.pk]), NOTE).status_code == 403


def test_people_of_another_organisation_do_not_exist(client, coordinator):
    with acting_in(OrganisationFactory().pk):
        foreign = ClinicianFactory()

    assert client.get(reverse("clinician_consent", args=[foreign.pk])).status_code == 404


def test_the_list_says_who_said_what_and_what_stands(client, coordinator):
    one = ClinicianFactory(full_name="Avery Reached")
    for given in (True, False):
        state_consent(one, ConsentFacts("news", "sms", given), by=SYSTEM)

    everything = client.get(reverse("consents")).text
    now = client.get(reverse("consents"), {"standing": "now"}).text

    assert everything.count("Avery Reached") == 2
    assert now.count("Avery Reached") == 1


def test_lines_are_seen_before_they_are_taken(client, coordinator):
    one = ClinicianFactory(email="one@example.org")
    lines = "email,purpose,channel,given,date\n"
    lines += (
        "one@example.org,news,email,yes,2026-01-31\nnobody@example.org,news,email,yes,2026-01-31"
    )

    seen = client.post(reverse("consents_many"), {"lines": lines})
    assert "1 line would be taken." in seen.text
    assert "Nobody you may see has this number or address" in seen.text
    assert not ConsentStatement.objects.exists()

    client.post(reverse("consents_many"), {"lines": lines, "take": "1", "name": "club.csv"})
    assert ConsentStatement.objects.get().clinician == one

    empty = client.post(reverse("consents_many"), {"lines": "nothing"})
    assert empty.status_code == 422


def test_an_administrator_says_on_what_a_purpose_rests(client, organisation, coordinator):
    said = {"legal_basis": "Consent before anything", "wording": "Invite me."}
    address = reverse("consent_basis", args=["invitations"])
    assert client.post(address, said).status_code == 403

    client.force_login(member(organisation, "administrator"))
    assert client.post(address, said).status_code == 302
    basis = ConsentBasis.objects.get()
    assert (basis.asks_without, basis.wording) == (False, "Invite me.")
    assert client.get(reverse("consent_basis", args=["lottery"])).status_code == 404
    client.force_login(coordinator)
    assert "Consent before anything" in client.get(reverse("consent_bases")).text


def test_nobody_who_said_no_gets_an_invitation(organisation):
    activity = ActivityFactory(state="open")
    one, other = ClinicianFactory.create_batch(2)
    state_consent(one, ConsentFacts("invitations", "email", given=False), by=SYSTEM)

    answer = invite_clinicians(activity, [one, other], by=SYSTEM)

    assert [skipped.objection.code for skipped in answer.skipped] == ["consent_withdrawn"]
    assert Invitation.objects.get().clinician == other


def test_the_address_of_the_own_page_goes_to_the_person_alone(client, coordinator):
    one, mute = ClinicianFactory(email="one@example.org"), ClinicianFactory(email="")

    told = client.post(reverse("clinician_own_page", args=[one.pk]), follow=True)
    assert "/d/" not in told.text
    delivery = Delivery.objects.get()
    assert delivery.to_address == "one@example.org"
    assert client.get(urlsplit(delivery.links[0]).path).status_code == 200

    refused = client.post(reverse("clinician_own_page", args=[mute.pk]), follow=True)
    assert "There is no e-mail address to send it to." in refused.text


def test_a_workbook_of_statements_is_read_as_one(client, coordinator):
    one = ClinicianFactory(email="one@example.org")
    rows = [["one@example.org", "news", "email", "yes", "2026-01-31"]]
    head = ["email", "purpose", "channel", "given", "date"]
    content = b"".join(workbook(head, rows_of_values([rows])))

    seen = client.post(reverse("consents_many"), {"file": SimpleUploadedFile("club.xlsx", content)})

    assert "1 line would be taken." in seen.text
    assert one.called in seen.text
