"""A doctor's own page of what was given and is published: theirs alone."""

import pytest
from django.urls import reverse

from symposia.directory.letters import own_page_token
from symposia.finance.models import Posting
from symposia.reporting.actions.attributing import attribute_costs
from symposia.reporting.actions.disputes import answer_dispute
from symposia.reporting.actions.submissions import begin_submission
from symposia.reporting.models import SubmissionRow, TransferDispute, TransferOfValue
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory
from tests.factories.reporting import BodyAccountFactory
from tests.reporting.valued import arrive, company, meeting, paid


@pytest.fixture
def dined(organisation):
    """Two doctors at one dinner."""
    company(organisation)
    doctors = [ClinicianFactory(full_name=f"{name} Diner") for name in ("Ada", "Bo")]
    activity = meeting(came=0, taught=ClinicianFactory())
    for doctor in doctors:
        arrive(activity, doctor)
    paid(activity, amount="120.00")
    attribute_costs(activity, by=SYSTEM)
    return doctors


def page_of(client, organisation, doctor):
    token = own_page_token(doctor, organisation.code)
    return client.get(reverse("own_transfers_link", args=[token])).text


def theirs(doctor):
    return TransferOfValue.objects.get(clinician=doctor)


def test_one_reads_what_one_was_given_how_it_is_reported_and_by_whom(client, organisation, dined):
    ada, bo = dined

    page = page_of(client, organisation, ada)

    assert "USD 40.00 is at least USD 13.82." in page
    assert "Open Payments" in page
    assert organisation.name in page
    assert "Not yet" in page
    assert "Bo Diner" not in page
    assert str(theirs(bo).pk) not in page


def test_nothing_is_shown_to_a_link_for_something_else(client, organisation, dined):
    token = own_page_token(dined[0], organisation.code)

    for wrong in (token[:-2] + "xx", "nothing"):
        assert client.get(reverse("own_transfers_link", args=[wrong])).status_code == 404


def test_one_objects_reads_the_answer_and_takes_back(client, organisation, dined):
    ada, _bo = dined
    token = own_page_token(ada, organisation.code)
    args = [token, theirs(ada).pk]

    client.post(reverse("own_dispute_link", args=args), {"words": "I had left."})
    assert "I had left." in page_of(client, organisation, ada)
    client.post(reverse("own_dispute_removal_link", args=args))
    assert TransferDispute.objects.get().state == "withdrawn"
    client.post(reverse("own_dispute_link", args=args), {"words": "Really."})
    answer_dispute(TransferDispute.objects.open().get(), "upheld", "You signed.", by=SYSTEM)

    assert "You signed." in page_of(client, organisation, ada)


def test_nobody_objects_to_what_is_another_s(client, organisation, dined):
    ada, bo = dined
    args = [own_page_token(ada, organisation.code), theirs(bo).pk]

    objecting = client.post(reverse("own_dispute_link", args=args), {"words": "No"})
    taking_back = client.post(reverse("own_dispute_removal_link", args=args))

    assert (objecting.status_code, taking_back.status_code) == (404, 404)
    assert not TransferDispute.objects.exists()


def test_what_was_handed_in_says_when_and_by_whom(client, organisation, dined):
    ada, bo = dined
    BodyAccountFactory(body="cms")
    made = begin_submission("open_payments", 2026, by=SYSTEM)
    row = SubmissionRow.objects.get(source_key=theirs(ada).pk.hex)
    SubmissionRow.objects.filter(pk=row.pk).update(state="ready")
    SubmissionRow.objects.filter(pk=row.pk).update(state="sent")

    assert made.number in page_of(client, organisation, ada)
    assert made.number not in page_of(client, organisation, bo)


def test_who_is_signed_in_sees_the_same_and_prints_the_year(client, organisation, dined):
    ada, bo = dined
    user = member(organisation, "learner")
    ada.user = user
    ada.save(update_fields=["user"])
    client.force_login(user)

    page = client.get(reverse("own_transfers")).text
    assert "USD 40.00 is at least" in page
    assert "Bo Diner" not in page
    other = client.post(reverse("own_dispute", args=[theirs(bo).pk]), {"words": "No"})
    assert other.status_code == 404
    client.post(reverse("own_dispute", args=[theirs(ada).pk]), {"words": "Mine"})
    assert TransferDispute.objects.get().words == "Mine"
    paper = client.get(reverse("own_transfers_pdf", args=[2026]))
    assert paper.content.startswith(b"%PDF")
    assert client.get(reverse("own_transfers_pdf", args=[2025])).status_code == 404


def test_whoever_had_nothing_is_told_so(client, organisation):
    nobody = ClinicianFactory()

    assert "Nothing of value" in page_of(client, organisation, nobody)
    assert not Posting.objects.exists()
