"""Reports to bodies in the office: what is owed, files of records, answers, what bodies ask."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from symposia.reporting.actions.submissions import begin_submission
from symposia.reporting.models import (
    ActivityFacts,
    BodyAccount,
    CommercialSupport,
    LearnerIdentity,
    RowState,
    Submission,
    SubmissionRow,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditOfferFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.reporting import BodyAccountFactory, DueReportFactory


@pytest.fixture
def office(db):
    made = OrganisationFactory()
    client = Client()
    client.force_login(member(made, "coordinator"))
    client.organisation = made
    return client


def has(office, **facts):
    with acting_in(office.organisation.pk):
        activity = ActivityFactory(state="held", city="Boston", country="US", **facts)
        CreditOfferFactory(activity=activity)
        return activity


def text(response):
    return " ".join(response.content.decode().split())


def test_what_is_owed_is_listed_shown_taken_and_set_aside(office):
    with acting_in(office.organisation.pk):
        due = DueReportFactory()
    page = reverse("due_report", args=[due.pk])

    assert "PARS: activities" in text(office.get(reverse("due_reports")))
    assert "to verify with the body" in text(office.get(page))
    office.post(reverse("due_report_ownership", args=[due.pk]))
    refused = office.post(reverse("due_report_waiver", args=[due.pk]), {"reason": ""})
    assert refused.status_code == 422
    waived = {"reason": "Another provider reports it."}
    office.post(reverse("due_report_waiver", args=[due.pk]), waived)
    assert "Another provider reports it." in text(office.get(page))
    again = office.post(reverse("due_report_reopening", args=[due.pk]), follow=True)
    assert "It is owed again." in text(again)


def test_another_organisations_reports_do_not_exist(office):
    other = OrganisationFactory()
    with acting_in(other.pk):
        due = DueReportFactory()

    assert office.get(reverse("due_report", args=[due.pk])).status_code == 404
    assert office.get(reverse("submission_row", args=[uuid.uuid4()])).status_code == 404
    assert office.get(reverse("body_account", args=["nobody"])).status_code == 404


def test_what_bodies_ask_of_an_activity_is_kept(office):
    activity = has(office)
    page = reverse("activity_reports", args=[activity.pk])
    assert "Not said yet" in text(office.get(page))

    facts = {
        "region": "ma",
        "providership": "direct",
        "has_support": "yes",
        "measured": "knowledge",
    }
    office.post(reverse("activity_report_facts", args=[activity.pk]), facts)
    gift = {"source": "Invented Pharma", "amount": "500"}
    office.post(reverse("activity_support", args=[activity.pk]), gift)
    said = text(office.get(page))
    assert "Invented Pharma" in said
    with acting_in(office.organisation.pk):
        kept = ActivityFacts.objects.get(activity=activity)
        support = CommercialSupport.objects.get(activity=activity)
    assert (kept.region, kept.has_support, kept.measured) == ("MA", True, ["knowledge"])
    joint = facts | {"providership": "joint"}
    refused = office.post(reverse("activity_report_facts", args=[activity.pk]), joint)
    assert refused.status_code == 422
    assert "Name the organisation" in text(refused)
    assert "Enter an amount" in text(
        office.post(reverse("activity_support", args=[activity.pk]), {"source": "A"}, follow=True)
    )
    office.post(reverse("activity_support_removal", args=[activity.pk, support.pk]))
    assert "Invented Pharma" not in text(office.get(page))


def test_a_file_goes_its_way_on_the_page(office):
    activity = has(office)
    new = reverse("submission_new")
    wanted = {"kind": "pars_activities", "year": activity.wall_ends.year}
    assert "Enter first as what ACCME PARS knows" in text(office.post(new, wanted))
    office.post(reverse("body_account", args=["pars"]), {"provider_number": "0004567"})

    page = office.post(new, wanted).url
    assert "Say whether a company supported the activity." in text(office.get(page))
    with acting_in(office.organisation.pk):
        file = Submission.objects.get()
    assert "as it is" in text(
        office.get(reverse("submission_trial", args=[file.pk, "xml"]), follow=True)
    )
    facts = {"region": "MA", "providership": "direct", "has_support": "no"}
    office.post(reverse("activity_report_facts", args=[activity.pk]), facts)
    office.post(reverse("submission_check", args=[file.pk]))
    shown = text(office.get(page))
    assert f"{file.number}.xml" in shown
    assert "I have handed it in" in shown
    office.post(reverse("submission_sending", args=[file.pk]), {"channel": "upload"})
    answer = f"record,status,code,message\n{activity.number},rejected,7,Wrong state\n".encode()
    sent = {"file": SimpleUploadedFile("answer.csv", answer, content_type="text/csv")}
    said = office.post(reverse("submission_answer", args=[file.pk]), sent, follow=True)
    assert "1 record was rejected." in text(said)
    assert "Wrong state" in text(office.get(reverse("rejected_records")))
    with acting_in(office.organisation.pk):
        row = SubmissionRow.objects.get(submission=file)
    assert "Wrong state" in text(office.get(reverse("submission_row", args=[row.pk])))
    again = office.post(reverse("submission_correction", args=[file.pk]), follow=True)
    assert "stands in a file of its own now" in text(again)
    with acting_in(office.organisation.pk):
        row.refresh_from_db()
    assert row.state == RowState.RESENT


def test_what_was_mistyped_is_said_beside_its_field(office):
    page = reverse("submission_new")
    shown = text(office.get(page, {"year": "²²²²"}))
    assert "New file to a body" in shown

    wrong = {"kind": "pars_activities", "year": 2026, "activity": "ACT-2026-O142"}
    refused = office.post(page, wrong)

    assert refused.status_code == 422
    assert "No activity has the number ACT-2026-O142." in text(refused)


def test_the_web_service_is_offered_where_there_is_one_and_a_draft_is_tried(office):
    activity = has(office)
    with acting_in(office.organisation.pk):
        BodyAccountFactory()
        file = begin_submission("pars_activities", activity.wall_ends.year, by=SYSTEM)
    facts = {"region": "MA", "providership": "direct", "has_support": "no"}
    office.post(reverse("activity_report_facts", args=[activity.pk]), facts)
    office.post(reverse("submission_check", args=[file.pk]))
    page = reverse("submission", args=[file.pk])
    assert "through the web service" not in text(office.get(page))
    secret = {"provider_number": "1", "address": "https://body.example/", "key": "secret"}
    office.post(reverse("body_account", args=["pars"]), secret)

    assert "Send it through the web service" in text(office.get(page))
    trial = office.get(reverse("submission_trial", args=[file.pk, "json"]))
    assert trial["Content-Type"] == "application/json"
    assert activity.number in trial.content.decode()
    assert office.get(reverse("submission_trial", args=[file.pk, "exe"])).status_code == 302
    with acting_in(office.organisation.pk):
        assert "secret" not in BodyAccount.objects.get().key
    office.post(reverse("submission_discarding", args=[file.pk]))
    assert "Discarded" in text(office.get(page))


def test_an_answer_that_is_none_is_refused_in_words(office):
    activity = has(office)
    with acting_in(office.organisation.pk):
        BodyAccountFactory()
        file = begin_submission("pars_activities", activity.wall_ends.year, by=SYSTEM)
    answer = {"file": SimpleUploadedFile("answer.csv", b"hello")}
    url = reverse("submission_answer", args=[file.pk])

    assert "was not sent" in text(office.post(url, answer, follow=True))
    assert "This field is required" in text(office.post(url, {}, follow=True))


def test_as_whom_bodies_know_a_learner_is_kept(office):
    with acting_in(office.organisation.pk):
        clinician = ClinicianFactory()
    page = reverse("learner_identity", args=[clinician.pk])
    said = {"given": "Avery", "family": "Example", "born": "31.3.70"}

    assert "Write the day of birth as" in text(office.post(page, said))
    office.post(page, said | {"born": "1970-03-31"})

    with acting_in(office.organisation.pk):
        assert LearnerIdentity.objects.get(clinician=clinician).born == "1970-03-31"
    assert "Avery" in text(office.get(reverse("learner_identities")))
