"""Cards of the house and taxes on the desk and by the API."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.finance.models import CardLine, TaxLine
from symposia.work.models import Import
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.factories.accounts import member
from tests.factories.finance import committed, handed_in, spent_at
from tests.work.pictures import photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
CSV = b"Day,Paid to,Amount,Holder,Card\n2026-01-06,BAY HOTELS,200.00,A Rao,4111\n"


def sent():
    return SimpleUploadedFile("card.csv", CSV, content_type="text/csv")


@pytest.fixture
def activity(organisation):
    return committed()


def test_a_statement_is_looked_at_brought_in_and_its_line_finds_a_receipt(
    client, organisation, activity
):
    client.force_login(member(organisation, "finance_officer"))
    first = spent_at(activity)
    spent_at(activity, content=photo(lines=9))
    assert "Empty table" in client.get(reverse("card_import_new")).text
    page = client.post(reverse("card_import_new"), {"file": sent()}, follow=True)
    assert "BAY HOTELS" in page.text
    made = Import.objects.get(kind="card_statement")
    client.post(reverse("card_import_run", args=[made.pk]))
    [line] = CardLine.objects.all()
    page = client.get(reverse("card_line", args=[line.pk]))
    assert first.number in page.text
    client.post(reverse("card_line_match", args=[line.pk, first.pk]))
    client.post(reverse("card_line_parting", args=[line.pk]), {"reason": "Another"})
    client.post(reverse("card_line_explanation", args=[line.pk]), {"reason": "Lost"})
    assert "Lost" in client.get(reverse("card_lines")).text
    client.post(reverse("card_line_parting", args=[line.pk]), {"reason": "Found"})
    client.post(reverse("card_import_undo", args=[made.pk]))
    assert CardLine.objects.count() == 0
    assert client.get(reverse("card_import_template", args=["csv"])).status_code == 200


def test_taxes_stand_on_the_bill_and_on_the_expense(client, organisation, activity):
    client.force_login(member(organisation, "finance_officer"))
    bill, dinner = handed_in(activity, "1180"), spent_at(activity)
    said = {"included_name": "GST", "included_percent": "18", "withheld_name": "TDS 194C"}
    said |= {"withheld_percent": "2", "citation": "Income-tax Act 1961, section 194C"}
    page = client.post(reverse("bill_taxes", args=[bill.pk]), said, follow=True)
    assert "TDS 194C 2 %" in page.text
    assert "section 194C" in page.text
    client.post(reverse("expense_taxes", args=[dinner.pk]), said)
    assert "GST 18 %" in client.get(reverse("expense", args=[dinner.pk])).text
    assert TaxLine.objects.count() == 4


def test_nothing_of_cards_is_for_others(client, organisation):
    client.force_login(member(organisation, "executive"))
    assert client.get(reverse("card_lines")).status_code == 403


def test_the_same_by_the_api(client, organisation, activity):
    headers = key(organisation, "finance_officer")
    first = spent_at(activity)
    spent_at(activity, content=photo(lines=9))
    made = client.post(f"{API}/card-lines/imports", {"file": sent()}, headers=headers).json()
    assert made["counts"] == {"new": 1}
    client.post(f"{API}/card-lines/imports/{made['id']}/rows", headers=headers)
    line = f"{API}/card-lines/{CardLine.objects.get().pk}"

    def post(path, body):
        return client.post(path, body, content_type=JSON, headers=headers)

    assert post(f"{line}/matching", {"expense": str(first.pk)}).json()["state"] == "matched"
    assert post(f"{line}/parting", {"reason": "Another"}).json()["state"] == "open"
    assert post(f"{line}/explanation", {"reason": "Lost"}).json()["state"] == "explained"
    undone = client.post(f"{API}/card-lines/imports/{made['id']}/reversal", headers=headers)
    assert undone.json()["code"] == "cards_explained"

    bill = handed_in(activity, "1180")
    taxes = [{"way": "withheld", "name": "TDS 194J", "percent": "10"}]
    [tax] = post(f"{API}/bills/{bill.pk}/taxes", {"taxes": taxes}).json()
    assert Decimal(tax["amount"]) == 118
    assert post(f"{API}/expenses/{first.pk}/taxes", {"taxes": taxes}).status_code == 200
