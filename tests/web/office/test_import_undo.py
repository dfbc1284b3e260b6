from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.permissions import Permission
from symposia.directory import tasks
from symposia.directory.imports.table import Meaning
from symposia.directory.models import Clinician, ImportUndo, UndoState
from symposia.work.background import cancel_job
from symposia.work.models import Job, JobState
from tests.directory.imports import bring_in, table_path
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.registrations import RegistrationFactory

MEANING = Meaning({"full_name": 0, "number": 1}, scheme="own", profession="physician")


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def made(organisation, tmp_path):
    rows = (("Name", "Number"), ("Ravi Iyer", "R1"), ("Mira Das", "M1"))
    return bring_in(organisation, table_path(tmp_path, *rows), meaning=MEANING)[0]


def at(made, name="import_undo"):
    return reverse(name, kwargs={"pk": made.pk})


def work(organisation, made):
    """Do what was asked for last, as a worker would."""
    job, undo = Job.objects.latest("requested_at"), ImportUndo.objects.get(made=made)
    task = tasks.weigh if undo.state == UndoState.WEIGHING else tasks.go_back
    task.run(str(organisation.pk), job_id=str(job.pk), import_id=str(made.pk))
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_an_import_is_looked_at_and_taken_back(client, organisation, coordinator, made):
    RegistrationFactory(clinician=Clinician.objects.get(full_name="Mira Das"))
    assert at(made) in client.get(at(made, "import_rows")).text
    opened = client.get(at(made)).text
    assert "It can be taken back until" in opened
    assert "See what can be taken back" in opened

    assert client.post(at(made, "import_undo_look")).url == at(made)
    assert "safe to leave" in client.get(at(made)).text
    work(organisation, made)
    looked = client.get(at(made)).text
    assert "Used since the import: 1 registration" in looked
    assert "Mira Das" in looked
    assert "Ravi Iyer" not in looked
    assert Clinician.objects.count() == 2

    assert client.post(at(made, "import_undo_run"), {"reason": ""}).status_code == 422
    assert "People removed: 1" in client.get(at(made, "import_undo_run")).text
    client.post(at(made, "import_undo_run"), {"reason": "The wrong file."})
    work(organisation, made)

    assert [one.full_name for one in Clinician.objects.all()] == ["Mira Das"]
    done = client.get(at(made)).text
    assert "This import was taken back." in done
    assert "The wrong file." in done
    assert "Used since the import: 1 registration" in done
    assert "What was taken back" in client.get(at(made, "import_rows")).text


def test_the_hour_until_which_it_can_be_taken_back_is_the_organisations(
    client, organisation, coordinator, made
):
    organisation.zone = "Asia/Kolkata"
    organisation.save()
    came_in = datetime(2031, 3, 1, 6, 30, tzinfo=UTC)
    ImportUndo.objects.update(imported_at=came_in)

    with time_machine.travel(came_in + timedelta(hours=1)):
        client.force_login(coordinator)
        page = client.get(at(made)).text

    assert "<bdi>12:00</bdi>" in page
    assert "IST" in page


def test_after_a_day_it_stands_and_the_page_says_so(client, organisation, coordinator, made):
    with time_machine.travel(now() + timedelta(hours=25)):
        client.force_login(coordinator)
        page = client.get(at(made)).text
        refused = client.post(at(made, "import_undo_look"), follow=True).text

        assert "An import is taken back within 24 hours" in page
        assert "An import is taken back within 24 hours" in refused
        assert at(made) not in client.get(at(made, "import_rows")).text
    assert ImportUndo.objects.get().state == UndoState.STANDING


def test_stopped_before_it_began_the_import_stands(client, organisation, coordinator, made):
    client.post(at(made, "import_undo_look"))
    job = Job.objects.latest("requested_at")
    cancel_job(job, by=coordinator.actor())

    tasks.weigh.run(str(organisation.pk), job_id=str(job.pk), import_id=str(made.pk))

    page = client.get(at(made)).text
    assert "Somebody stopped this before it began." in page
    assert "See what can be taken back" in page
    client.post(at(made, "import_undo_look"))
    assert ImportUndo.objects.get().state == UndoState.WEIGHING


def test_what_stays_is_a_file_too(client, organisation, coordinator, made):
    RegistrationFactory(clinician=Clinician.objects.get(full_name="Mira Das"))
    client.post(at(made, "import_undo_look"))
    work(organisation, made)

    response = client.get(at(made, "import_undo_csv"))

    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "1 registration" in lines[1]


def test_who_may_not_import_takes_nothing_back(client, organisation, made):
    client.force_login(member(organisation, "education_lead"))

    assert client.get(at(made)).status_code == 403
    assert client.post(at(made, "import_undo_look")).status_code == 403
    assert client.post(at(made, "import_undo_run"), {"reason": "x"}).status_code == 403


def test_an_import_of_another_organisation_does_not_exist(client, organisation, made):
    client.force_login(member(OrganisationFactory(), "coordinator"))

    assert client.get(at(made)).status_code == 404
    assert client.post(at(made, "import_undo_look")).status_code == 404
    assert client.post(at(made, "import_undo_run"), {"reason": "x"}).status_code == 404


def test_a_program_takes_an_import_back(client, organisation, coordinator, made):
    RegistrationFactory(clinician=Clinician.objects.get(full_name="Mira Das"))
    headers = key_of(coordinator, organisation, [Permission.IMPORT_CLINICIANS])
    path = f"/api/v1/imports/{made.pk}/reversal"

    def post(where, body=None):
        sent = {"content_type": "application/json", "headers": headers}
        return client.post(where, body or {}, **sent)

    assert client.get("/api/v1/imports", headers=headers).json()["count"] == 1
    blind = post(path, {"reason": "The wrong file."})
    assert (blind.status_code, blind.json()["code"]) == (409, "look_before_taking_back")
    assert post(f"{path}/rehearsal").status_code == 202
    work(organisation, made)
    told = client.get(path, headers=headers).json()
    assert told["counts"]["people"] == 1
    assert [each["why"] for each in told["staying"]] == ["Used since the import: 1 registration"]
    assert post(path, {"reason": "The wrong file."}).status_code == 202
    work(organisation, made)

    assert client.get(path, headers=headers).json()["state"] == "undone"
    assert client.get(path, {"offset": 5}, headers=headers).json()["staying"] == []
    narrow = key_of(coordinator, organisation, [Permission.VIEW_DIRECTORY])
    assert client.get(path, headers=narrow).status_code == 403
