"""Bringing the past by its pages: hand in, look, bring in, compare, sign, take back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from symposia.accounts.actions import end_membership
from symposia.accounts.models import Membership
from symposia.activities.models import Activity
from symposia.reporting.models import PastSignOff
from symposia.reporting.tasks import bring_past_in, look_at_past
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from symposia.work.models import Import, Job, StoredFile
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.credits import ama
from tests.factories.directory import ClinicianFactory

ROWS = (
    "Number before,Title,First day,Type,Credits\n"
    "2021-0042,Sepsis,2021-03-12,Live Course,1.25\n"
    "2021-0043,Stroke,2021-13-12,Live Course,1\n"
)


@pytest.fixture
def office(db):
    made = OrganisationFactory()
    client = Client()
    client.user = member(made, "coordinator")
    client.force_login(client.user)
    client.organisation = made
    return client


def text(response):
    return " ".join(response.content.decode().split())


def handed_in(office, rows=ROWS, kind="past_activities"):
    file = SimpleUploadedFile("past.csv", rows.encode(), content_type="text/csv")
    answer = office.post(reverse("past_new"), {"kind": kind, "file": file})
    work(office, look_at_past)
    with acting_in(office.organisation.pk):
        return answer, Import.objects.latest("made_at")


def work(office, task):
    """What the worker does with what was asked for last."""
    with acting_in(office.organisation.pk):
        job = Job.objects.filter(kind="import", state="queued").last()
        made = Import.objects.latest("made_at")
    if job:
        asked = {"import_id": str(made.pk), "person": str(office.user.pk)}
        task.run(str(office.organisation.pk), job_id=str(job.pk), **asked)


def test_a_file_is_handed_in_looked_at_brought_in_compared_and_signed(office):
    answer, made = handed_in(office)
    page = reverse("past_rows", kwargs={"pk": made.pk})
    assert answer["Location"] == page
    report = text(office.get(page))
    assert "a day since 1960" in report
    assert "2021-13-12" in report

    office.post(reverse("past_import", args=[made.pk]))
    work(office, bring_past_in)

    with acting_in(office.organisation.pk):
        activity = Activity.objects.get()
        assert activity.title == "Sepsis"
    assert "past.csv, row 2" in text(office.get(reverse("activity", args=[activity.pk])))
    sums = reverse("past_sums", args=[made.pk])
    assert "1 line does not come out even" in text(office.get(sums))
    unexplained = office.post(reverse("past_signature", args=[made.pk]), {"note": ""})
    assert unexplained.status_code == 422
    office.post(reverse("past_signature", args=[made.pk]), {"note": "Cancelled then"})
    assert "Cancelled then" in text(office.get(sums))
    with acting_in(office.organisation.pk):
        assert PastSignOff.objects.get().signed_by_id == office.user.pk


def test_a_file_is_taken_back_with_the_reason(office):
    _answer, made = handed_in(office)
    office.post(reverse("past_import", args=[made.pk]))
    work(office, bring_past_in)
    undo = reverse("past_undo", args=[made.pk])
    assert office.post(undo, {"reason": ""}).status_code == 422

    office.post(undo, {"reason": "The wrong file"})

    with acting_in(office.organisation.pk):
        assert not Activity.objects.exists()


def test_a_file_with_other_columns_is_refused_in_words(office):
    file = SimpleUploadedFile("past.csv", b"A,B\n1,2\n", content_type="text/csv")

    answer = office.post(reverse("past_new"), {"kind": "past_credits", "file": file})

    assert answer.status_code == 422
    assert "has no column for: Number or e-mail" in text(answer)


def test_a_file_that_is_refused_is_kept_nowhere(office, files, tmp_path):
    file = SimpleUploadedFile("past.csv", b"A,B\n1,2\n", content_type="text/csv")
    answer = office.post(reverse("past_new"), {"kind": "past_activities", "file": file})

    assert answer.status_code == 422
    with acting_in(office.organisation.pk):
        assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_file_that_is_too_large_is_refused_in_words(office, monkeypatch):
    monkeypatch.setattr("symposia.web.office.past.LARGEST", 10)
    file = SimpleUploadedFile("past.csv", ROWS.encode(), content_type="text/csv")

    answer = office.post(reverse("past_new"), {"kind": "past_activities", "file": file})

    assert answer.status_code == 422
    assert "larger than 25 MB" in text(answer)


def test_a_file_that_is_in_is_not_looked_at_again_from_an_old_page(office):
    _answer, made = handed_in(office)
    office.post(reverse("past_import", args=[made.pk]))
    work(office, bring_past_in)

    page = office.post(reverse("past_check", args=[made.pk]), follow=True)

    assert "This file was already imported." in text(page)
    with acting_in(office.organisation.pk):
        assert not Job.objects.filter(state="queued").exists()


def test_a_job_of_somebody_who_left_says_why_nothing_came_of_it(office):
    file = SimpleUploadedFile("past.csv", ROWS.encode(), content_type="text/csv")
    office.post(reverse("past_new"), {"kind": "past_activities", "file": file})
    with acting_in(office.organisation.pk):
        end_membership(Membership.objects.get(user=office.user), reason="Left", by=SYSTEM)

    with pytest.raises(Refused):
        work(office, look_at_past)

    with acting_in(office.organisation.pk):
        job = Job.objects.get(kind="import")
        assert job.state == "failed"
        assert "does not belong to this organisation" in job.problem
        made = Import.objects.get()
        assert made.state == "received"
        office.force_login(member(office.organisation, "coordinator"))
    page = text(office.get(reverse("past_rows", args=[made.pk])))
    assert "Look again" in page
    assert "Bring in what is new" not in page


def test_templates_are_taken_home(office):
    for form in ("csv", "xlsx", "fields"):
        answer = office.get(reverse("past_template", args=["past_credits", form]))
        assert answer.status_code == 200
    assert office.get(reverse("past_template", args=["past_parties", "csv"])).status_code == 404


def test_whoever_does_not_import_sees_no_file_of_the_past(office):
    _answer, made = handed_in(office)
    lead, other = Client(), Client()
    lead.force_login(member(office.organisation, "education_lead"))
    other.force_login(member(OrganisationFactory(), "coordinator"))

    assert lead.get(reverse("past_imports")).status_code == 403
    assert other.get(reverse("past_sums", args=[made.pk])).status_code == 404


def test_a_learner_reads_imported_credit_in_the_office_with_its_old_number(office):
    with acting_in(office.organisation.pk):
        person = ClinicianFactory(email="avery@example.org")
    rows = (
        "E-mail,Title,Date,Credit type,Credits,Certificate number\n"
        f"avery@example.org,Sepsis,2021-03-12,{ama().name},1.25,C-2021-17\n"
    )
    _answer, made = handed_in(office, rows, "past_credits")
    office.post(reverse("past_import", args=[made.pk]))
    work(office, bring_past_in)

    page = text(office.get(reverse("clinician_transcript", args=[person.pk])))

    assert "C-2021-17" in page
    assert "Imported" in page
