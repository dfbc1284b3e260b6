import io

import pytest
import xlsxwriter
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from benchmarks import nppes_file
from symposia.audit.models import Entry
from symposia.directory import tasks
from symposia.directory.models import Clinician
from symposia.shared.tenancy import acting_in
from symposia.work.models import Import, ImportState, Job, JobState, StoredFile
from symposia.work.tasks import drop_content
from tests.directory.imports import nppes_row
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.directory import TerritoryFactory

OWN = (
    "Doctor name;Council;Reg no;Mail;Hospital;City\n"
    "Asha Rao;Maharashtra;MH/123;asha@example.org;Bhima Hospital;Pune\n"
    "No Number;;;;Bhima Hospital;Pune\n"
    "Wrong Mail;Goa;G1;not-an-address;;\n"
)


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def test_medical_affairs_brings_in_the_doctors_of_its_campaigns(client, organisation):
    client.force_login(member(organisation, "medical_affairs"))

    assert client.get(reverse("imports")).status_code == 200
    assert reverse("imports") in client.get(reverse("clinicians")).text


def hand_in(client, content, name="doctors.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(reverse("import_receive"), {"file": file})


def work(organisation):
    """Do what was asked for last, as a worker would."""
    job, made = Job.objects.latest("requested_at"), Import.objects.latest("made_at")
    task = tasks.check if made.state == ImportState.CHECKING else tasks.bring_in
    task.run(str(organisation.pk), job_id=str(job.pk), import_id=str(made.pk))
    job.refresh_from_db()
    made.refresh_from_db()
    assert job.state == JobState.DONE
    return made


def nppes(*rows):
    return "".join([nppes_file.line(list(nppes_file.COLUMNS)), *map(nppes_file.line, rows)])


def columns(client, made):
    """The form of the columns as it opens."""
    form = client.get(reverse("import_columns", args=[made.pk])).context["form"]
    return {
        name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()
    }


def test_the_register_file_is_recognised_checked_and_imported(client, organisation, coordinator):
    response = hand_in(client, nppes(nppes_row(1), nppes_row(2, NPI="1234567890")))
    made = Import.objects.get()
    page = reverse("import_rows", kwargs={"pk": made.pk})
    assert response.url == page
    assert "safe to leave" in client.get(page).content.decode()

    made = work(organisation)
    shown = client.get(page).content.decode()
    assert "check digit of the NPI does not hold" in shown
    assert "Import 1 row" in shown
    assert not Clinician.objects.exists()

    client.post(reverse("import_run", args=[made.pk]))
    made = work(organisation)
    assert made.state == ImportState.DONE
    assert Clinician.objects.count() == 1


def test_columns_of_an_own_file_are_guessed_and_remembered(client, organisation, coordinator):
    response = hand_in(client, OWN)
    made = Import.objects.get()
    assert response.url == reverse("import_columns", args=[made.pk])
    came_back_to = client.get(reverse("import_rows", kwargs={"pk": made.pk})).content.decode()
    assert response.url in came_back_to
    assert "Check again" not in came_back_to
    first = columns(client, made)
    assert (first["full_name"], first["number"], first["email"]) == ("0", "2", "3")

    answers = first | {"scheme": "smc", "for_all_profession": "physician", "for_all_country": "in"}
    client.post(reverse("import_match", args=[made.pk]), answers)
    made = work(organisation)
    assert (made.counts["new"], made.counts["rejected"]) == (1, 2)
    client.post(reverse("import_run", args=[made.pk]))
    work(organisation)

    one = Clinician.objects.get()
    assert (one.profession, one.country, one.institution.name) == (
        "physician",
        "IN",
        "Bhima Hospital",
    )
    number = one.identifiers.get()
    assert (number.scheme, number.issuer, number.written) == ("smc", "Maharashtra", "MH/123")

    hand_in(client, OWN)
    again = columns(client, Import.objects.latest("made_at"))
    assert (again["scheme"], again["for_all_country"]) == ("smc", "IN")


def test_the_dry_run_names_the_columns_that_are_not_read(client, organisation, coordinator):
    content = (
        "Name;NPI;Licence valid until;Comments\n"
        "Avery Example;1234567893;31/12/2027;came late\n\n"
        "Uma Verdugo;1234567802;2026-13-45;\n"
    )
    hand_in(client, content)
    made = Import.objects.get()
    answers = columns(client, made)
    client.post(
        reverse("import_match", args=[made.pk]), answers | {"for_all_profession": "physician"}
    )
    made = work(organisation)

    page = client.get(reverse("import_rows", kwargs={"pk": made.pk})).text

    assert "2 columns are not read: Licence valid until, Comments." in page
    assert "1 · An empty line" in page
    assert made.counts["skipped"] == 1
    assert f"Import {made.counts['new']} row" in page


def test_a_workbook_is_read_too(client, organisation, coordinator):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([["Name", "NPI"], ["Avery Example", 1234567893]]):
            sheet.write_row(place, 0, row)

    hand_in(client, content.getvalue(), "doctors.xlsx")
    made = Import.objects.get()
    answers = columns(client, made)
    assert (answers["scheme"], answers["for_all_profession"]) == ("npi", "")
    client.post(
        reverse("import_match", args=[made.pk]), answers | {"for_all_profession": "physician"}
    )
    made = work(organisation)

    assert made.counts["new"] == 1


@pytest.mark.parametrize(
    ("left_open", "said"),
    [
        ({"for_all_profession": "physician"}, "Say which register the numbers are of."),
        ({"scheme": "smc"}, "This field is required."),
    ],
)
def test_what_the_file_does_not_say_is_asked_and_not_guessed(
    client, organisation, coordinator, left_open, said
):
    hand_in(client, OWN)
    made = Import.objects.get()

    first = columns(client, made)
    answer = client.post(reverse("import_match", args=[made.pk]), first | left_open)

    assert (first["scheme"], first["for_all_profession"]) == ("", "")
    assert answer.status_code == 422
    assert said in answer.text
    made.refresh_from_db()
    assert made.state == ImportState.RECEIVED


def test_the_page_that_waits_fetches_all_of_itself(client, organisation, coordinator):
    hand_in(client, nppes(nppes_row(1)))
    page = reverse("import_rows", kwargs={"pk": Import.objects.get().pk})

    waiting = client.get(page).text
    work(organisation)

    assert 'hx-select="#main" hx-target="#main"' in waiting
    assert "hx-select" not in client.get(page).text


def test_columns_that_recognise_nobody_are_refused(client, organisation, coordinator):
    hand_in(client, OWN)
    made = Import.objects.get()
    answers = columns(client, made) | {"number": "", "email": "", "for_all_profession": "other"}

    response = client.post(reverse("import_match", args=[made.pk]), answers)

    assert response.status_code == 422
    assert "Say which column holds the name" in response.content.decode()
    made.refresh_from_db()
    assert made.state == ImportState.RECEIVED


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04broken"])
def test_what_cannot_be_read_is_said(client, organisation, coordinator, content):
    response = hand_in(client, content)

    assert response.status_code == 422
    assert not Import.objects.exists()


def test_an_import_is_not_done_twice(client, organisation, coordinator):
    hand_in(client, nppes(nppes_row(1)))
    made = work(organisation)
    client.post(reverse("import_run", args=[made.pk]))
    work(organisation)

    response = client.post(reverse("import_run", args=[made.pk]), follow=True)

    assert "already imported" in response.content.decode()


def test_the_report_is_a_file_too(client, organisation, coordinator):
    hand_in(client, nppes(nppes_row(1), nppes_row(2, NPI="1234567890")))
    made = work(organisation)

    response = client.get(
        reverse("import_rows_csv", kwargs={"pk": made.pk}), {"outcome": "rejected"}
    )

    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "1234567890" in lines[1]


def test_imports_of_another_organisation_do_not_exist(client, organisation, coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = Import.objects.create(
            kind="clinicians", file_name="x", sha256="0" * 64, header_hash="", made_by_name="x"
        )

    assert client.get(reverse("import_rows", kwargs={"pk": foreign.pk})).status_code == 404
    assert client.post(reverse("import_run", args=[foreign.pk])).status_code == 404


def test_who_may_not_import_is_told_so(client, organisation):
    client.force_login(member(organisation, "education_lead"))

    assert client.get(reverse("import_new")).status_code == 403
    assert hand_in(client, OWN).status_code == 403


def removal(made):
    return reverse("import_file_removal", args=[made.pk])


def test_what_was_handed_in_is_removed_with_a_reason_once_its_rows_are_in(
    client, organisation, coordinator
):
    hand_in(client, nppes(nppes_row(1)))
    made = work(organisation)
    kept = StoredFile.objects.get()
    early = client.post(removal(made), {"reason": "Too early."}, follow=True).text
    assert "needed until its rows are imported" in early
    client.post(reverse("import_run", args=[made.pk]))
    work(organisation)

    assert client.post(removal(made), {"reason": " "}).status_code == 422
    client.post(removal(made), {"reason": "Holds more than we may keep."})

    kept.refresh_from_db()
    assert kept.deleted_at
    drop_content.run(str(organisation.pk), file_id=str(kept.pk))
    assert not default_storage.exists(kept.storage_name)
    reasons = Entry.objects.filter(action__in=["file.removed", "import.file_removed"])
    assert {entry.reason for entry in reasons} == {"Holds more than we may keep."}
    page = client.get(reverse("import_rows", kwargs={"pk": made.pk})).text
    assert "Remove the file" not in page
    assert client.get(removal(made)).status_code == 404


def test_the_file_of_another_organisation_is_removed_by_nobody_here(
    client, organisation, coordinator
):
    hand_in(client, nppes(nppes_row(1)))
    made = Import.objects.get()
    client.force_login(member(OrganisationFactory(), "coordinator"))

    assert client.post(removal(made), {"reason": "x"}).status_code == 404


def test_a_file_may_change_anybody_so_a_right_over_a_part_hands_in_none(client, organisation):
    """Rows find people by number and address wherever they are."""
    mine = TerritoryFactory()
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    everywhere = member(organisation, "coordinator")
    client.force_login(everywhere)
    hand_in(client, OWN)
    made, file = Import.objects.get(), StoredFile.objects.get()
    user = member(organisation, "coordinator", **scope)
    client.force_login(user)

    assert hand_in(client, OWN).status_code == 403
    pages = {
        "get": ("imports", "import_new", "import_rows", "import_columns", "import_undo"),
        "post": ("import_match", "import_check", "import_run", "import_undo_look"),
    }
    for method, names in pages.items():
        for name in names:
            needs = [] if name in {"imports", "import_new"} else [made.pk]
            answer = getattr(client, method)(reverse(name, args=needs))
            assert (name, answer.status_code) == (name, 403)
    assert client.get(reverse("file", args=[file.pk])).status_code == 404
    assert reverse("imports") not in client.get(reverse("clinicians")).text
    caller = key_of(user, organisation, ["view_directory", "import_clinicians"])
    api = "/api/v1/imports"
    asked = [
        client.get(api, headers=caller),
        client.get(f"{api}/{made.pk}/reversal", headers=caller),
        client.post(f"{api}/{made.pk}/reversal/rehearsal", headers=caller),
    ]
    assert [each.status_code for each in asked] == [403, 403, 403]
    assert Import.objects.get().state == made.state

    key = key_of(everywhere, organisation, ["view_directory", "import_clinicians"])
    assert client.get(api, headers=key).status_code == 200
    client.force_login(everywhere)
    assert reverse("imports") in client.get(reverse("clinicians")).text
    assert client.get(reverse("import_rows", args=[made.pk])).status_code == 200
