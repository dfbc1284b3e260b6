"""Bills on a phone and on the desk of finance; nobody sees those of others by handing in theirs."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.finance.actions.bills import accept_bill
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.models import Bill, BudgetLine
from symposia.finance.queries import budget_of
from symposia.shared.tenancy import acting_in
from symposia.work.files import may_fetch
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.finance import PDF, committed, handed_in


def said(**more):
    return {
        "supplier": "Compass Events",
        "supplier_number": "CE-2201",
        "billed_on": "2026-01-05",
        "amount": "1,250.50",
        "currency": "usd",
        "what_for": "Stands and signs",
        "arrangement": "",
        "file": SimpleUploadedFile("bill.pdf", PDF, content_type="application/pdf"),
    } | more


@pytest.fixture
def activity(organisation):
    return committed()


@pytest.fixture
def agent(organisation, activity):
    return member(organisation, "agency", scope_kind="activity", scope_id=activity.pk)


@pytest.fixture
def officer(organisation):
    return member(organisation, "finance_officer")


def test_an_agency_hands_a_bill_in_and_reads_what_becomes_of_it(client, agent, activity, officer):
    client.force_login(agent)
    page = client.post(reverse("bill_new", args=[activity.pk]), said(), follow=True)

    bill = Bill.objects.get()
    assert (bill.amount_minor, bill.currency) == (125_050, "USD")
    assert bill.handed_in_by_id == agent.pk
    assert "Waits for finance" in page.text
    assert bill.number in client.get(reverse("activity_bills", args=[activity.pk])).text

    client.force_login(officer)
    back = client.post(
        reverse("bill_return", args=[bill.pk]), {"reason": "Sign it, please."}, follow=True
    )
    assert "Sent back" in back.text
    client.force_login(agent)
    assert "Sign it, please." in client.get(reverse("bill", args=[bill.pk])).text


def test_finance_accepts_it_and_the_ledger_names_it(client, activity, officer):
    bill = handed_in(activity)
    client.force_login(officer)
    assert "Compass Events" in client.get(reverse("activity_bills", args=[activity.pk])).text
    line = BudgetLine.objects.of(activity).first()

    page = client.post(
        reverse("bill_acceptance", args=[bill.pk]), {"line": str(line.pk)}, follow=True
    )

    assert "Accepted" in page.text
    assert bill.number in client.get(reverse("activity_money", args=[activity.pk])).text


def test_a_refused_form_keeps_what_was_written(client, activity, officer):
    bill = handed_in(activity, "1900")
    client.force_login(officer)
    line = BudgetLine.objects.of(activity).first()

    page = client.post(reverse("bill_acceptance", args=[bill.pk]), {"line": str(line.pk)})

    assert page.status_code == 422
    assert "USD 100.00 more than was estimated" in page.text
    assert f'value="{line.pk}" selected' in page.text


def test_the_second_of_the_same_bill_is_refused_on_the_form(client, agent, activity):
    first = handed_in(activity)
    client.force_login(agent)

    page = client.post(reverse("bill_new", args=[activity.pk]), said())

    assert page.status_code == 422
    assert first.number in page.text
    assert "Stands and signs" in page.text
    assert Bill.objects.count() == 1


def test_an_agency_sees_its_own_bills_alone_and_never_the_budget(client, agent, activity):
    other = handed_in(activity, supplier="Bay Hotels")
    own = handed_in(activity, supplier="Mine", by=agent.actor())
    client.force_login(agent)

    tab = client.get(reverse("activity_bills", args=[activity.pk])).text
    listed = client.get(reverse("bills")).text

    for page in (tab, listed):
        assert own.number in page
        assert other.number not in page
        assert "Bay Hotels" not in page
    assert client.get(reverse("bill", args=[other.pk])).status_code == 404
    assert client.get(reverse("activity_money", args=[activity.pk])).status_code == 403
    assert client.get(reverse("bill_acceptance", args=[own.pk])).status_code == 403


def test_why_finance_took_more_than_was_estimated_stays_in_the_house(
    client, agent, activity, officer
):
    bill = handed_in(activity, "1900", by=agent.actor())
    line = BudgetLine.objects.of(activity).first()
    said = Acceptance(line, reason="Confidential deal")
    accept_bill(bill, said, by=officer.actor())
    page = reverse("bill", args=[bill.pk])

    client.force_login(agent)
    theirs = client.get(page).text
    client.force_login(officer)
    ours = client.get(page).text

    assert "Accepted" in theirs
    assert "Confidential deal" not in theirs
    assert line.description not in theirs
    assert "Confidential deal" in ours


def test_the_file_is_for_those_who_see_the_bill(agent, activity, officer, organisation):
    own = handed_in(activity, by=agent.actor()).file
    other = handed_in(activity, supplier="Bay Hotels").file
    publisher = member(organisation, "publisher")

    def fetches(user, file):
        return may_fetch(access_of(user, organisation, at=now()), file, at=now())

    assert (fetches(agent, own), fetches(agent, other)) == (True, False)
    assert (fetches(officer, own), fetches(publisher, own)) == (True, False)


def test_a_brand_is_shown_no_bill_of_an_independent_activity(client, organisation):
    activity = committed(activity=ActivityFactory(state="draft", mode="independent"))
    bill = handed_in(activity)
    client.force_login(member(organisation, "brand_manager"))

    assert client.get(reverse("activity_bills", args=[activity.pk])).status_code == 403
    assert bill.number not in client.get(reverse("bills")).text


def test_one_takes_ones_own_bill_back(client, agent, activity):
    bill = handed_in(activity, by=agent.actor())
    client.force_login(agent)

    page = client.post(reverse("bill_withdrawal", args=[bill.pk]), follow=True)

    assert "The bill is taken back." in page.text
    assert "Hand it in again" in page.text


def test_a_bill_of_another_organisation_does_not_exist(client, officer):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = handed_in(committed())
    client.force_login(officer)

    assert client.get(reverse("bill", args=[foreign.pk])).status_code == 404
    back = client.post(reverse("bill_return", args=[foreign.pk]), {"reason": "x"})
    assert back.status_code == 404


def test_programs_hand_in_accept_and_fetch_with_the_same_gates(client, organisation, activity):
    agent, finance = key(organisation, "coordinator"), key(organisation, "finance_officer")
    sent = said(activity=str(activity.pk), amount="10.00", currency="USD")
    sent.pop("arrangement")
    made = client.post(f"{API}/bills", sent, headers=agent)
    assert made.status_code == 201, made.text
    pk = made.json()["id"]
    line = str(BudgetLine.objects.of(activity).first().pk)

    refused = client.post(f"{API}/bills/{pk}/acceptance", {"line": line}, JSON, headers=agent)
    accepted = client.post(f"{API}/bills/{pk}/acceptance", {"line": line}, JSON, headers=finance)
    listed = client.get(f"{API}/bills", headers=finance).json()["items"]
    file = client.get(f"{API}/bills/{pk}/file", headers=finance).json()

    assert refused.status_code == 403
    assert accepted.json()["state"] == "accepted"
    assert [each["state"] for each in listed] == ["Accepted"]
    assert file["sha256"] == accepted.json()["sha256"]
    assert "/f/" in file["url"]
    assert str(budget_of(activity).actual.amount) == "10.00"


def test_programs_send_back_take_back_and_read(client, organisation, activity):
    agent, finance = key(organisation, "coordinator"), key(organisation, "finance_officer")
    sent = said(activity=str(activity.pk), amount="10.00", currency="")
    sent.pop("arrangement")
    first = client.post(f"{API}/bills", sent, headers=agent).json()["id"]
    back = client.post(f"{API}/bills/{first}/returning", {"reason": "No"}, JSON, headers=finance)
    sent["file"] = SimpleUploadedFile("bill.pdf", PDF)
    second = client.post(f"{API}/bills", sent, headers=agent).json()["id"]
    taken = client.post(f"{API}/bills/{second}/withdrawal", headers=agent)

    assert back.json()["state"] == "returned"
    assert taken.json()["state"] == "withdrawn"
    assert client.get(f"{API}/bills/{second}", headers=agent).json()["currency"] == "USD"
    assert Bill.objects.filter(billed_on=date(2026, 1, 5)).count() == 2
