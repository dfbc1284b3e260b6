"""Payments on the desk: an account that two have seen, a batch, its release, the file."""

from datetime import timedelta

import pytest
from django.urls import reverse

from symposia.finance.models import BankDetails, Payment, PaymentBatch
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.finance import committed, payee
from tests.factories.paying import (
    OUR_IBAN,
    THEIR_IBAN,
    accepted,
    batch_of,
    confirmed,
    our_account,
    vendor_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def officers(organisation):
    return [member(organisation, "finance_officer") for _n in range(3)]


@pytest.fixture
def actors(officers):
    return [each.actor() for each in officers]


@pytest.fixture
def account(actors):
    return our_account(actors)


def test_an_account_is_entered_by_one_and_confirmed_by_another(client, organisation, officers):
    vendor = payee()
    client.force_login(officers[0])
    said = {
        "holder": "Compass Events",
        "account": "GB29 NWBK 6016 1331 9268 19",
        "bank_code": "NWBKGB2L",
        "came_by": "letter",
        "reason": "",
    }
    page = client.post(reverse("payee_account", args=[vendor.pk]), said, follow=True)
    assert "…6819" in page.text
    assert THEIR_IBAN not in page.text
    details = BankDetails.objects.get()
    confirm = reverse("payee_account_confirmation", args=[vendor.pk, details.pk])
    assert "You entered them yourself" in client.post(confirm, {"asked_by": "phone"}).text

    client.force_login(officers[1])
    refused = client.post(confirm, {"asked_by": "letter", "note": ""})
    assert "Ask back another way" in refused.text
    client.post(confirm, {"asked_by": "phone", "note": "Ms Rao"})
    assert BankDetails.objects.get().state == "agreed"

    # Whoever sees money and posts none sees no account.
    client.force_login(member(organisation, "executive"))
    page = client.get(reverse("payee", args=[vendor.pk]))
    assert "6819" not in page.text


def test_a_batch_goes_from_what_waits_to_the_file(client, account, officers, actors):
    bill = accepted(committed())
    client.force_login(officers[0])
    begun = {"account": str(account.pk), "pays_on": str(day_here() + timedelta(days=1))}
    client.post(reverse("payment_batch_new"), begun)
    batch = PaymentBatch.objects.get()
    add = reverse("payment_batch_add", args=[batch.pk])
    assert bill.number in client.get(add).text
    page = client.post(add, {"papers": [str(bill.pk)]}, follow=True)
    assert "1 payment is added." in page.text
    assert "Nobody has said where Compass Events is paid." in page.text
    assert "somebody else releases it" in page.text

    confirmed(vendor_of(bill), actors[1:])
    client.force_login(officers[2])
    release = reverse("payment_batch_release", args=[batch.pk])
    assert "It is released" in client.post(release, follow=True).text
    file = client.post(reverse("payment_batch_xml", args=[batch.pk]))
    assert OUR_IBAN in file.text
    assert file["Content-Disposition"] == f'attachment; filename="{batch.number}.xml"'
    assert THEIR_IBAN in client.post(reverse("payment_batch_csv", args=[batch.pk])).text
    assert client.get(reverse("payment_batch_xml", args=[batch.pk])).status_code == 405
    assert batch.number in client.get(reverse("payment_batches")).text
    assert Payment.objects.get().reference in client.get(reverse("payments")).text


def test_a_page_of_many_payments_takes_no_more_statements(
    client, account, officers, actors, django_assert_max_num_queries
):
    papers = [accepted(committed(), supplier_number=f"CE-{n}") for n in range(4)]
    batch = batch_of(account, *papers, by=actors[0])
    client.force_login(officers[1])
    with django_assert_max_num_queries(15):
        client.get(reverse("payment_batch", args=[batch.pk]))
    with django_assert_max_num_queries(15):
        client.get(reverse("payment_batch_add", args=[batch.pk]))


def test_payments_are_left_out_and_batches_dropped(client, account, officers, actors):
    bill = accepted(committed())
    batch = batch_of(account, bill, by=actors[0])
    client.force_login(officers[0])
    client.post(reverse("payment_leaving", args=[batch.pk, Payment.objects.get().pk]))
    assert Payment.objects.get().state == "dropped"
    client.post(reverse("payment_batch_drop", args=[batch.pk]))
    assert PaymentBatch.objects.get().state == "dropped"


def test_nothing_of_it_is_for_others(client, organisation, account, actors):
    batch = batch_of(account, by=actors[0])
    client.force_login(member(organisation, "field_representative"))
    assert client.get(reverse("payment_batch", args=[batch.pk])).status_code == 403
    client.force_login(member(OrganisationFactory(name="Else"), "finance_officer"))
    assert client.get(reverse("payment_batch", args=[batch.pk])).status_code == 404


def test_the_same_by_the_api(client, organisation, account, actors):
    bill = accepted(committed())
    first, second = ({"headers": key(organisation, "finance_officer")} for _n in range(2))

    def post(path, body=None, who=first):
        return client.post(f"{API}/{path}", body or {}, content_type=JSON, **who)

    day = str(day_here() + timedelta(days=1))
    batch = post("payment-batches", {"account": str(account.pk), "pays_on": day}).json()["id"]
    body = {"kind": "bill", "paper": str(bill.pk)}
    assert post(f"payment-batches/{batch}/payments", body).status_code == 201
    again = post(f"payment-batches/{batch}/payments", body)
    assert (again.status_code, again.json()["code"]) == (409, "in_a_batch")
    assert post(f"payment-batches/{batch}/releasing").json()["code"] == "own_batch"
    assert post(f"payment-batches/{batch}/releasing", who=second).json()["code"] == "no_details"

    vendor = vendor_of(bill)
    account_in = {
        "payee": str(vendor.pk),
        "holder": vendor.name,
        "account": THEIR_IBAN,
        "came_by": "mail",
    }
    details = post("bank-details", account_in).json()
    assert details["masked"] == "…6819"
    [held] = client.get(f"{API}/payment-batches/{batch}/payments", **first).json()
    assert "until a second person has asked back" in held["held"]
    said = {"asked_by": "phone"}
    assert post(f"bank-details/{details['id']}/confirmation", said).json()["code"] == "own_details"
    assert post(f"bank-details/{details['id']}/confirmation", said, second).status_code == 200
    assert post(f"payment-batches/{batch}/releasing", who=second).json()["state"] == "released"
    file = post(f"payment-batches/{batch}/instructions").json()
    assert THEIR_IBAN in file["content"]
    assert THEIR_IBAN in post(f"payment-batches/{batch}/listing").json()["content"]
    assert client.get(f"{API}/payment-batches/{batch}", **first).json()["sha256"] == file["sha256"]
    refused = post(f"payments/{held['id']}/withdrawal")
    assert refused.json()["code"] == "batch_not_open"
    assert post(f"payment-batches/{batch}/ending").json()["code"] == "batch_not_open"
