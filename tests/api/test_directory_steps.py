"""What the office does with people of the directory a program does by the same actions."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from symposia.audit.models import Entry
from symposia.directory.models import (
    Affiliation,
    ConsentBasis,
    ConsentStatement,
    ContactPoint,
    GuardedField,
    Proposable,
    Purpose,
)
from symposia.notifications.models import Delivery
from symposia.shared.tenancy import acting_in
from symposia.work.models import Import, ImportState, StoredFile
from tests.api.test_clinicians import bearer, send
from tests.factories.accounts import OrganisationFactory
from tests.factories.directory import ClinicianFactory
from tests.web.office.test_imports import OWN, work

API = "/api/v1"
HELD = ("view_directory", "manage_directory", "import_clinicians", "invite")


@pytest.fixture
def manager(organisation):
    return bearer(organisation, *HELD)


@pytest.fixture
def post(client, manager):
    def run(path, body=None, headers=manager):
        return send(client, "post", f"{API}{path}", headers, body or {})

    return run


@pytest.fixture
def hand_in(client, manager):
    """A file, or lines, sent as forms are."""

    def run(path, content=None, headers=manager, **said):
        if content is not None:
            name = said.pop("name", "file.csv")
            said["file"] = SimpleUploadedFile(name, content.encode())
        return client.post(f"{API}{path}", said, headers=headers)

    return run


def test_somebody_is_deactivated_with_a_reason_and_taken_up_again(post, organisation):
    one = ClinicianFactory()
    path = f"/clinicians/{one.pk}"

    assert post(f"{path}/deactivation", {"reason": " "}).json()["code"] == (
        "deactivated_without_reason"
    )
    assert post(f"{path}/deactivation", {"reason": "Retired"}).json()["is_active"] is False
    assert post(f"{path}/deactivation", {"reason": "Again"}).json()["code"] == (
        "already_deactivated"
    )
    assert post(f"{path}/reactivation").json()["is_active"] is True
    assert post(f"{path}/reactivation").json()["code"] == "already_active"


def test_the_first_number_holds_at_once_and_the_second_waits(post, organisation):
    path = f"/clinicians/{ClinicianFactory(npi=False).pk}/numbers"
    council = {"scheme": "smc", "number": "MH/2001-123", "issuer": "Maharashtra"}

    assert post(path, {"scheme": "npi", "number": "1234567890"}).json()["code"] == "bad_npi"
    first = post(path, council)
    assert (first.status_code, first.json()["value"]) == (201, "MH2001123")
    npi = {"scheme": "npi", "number": "1234567893", "evidence": "Register"}
    second = post(path, npi)
    assert (second.status_code, second.json()["now"]) == (202, "1234567893")


def test_steps_of_somebody_elsewhere_do_not_exist(post, organisation):
    with acting_in(OrganisationFactory().pk):
        foreign = f"/clinicians/{ClinicianFactory().pk}"

    assert post(f"{foreign}/deactivation", {"reason": "Retired"}).status_code == 404
    assert post(f"{foreign}/reactivation").status_code == 404
    number = {"scheme": "own", "number": "1"}
    assert post(f"{foreign}/numbers", number).status_code == 404


def test_a_file_of_contacts_is_looked_at_and_then_taken(hand_in, organisation):
    asha = ClinicianFactory(email="asha@example.org", phone="")
    lines = "Person,Kind,What\nasha@example.org,phone,+1 617 555 0100\nnobody@example.org,phone,1\n"

    looked = hand_in("/contacts/imports", lines).json()
    assert (looked["is_dry_run"], looked["taken"]) == (True, 1)
    assert [each["result"] for each in looked["lines"]] == ["taken", "wrong"]
    assert looked["lines"][0]["clinician"] == str(asha.pk)
    assert not ContactPoint.objects.exists()

    done = hand_in("/contacts/imports", lines, dry_run=False).json()
    assert done["lines"] == looked["lines"]
    assert ContactPoint.objects.get().source == "file.csv"
    again = hand_in("/contacts/imports", lines, dry_run=False)
    assert (again.status_code, again.json()["code"]) == (409, "no_contact_to_take")
    assert hand_in("/contacts/imports", lines).json()["lines"][0]["result"] == "known"


def test_pasted_places_of_work_are_taken_or_wait(hand_in, organisation):
    ClinicianFactory(email="asha@example.org")
    lines = "Number or e-mail,Institution,Which place\nasha@example.org,Hill Clinic,primary\n"

    assert hand_in("/affiliations/imports", lines=lines, dry_run="false").json()["taken"] == 1
    assert Affiliation.objects.get().institution.name == "Hill Clinic"

    GuardedField.objects.create(field=Proposable.AFFILIATION)
    other = lines.replace("Hill Clinic", "Bay Clinic")
    assert [each["waits"] for each in hand_in("/affiliations/imports", lines=other).json()["lines"]]


def test_a_file_of_consents_is_looked_at_and_then_taken(hand_in, organisation):
    ClinicianFactory(email="asha@example.org")
    lines = "Person,Purpose,Channel,Given,Said on\nasha@example.org,news,email,yes,2026-01-31\n"

    looked = hand_in("/consents/imports", lines).json()
    assert (looked["taken"], looked["lines"][0]["problem"]) == (1, "")
    assert not ConsentStatement.objects.exists()
    assert hand_in("/consents/imports", lines, dry_run=False).json()["taken"] == 1
    assert ConsentStatement.objects.get().given


@pytest.mark.parametrize("kind", ["contacts", "affiliations", "consents"])
def test_a_file_without_lines_or_of_another_kind_is_refused(hand_in, organisation, kind):
    path = f"/{kind}/imports"

    assert hand_in(path, lines="Person,Kind,What").json()["code"] == "no_lines"
    picture = hand_in(path, "\x00\x01\x02", name="file.xlsx")
    assert (picture.status_code, picture.json()["code"]) == (409, "line_file_unreadable")
    assert hand_in(path, "a" * (5 * 1024 * 1024 + 1)).json()["code"] == "line_file_too_large"


def test_whoever_may_not_import_hands_in_nothing(hand_in, organisation):
    reader = bearer(organisation, "view_directory", "manage_directory")

    for path in ("/contacts/imports", "/affiliations/imports", "/consents/imports", "/imports"):
        assert hand_in(path, "a,b\n1,2\n", headers=reader).status_code == 403


def test_a_file_of_people_goes_the_way_of_the_screen(client, hand_in, post, organisation, manager):
    made = hand_in("/imports", OWN, name="doctors.csv").json()
    path = f"{API}/imports/{made['id']}"
    assert (made["state"], made["is_register"]) == (ImportState.RECEIVED, False)
    assert made["header"][:3] == ["Doctor name", "Council", "Reg no"]
    meaning = made["meaning"] | {"scheme": "smc", "profession": "physician"}
    assert meaning["columns"]["full_name"] == 0

    unclear = meaning | {"columns": {"full_name": 0}}
    assert send(client, "put", f"{path}/meaning", manager, unclear).json()["code"] == (
        "columns_unclear"
    )
    beyond = meaning | {"columns": meaning["columns"] | {"city": 6}}
    assert send(client, "put", f"{path}/meaning", manager, beyond).json()["code"] == (
        "unknown_column"
    )
    asked = send(client, "put", f"{path}/meaning", manager, meaning)
    assert (asked.status_code, asked.json()["state"]) == (202, ImportState.CHECKING)
    assert post(f"/imports/{made['id']}/rehearsal").json()["code"] == "import_busy"
    assert post(f"/imports/{made['id']}/rows").json()["code"] == "import_busy"

    work(organisation)
    rows = client.get(f"{path}/rows", headers=manager).json()
    assert [(each["line"], each["outcome"]) for each in rows["rows"]] == [
        *((2, "new"), (3, "rejected"), (4, "rejected")),
    ]
    assert rows["next"] is None
    removal = {"reason": "Not needed"}
    assert post(f"/imports/{made['id']}/file/removal", removal).json()["code"] == "file_needed"

    assert post(f"/imports/{made['id']}/rows").status_code == 202
    work(organisation)
    assert client.get(path, headers=manager).json()["counts"]["new"] == 1
    assert post(f"/imports/{made['id']}/file/removal", removal).status_code == 204
    assert not StoredFile.objects.kept().exists()


def test_a_file_that_cannot_be_read_leaves_nothing_behind(hand_in, organisation):
    answer = hand_in("/imports", "\x00\x01", name="doctors.xlsx")

    assert (answer.status_code, answer.json()["code"]) == (409, "import_unreadable")
    assert not Import.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_segment_is_called_otherwise_by_its_owner(client, organisation):
    mine, other = (bearer(organisation, "view_directory") for _time in range(2))
    segment = send(client, "post", f"{API}/segments", mine, {"name": "Hearts", "is_shared": True})
    path, said = f"{API}/segments/{segment.json()['id']}", {"name": "Lungs", "is_shared": True}

    assert send(client, "put", path, other, said).json()["code"] == "not_my_segment"
    assert send(client, "put", path, mine, said).json()["name"] == "Lungs"
    private = said | {"is_shared": False}
    assert send(client, "put", path, mine, private).json()["is_shared"] is False
    assert send(client, "put", path, other, said).status_code == 404
    assert Entry.objects.filter(action="segment.changed").count() == 2


def test_an_administrator_says_on_what_a_purpose_rests(client, organisation, manager):
    admin = bearer(organisation, "manage_organisation", role="administrator")
    path = f"{API}/consents/bases"
    said = {"asks_without": False, "legal_basis": "Consent", "wording": "You may write to me."}

    assert send(client, "put", f"{path}/news", manager, said).status_code == 403
    assert send(client, "put", f"{path}/pigeons", admin, said).status_code == 422
    nothing = said | {"wording": " "}
    assert send(client, "put", f"{path}/news", admin, nothing).json()["code"] == "no_basis"
    changed = send(client, "put", f"{path}/news", admin, said)
    assert changed.json() == said | {"purpose": Purpose.NEWS}
    assert said | {"purpose": Purpose.NEWS} in client.get(path, headers=manager).json()
    assert ConsentBasis.objects.count() == 1


def test_an_administrator_adds_a_reason_why_people_are_not_asked(client, organisation, manager):
    admin = bearer(organisation, "manage_organisation", role="administrator")
    path, said = f"{API}/personal-restrictions/kinds", {"name": "Sabbatical"}
    said["effect"] = "nobody_asks"

    assert send(client, "post", path, manager, said).status_code == 403
    assert send(client, "post", path, admin, said).json()["code"] == "sabbatical"
    assert send(client, "post", path, admin, said).status_code == 409
    names = [each["name"] for each in client.get(path, headers=manager).json()]
    assert names.count("Sabbatical") == 1


def test_a_person_is_sent_the_address_of_their_own_page(post, organisation):
    one, silent = ClinicianFactory(), ClinicianFactory(email="")

    assert post("/consents/own-pages", {"clinician": str(one.pk)}).status_code == 204
    assert Delivery.objects.get().to_address == one.email
    assert post("/consents/own-pages", {"clinician": str(silent.pk)}).status_code == 409


@pytest.mark.parametrize("path", ["rows", "reversal"])
def test_rows_are_told_from_no_further_than_a_database_counts(client, organisation, path):
    token = bearer(organisation, "import_clinicians")

    answer = client.get(f"/api/v1/imports/{uuid.uuid4()}/{path}?offset={10**30}", headers=token)

    assert answer.status_code == 422
