"""Transfers of value in the office: register, who had what, objections, dues, files, the wall."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from symposia.finance.models import Posting
from symposia.reporting.actions.attributing import Sharers, attribute_costs, say_who_had
from symposia.reporting.actions.disputes import dispute_transfer
from symposia.reporting.actions.years import reckon_years
from symposia.reporting.models import (
    RecipientFacts,
    Submission,
    SubmissionRow,
    TransferDispute,
    TransferOfValue,
    YearlyDue,
)
from symposia.reporting.transfers.sharing import Had
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.directory import ClinicianFactory, InstitutionFactory
from tests.factories.reporting import BodyAccountFactory
from tests.reporting.valued import meeting, paid


@pytest.fixture
def office(db, files):
    made = OrganisationFactory(kind="company")
    client = Client()
    client.force_login(member(made, "finance_officer"))
    client.organisation = made
    return client


def divided(office, **facts):
    with acting_in(office.organisation.pk):
        activity = meeting(**facts)
        paid(activity)
        attribute_costs(activity, by=SYSTEM)
        reckon_years(by=SYSTEM)
        return activity


def first(office, model=TransferOfValue):
    with acting_in(office.organisation.pk):
        return model.objects.earliest("pk")


def text(response):
    return " ".join(response.content.decode().split())


def test_the_register_says_of_each_why_and_narrows_by_links(office):
    activity = divided(office)

    page = text(office.get(reverse("transfers")))
    narrow = text(office.get(reverse("transfers"), {"scheme": "efpia"}))
    sheet = b"".join(office.get(reverse("transfers_csv")).streaming_content).decode()

    assert "USD 25.00 is at least USD 13.82." in page
    assert activity.number in page
    assert activity.number not in narrow
    assert sheet.count("USD 25.00 is at least") == 4


def test_a_transfer_explains_its_figure_and_takes_what_files_ask(office):
    divided(office)
    one = first(office)
    page = text(office.get(reverse("transfer", args=[one.pk])))
    assert "which 4 people shared: 3 who came, 1 who taught" in page
    assert "to verify with the body" in page

    to = reverse("transfer_recipient", args=[one.pk])
    assert "Primary type" in text(office.get(to))
    said = {"street": "1 Quay", "postal_code": "02110", "body_type": "Medical Doctor"}
    assert office.post(to, said).status_code == 302
    assert first(office, RecipientFacts).street == "1 Quay"


def test_who_had_a_cost_is_chosen_among_those_who_were_there(office):
    activity = divided(office)
    with acting_in(office.organisation.pk):
        posting = Posting.objects.get(line__category="meals")
    page = reverse("activity_transfers", args=[activity.pk])
    assert "Adds up" in text(office.get(page))
    to = reverse("transfer_cost", args=[activity.pk, posting.pk])

    keys = re.findall(r'name="people" value="([0-9a-f]+)"', office.get(to).content.decode())
    assert len(keys) == 4
    assert "Choose who had it" in text(office.post(to, {"staff": "0"}))
    office.post(to, {"people": keys[:1], "staff": "1"})

    shown = text(office.get(page))
    assert "USD 50.00 of USD 100.00, which 2 people shared, as" in shown
    assert office.get(to).content.decode().count("checked") == 1
    assert (
        office.post(reverse("activity_transfers_division", args=[activity.pk])).status_code == 302
    )


def test_a_grant_goes_to_an_organisation_of_the_directory(office):
    activity = divided(office, mode="independent")
    with acting_in(office.organisation.pk):
        posting = paid(activity, "faculty", "900.00")
        place = InstitutionFactory()
    to = reverse("transfer_cost", args=[activity.pk, posting.pk])
    field = re.search(r'name="(paid_[0-9a-f]+)"', office.get(to).content.decode())[1]

    unknown = office.post(to, {"staff": "0", "organisation": "Nowhere"})
    assert "no organisation of this name" in text(unknown)
    said = {"staff": "0", "organisation": place.name, field: "300.00"}
    assert office.post(to, said).status_code == 302

    page = text(office.get(reverse("activity_transfers", args=[activity.pk])))
    assert f"a grant for independent education to {place.name}" in page
    assert "paid out of the grant of USD 900.00" in page


def test_an_objection_is_answered_where_it_stands(office):
    divided(office)
    one = first(office)
    with acting_in(office.organisation.pk):
        dispute = dispute_transfer(one, one.clinician, "I was not there.", by=SYSTEM)
    assert "I was not there." in text(office.get(reverse("transfer_disputes")))
    to = reverse("transfer_dispute_answer", args=[dispute.pk])

    assert office.post(to, {"state": "upheld", "answer": ""}).status_code == 422
    refused = office.post(to, {"state": "corrected", "answer": "Yes"}, follow=True)
    assert "Nothing of the entry has changed since." in text(refused)
    office.post(to, {"state": "upheld", "answer": "You signed the sheet."})

    assert first(office, TransferDispute).state == "upheld"
    assert "You signed the sheet." in text(office.get(reverse("transfer", args=[one.pk])))


def test_a_year_is_owed_set_aside_and_owed_again(office):
    divided(office)
    due = first(office, YearlyDue)
    page = reverse("yearly_due", args=[due.pk])

    assert "Open Payments: general" in text(office.get(reverse("yearly_dues")))
    assert "Records are kept until" in text(office.get(page))
    to = reverse("yearly_due_waiver", args=[due.pk])
    assert office.post(to, {"reason": ""}).status_code == 422
    office.post(to, {"reason": "The parent reports it."})
    assert "The parent reports it." in text(office.get(page))
    again = office.post(reverse("yearly_due_reopening", args=[due.pk]), follow=True)
    assert "It is owed again." in text(again)


def test_a_file_is_begun_tried_held_and_mended_from_its_records(office):
    divided(office)
    new = reverse("transfer_file_new")
    asked = {"kind": "open_payments", "year": "2026"}
    assert "its number of the provider" in text(office.post(new, asked))
    with acting_in(office.organisation.pk):
        BodyAccountFactory(body="cms")
    office.post(new, asked)
    made, row = first(office, Submission), first(office, SubmissionRow)

    page = text(office.get(reverse("transfer_file", args=[made.pk])))
    assert "Held back" in page
    assert "expected 1 to 55 characters, kept" in page
    record = text(office.get(reverse("transfer_record", args=[row.pk])))
    assert "The transfer and its recipient" in record
    check = office.post(reverse("transfer_file_check", args=[made.pk]), follow=True)
    assert "No record of this file can be sent" in text(check)
    assert office.get(reverse("transfer_file_trial", args=[made.pk, "csv"])).status_code == 302
    office.post(reverse("transfer_file_discarding", args=[made.pk]))
    assert first(office, Submission).state == "discarded"


@pytest.mark.parametrize("ending", ["xlsx", "csv", "txt"])
def test_a_disclosure_is_tried_in_each_of_its_files(office, ending):
    with acting_in(office.organisation.pk):
        doctor = ClinicianFactory(country="DE", city="Berlin", region="")
        activity = meeting(came=0, taught=doctor)
        fee = paid(activity, "faculty", "450.00")
        had = Had(doctor.full_name, clinician_id=doctor.pk)
        say_who_had(fee, Sharers([had]), by=SYSTEM)
    year = first(office).year
    office.post(reverse("transfer_file_new"), {"kind": "efpia", "year": year})
    made = first(office, Submission)

    tried = office.get(reverse("transfer_file_trial", args=[made.pk, ending]))

    assert (tried.status_code, bool(tried.content)) == (200, True)
    assert f"trial-{made.number}.{ending}" in tried["Content-Disposition"]


def test_files_of_money_are_not_among_those_of_education_and_the_other_way(office):
    divided(office)
    with acting_in(office.organisation.pk):
        BodyAccountFactory(body="cms")
    office.post(reverse("transfer_file_new"), {"kind": "open_payments", "year": "2026"})
    made = first(office, Submission)
    coordinator = Client()
    coordinator.force_login(member(office.organisation, "coordinator"))

    assert made.number in text(office.get(reverse("transfer_files")))
    assert made.number not in text(coordinator.get(reverse("submissions")))
    assert coordinator.get(reverse("submission", args=[made.pk])).status_code == 404
    assert office.get(reverse("submissions")).status_code == 403


def test_whom_the_wall_keeps_from_people_sees_no_recipient(office):
    activity = divided(office)
    one, brand = first(office), Client()
    brand.force_login(member(office.organisation, "brand_manager"))

    assert activity.number not in text(brand.get(reverse("transfers")))
    for page in (("transfer", one.pk), ("activity_transfers", activity.pk)):
        assert brand.get(reverse(page[0], args=[page[1]])).status_code in {403, 404}


def test_another_organisations_transfers_do_not_exist(office):
    other = Client()
    other.organisation = OrganisationFactory(kind="company")
    activity = divided(other)
    one = first(other)

    for name, pk in (
        ("transfer", one.pk),
        ("activity_transfers", activity.pk),
        ("yearly_due", first(other, YearlyDue).pk),
        ("transfer_record", uuid.uuid4()),
    ):
        assert office.get(reverse(name, args=[pk])).status_code == 404
