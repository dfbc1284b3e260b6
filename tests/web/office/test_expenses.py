"""Receipts on the desk of finance; nobody sees those of others by handing in theirs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.vault import papers_for
from symposia.finance.models import BudgetLine, Expense
from symposia.finance.queries import budget_of
from symposia.shared.tenancy import acting_in
from symposia.work.files import may_fetch
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.finance import committed, receipt_photo, spent_at
from tests.factories.registrations import RegistrationFactory
from tests.work.pictures import photo


def said(**more):
    return {
        "kind": "meals",
        "paid_to": "Bay Hotels",
        "spent_on": "2026-01-05",
        "amount": "1,250.50",
        "currency": "usd",
        "attendees": "",
        "faculty": "",
        "staff": "1",
        "what_for": "",
        "file": SimpleUploadedFile("IMG_1.jpg", receipt_photo(), content_type="image/jpeg"),
    } | more


@pytest.fixture
def activity(organisation):
    made = committed()
    for _came in range(4):
        EvidenceFactory(registration=RegistrationFactory(activity=made))
    return made


@pytest.fixture
def agent(organisation, activity):
    return member(organisation, "agency", scope_kind="activity", scope_id=activity.pk)


@pytest.fixture
def officer(organisation):
    return member(organisation, "finance_officer")


def test_a_receipt_is_handed_in_and_comes_back_with_words(client, agent, activity, officer):
    client.force_login(agent)
    page = client.post(reverse("expense_new", args=[activity.pk]), said(), follow=True)

    expense = Expense.objects.get()
    assert (expense.amount_minor, expense.currency, expense.heads) == (125_050, "USD", 5)
    assert "Waits for finance" in page.text
    assert "USD 250.10 a person" in page.text
    assert "Shared by 5: doctors 4, faculty 0, staff 1." in page.text
    assert expense.number in client.get(reverse("activity_expenses", args=[activity.pk])).text

    client.force_login(officer)
    back = client.post(
        reverse("expense_return", args=[expense.pk]), {"reason": "No total."}, follow=True
    )
    assert "Sent back" in back.text
    client.force_login(agent)
    mine = client.get(reverse("expense", args=[expense.pk])).text
    assert "No total." in mine
    assert "Hand it in again" in mine


def test_what_is_hard_to_read_is_said_at_once_and_on_its_page(client, agent, activity, officer):
    client.force_login(agent)
    dark = SimpleUploadedFile("IMG_2.jpg", photo(light=0.3), content_type="image/jpeg")

    page = client.post(reverse("expense_new", args=[activity.pk]), said(file=dark), follow=True)

    assert page.text.count("It is too dark to read") == 2
    client.force_login(officer)
    shown = client.get(reverse("expense", args=[Expense.objects.get().pk])).text
    assert "It is too dark to read" in shown
    assert "<img" in shown


def test_while_one_writes_the_amount_is_divided(client, agent, activity):
    client.force_login(agent)
    page = reverse("expense_split", args=[activity.pk])
    sent = said()
    sent.pop("file")

    part = client.post(page, sent).text
    more = client.post(page, sent | {"attendees": "5"}).text
    nothing_yet = client.post(page, sent | {"amount": ""}).text
    other = client.post(page, sent | {"kind": "other"}).text

    assert "USD 250.10 a person" in part
    assert "5 doctors shared it, but only 4 are recorded as present." in more
    assert "a person" not in nothing_yet
    assert "No rule speaks of this cost." in other
    assert Expense.objects.count() == 0


def test_a_refused_form_keeps_what_was_written(client, agent, activity):
    client.force_login(agent)

    page = client.post(reverse("expense_new", args=[activity.pk]), said(attendees="9"))

    assert page.status_code == 422
    assert "Check in who is missing, or write fewer." in page.text
    assert 'value="Bay Hotels"' in page.text


def test_finance_accepts_it_and_the_ledger_names_it(client, activity, officer):
    expense = spent_at(activity)
    client.force_login(officer)
    assert "Bay Hotels" in client.get(reverse("activity_expenses", args=[activity.pk])).text
    first = client.get(reverse("expense_acceptance", args=[expense.pk])).text
    line = BudgetLine.objects.of(activity).get(category="meals")
    assert first.index(f'value="{line.pk}"') < first.index("Hall A")

    page = client.post(
        reverse("expense_acceptance", args=[expense.pk]), {"line": str(line.pk)}, follow=True
    )

    assert "Accepted" in page.text
    assert "Dinner" in page.text
    assert expense.number in client.get(reverse("activity_money", args=[activity.pk])).text


def test_it_is_taken_back_with_a_reason_and_stays_in_the_list(client, agent, activity):
    expense = spent_at(activity, by=agent.actor())
    client.force_login(agent)
    page = reverse("expense_withdrawal", args=[expense.pk])
    assert "The receipt stays with your reason" in client.get(page).text

    assert client.post(page, {"reason": " "}).status_code == 422
    gone = client.post(page, {"reason": "Paid twice."}, follow=True)

    assert "Paid twice." in gone.text
    listed = client.get(reverse("expenses"), {"state": "withdrawn"}).text
    assert expense.number in listed


def test_whoever_sees_no_money_sees_their_own_receipts_alone(client, agent, activity, officer):
    other = spent_at(activity, paid_to="Harbour Taxi")
    own = spent_at(activity, by=agent.actor(), content=photo(lines=5))
    client.force_login(agent)

    tab = client.get(reverse("activity_expenses", args=[activity.pk])).text
    listed = client.get(reverse("expenses")).text

    for page in (tab, listed):
        assert own.number in page
        assert other.number not in page
        assert "Harbour Taxi" not in page
    assert client.get(reverse("expense", args=[other.pk])).status_code == 404
    assert client.get(reverse("expense_acceptance", args=[own.pk])).status_code == 403


def test_the_photograph_is_for_those_who_see_the_receipt(agent, activity, officer, organisation):
    own = spent_at(activity, by=agent.actor()).file
    other = spent_at(activity, content=photo(lines=5)).file
    publisher = member(organisation, "publisher")

    def fetches(user, file):
        return may_fetch(access_of(user, organisation, at=now()), file, at=now())

    assert (fetches(agent, own), fetches(agent, other)) == (True, False)
    assert (fetches(officer, own), fetches(publisher, own)) == (True, False)


def test_finance_narrows_the_list_and_takes_it_home(client, activity, officer):
    spent_at(activity)
    taxi = spent_at(activity, "18.00", kind="travel", paid_to="Taxi", content=photo(lines=4))
    client.force_login(officer)

    page = client.get(reverse("expenses"), {"kind": "travel"}).text
    file = client.get(reverse("expenses_csv"), {"kind": "travel"})
    text = b"".join(file.streaming_content).decode()
    workbook = client.get(reverse("expenses_xlsx"))

    assert taxi.number in page
    assert "Bay Hotels" not in page
    assert taxi.number in text
    assert taxi.sha256 in text
    assert "Bay Hotels" not in text
    assert b"".join(workbook.streaming_content).startswith(b"PK")


def test_every_paper_of_the_activity_has_its_receipts_those_taken_back_too(
    activity, agent, officer, organisation
):
    expense = spent_at(activity)
    access = access_of(officer, organisation, at=now())

    papers, _kept_back = papers_for(access, activity, at=now())

    assert [each.path for each in papers] == [f"receipts/{expense.number} Bay Hotels/v1 IMG_1.jpg"]
    mine, kept_back = papers_for(access_of(agent, organisation, at=now()), activity, at=now())
    assert (mine, kept_back) == ([], 1)


def test_a_brand_is_shown_no_receipt_of_an_independent_activity(client, organisation):
    activity = committed(activity=ActivityFactory(state="draft", mode="independent"))
    expense = spent_at(activity)
    client.force_login(member(organisation, "brand_manager"))

    assert client.get(reverse("activity_expenses", args=[activity.pk])).status_code == 403
    assert expense.number not in client.get(reverse("expenses")).text


def test_a_receipt_of_another_organisation_does_not_exist(client, officer):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = spent_at(committed())
    client.force_login(officer)

    assert client.get(reverse("expense", args=[foreign.pk])).status_code == 404
    back = client.post(reverse("expense_return", args=[foreign.pk]), {"reason": "x"})
    assert back.status_code == 404


def test_programs_hand_in_divide_accept_and_fetch_with_the_same_gates(
    client, organisation, activity
):
    agent, finance = key(organisation, "coordinator"), key(organisation, "finance_officer")
    divided = {"activity": str(activity.pk), "kind": "meals", "amount": "100.00"}
    split = client.post(f"{API}/expenses/splits", divided, JSON, headers=agent).json()
    sent = said(activity=str(activity.pk), amount="10.00", currency="")
    del sent["attendees"], sent["faculty"]
    made = client.post(f"{API}/expenses", sent, headers=agent)
    assert made.status_code == 201, made.text
    pk = made.json()["id"]
    line = str(BudgetLine.objects.of(activity).first().pk)

    refused = client.post(f"{API}/expenses/{pk}/acceptance", {"line": line}, JSON, headers=agent)
    accepted = client.post(f"{API}/expenses/{pk}/acceptance", {"line": line}, JSON, headers=finance)
    listed = client.get(f"{API}/expenses", headers=finance).json()["items"]
    file = client.get(f"{API}/expenses/{pk}/file", headers=finance).json()
    kept = client.get(f"{API}/expenses/{pk}/split", headers=finance).json()

    assert (split["attendees"], split["per_head"]) == (4, "20.00")
    assert (made.json()["currency"], made.json()["hard_to_read"]) == ("USD", [])
    assert refused.status_code == 403
    assert accepted.json()["state"] == "accepted"
    assert [each["state"] for each in listed] == ["Accepted"]
    assert file["sha256"] == accepted.json()["sha256"]
    assert kept["per_head"] == "2.00"
    assert str(budget_of(activity).actual.amount) == "10.00"


def test_programs_send_back_and_take_back_with_a_reason(client, organisation, activity):
    agent, finance = key(organisation, "coordinator"), key(organisation, "finance_officer")
    sent = said(activity=str(activity.pk), amount="10.00", currency="USD")
    del sent["attendees"], sent["faculty"]
    first = client.post(f"{API}/expenses", sent, headers=agent).json()["id"]
    back = client.post(f"{API}/expenses/{first}/returning", {"reason": "No"}, JSON, headers=finance)
    sent["file"] = SimpleUploadedFile("again.jpg", receipt_photo())
    second = client.post(f"{API}/expenses", sent, headers=agent).json()["id"]
    bare = client.post(f"{API}/expenses/{second}/withdrawal", {}, JSON, headers=agent)
    taken = client.post(
        f"{API}/expenses/{second}/withdrawal", {"reason": "Mine"}, JSON, headers=agent
    )

    assert back.json()["state"] == "returned"
    assert bare.status_code == 422
    assert taken.json()["state"] == "withdrawn"
    assert client.get(f"{API}/expenses/{second}", headers=agent).json()["paid_to"] == "Bay Hotels"
