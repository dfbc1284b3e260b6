"""The past brought by a program: handed in, read row by row, brought in, compared, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.audit.models import Entry
from symposia.reporting.tasks import bring_past_in, look_at_past
from symposia.shared.tenancy import acting_in
from symposia.work.models import Job, StoredFile
from tests.factories.accounts import OrganisationFactory, key_of, member

ROWS = "Number before,Title,First day,Type\n2021-0042,Sepsis,2021-03-12,Live\n7,,2021-03-12,Live\n"


@pytest.fixture
def client(db):
    made = OrganisationFactory()
    user = member(made, "coordinator")
    with acting_in(made.pk):
        headers = key_of(user, made, [Permission.IMPORT_CLINICIANS])
    client = Client(headers=headers)
    client.organisation, client.user = made, user
    return client


def work(client, task, pk):
    with acting_in(client.organisation.pk):
        job = Job.objects.filter(state="queued").last()
    asked = {"import_id": pk, "person": str(client.user.pk)}
    task.run(str(client.organisation.pk), job_id=str(job.pk), **asked)


def test_a_program_brings_the_past_and_takes_it_back(client):
    file = SimpleUploadedFile("past.csv", ROWS.encode(), content_type="text/csv")
    made = client.post("/api/v1/past-files", {"kind": "past_activities", "file": file})
    assert made.status_code == 201
    address = f"/api/v1/past-files/{made.json()['id']}"
    work(client, look_at_past, made.json()["id"])

    assert client.get(address).json()["counts"] == {"new": 1, "rejected": 1, "rows": 2}
    wrong = client.get(f"{address}/rows").json()["rows"][1]
    assert (wrong["line"], wrong["field"], wrong["expected"]) == (3, "Title", "something")
    assert client.post(f"{address}/rows").status_code == 202
    work(client, bring_past_in, made.json()["id"])
    assert client.get(f"{address}/sums").json()["lines"][0]["difference"] == 1
    back = client.post(
        f"{address}/reversal", {"reason": "Wrong file"}, content_type="application/json"
    )
    assert back.json()["state"] == "undone"
    with acting_in(client.organisation.pk):
        assert not Activity.objects.exists()


def test_a_program_takes_the_template_home(client):
    told = client.get("/api/v1/past-files/templates/past_credits").json()

    assert told["csv"].startswith("Number or e-mail")
    assert {each["name"] for each in told["columns"]} >= {"certificate_number", "amount"}


def test_a_program_is_refused_a_file_that_says_nothing(client):
    file = SimpleUploadedFile("past.csv", b"A,B\n1,2\n", content_type="text/csv")

    answer = client.post("/api/v1/past-files", {"kind": "past_credits", "file": file})

    assert answer.json()["code"] == "past_columns"
    with acting_in(client.organisation.pk):
        assert not StoredFile.objects.exists()


def test_what_a_program_asks_for_is_done_in_the_name_of_its_owner(client):
    file = SimpleUploadedFile("past.csv", ROWS.encode(), content_type="text/csv")
    made = client.post("/api/v1/past-files", {"kind": "past_activities", "file": file}).json()

    work(client, look_at_past, made["id"])

    with acting_in(client.organisation.pk):
        entry = Entry.objects.get(action="past.checked")
        assert (entry.actor_kind, entry.actor_id) == ("person", client.user.pk)
