"""Fees, charges and statements of the bank, over the API."""

import uuid

import pytest

from symposia.finance.actions.charges import charge_registration
from symposia.finance.models import Charge
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import key_of, member
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory

RIGHTS = ["plan_money", "post_money", "view_money"]


@pytest.fixture
def ask(client, organisation):
    user = member(organisation, "finance_officer")
    key = key_of(user, organisation, RIGHTS)

    def send(method, path, body=None, root="fees"):
        headers = key | {"idempotency-key": str(uuid.uuid4())}
        address = f"/api/v1/{root}{path}"
        if method == "get":
            return client.get(address, headers=headers)
        return getattr(client, method)(
            address, body, content_type="application/json", headers=headers
        )

    return send


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open")


def test_fees_terms_and_codes_are_settled_and_withdrawn(ask, activity):
    body = {"activity": str(activity.pk), "name": "Early", "amount": "99.50"}
    made = ask("post", "", body).json()
    changed = ask("put", f"/{made['id']}", {"name": "Early", "amount": "80"}).json()
    terms = ask("put", f"/terms/{activity.pk}", {"days_to_pay": 7, "lapses": True}).json()
    code = {"activity": str(activity.pk), "code": "half", "percent": 50}
    discount = ask("post", "/discounts", code).json()

    assert (made["amount_minor"], changed["amount_minor"]) == (9950, 8000)
    assert (terms["days_to_pay"], terms["lapses"]) == (7, True)
    assert discount["code"] == "HALF"
    assert ask("get", "").json()["items"][0]["name"] == "Early"
    assert ask("delete", f"/discounts/{discount['id']}").status_code == 204
    assert ask("delete", f"/{made['id']}").status_code == 204
    assert ask("get", "").json()["items"] == ask("get", "/discounts").json()["items"] == []


def test_a_payer_is_reminded_once_a_day(ask, activity):
    ask("post", "", {"activity": str(activity.pk), "name": "All", "amount": "100"})
    charge = charge_registration(RegistrationFactory(activity=activity), by=SYSTEM)

    first = ask("post", f"/charges/{charge.pk}/reminders")
    again = ask("post", f"/charges/{charge.pk}/reminders")

    assert (first.status_code, again.status_code) == (200, 409)
    assert again.json()["code"] == "fee_reminded_today"


def test_a_charge_is_paid_and_paid_back_and_a_statement_is_tried_first(ask, activity):
    ask("post", "", {"activity": str(activity.pk), "name": "All", "amount": "100"})
    first, second = (
        charge_registration(RegistrationFactory(activity=activity), by=SYSTEM) for _n in range(2)
    )
    lines = f"amount,text\n100,{first.reference}\n"

    tried = ask("post", "/statements", {"lines": lines}).json()
    assert tried == [{"line": 2, "reference": first.reference, "pays": True, "why": ""}]
    assert Charge.objects.filter(state="paid").count() == 0
    ask("post", "/statements", {"lines": lines, "dry_run": False})
    paid = ask("post", f"/charges/{second.pk}/payment", {"evidence": "Receipt 7"}).json()
    back = ask("post", f"/charges/{second.pk}/refunding", {"reason": "Ill"}).json()

    assert (paid["state"], back["state"]) == ("paid", "refunded")
    states = sorted(each["state"] for each in ask("get", "/charges").json()["items"])
    assert states == ["Paid", "Paid back"]
    assert ask("post", "/statements", {"lines": "a,b\n1,2"}).status_code == 409


def test_one_payer_for_two_is_invoiced_cancelled_invoiced_again_and_pays(ask, activity):
    ask("post", "", {"activity": str(activity.pk), "name": "All", "amount": "100"})
    charges = [
        charge_registration(RegistrationFactory(activity=activity), by=SYSTEM) for _n in range(2)
    ]
    body = {
        "activity": str(activity.pk),
        "charges": [str(charge.pk) for charge in charges],
        "name": "Ward 3",
        "address": "12 Dock Road",
    }

    made = ask("post", "", body, root="invoices").json()
    twice = ask("post", "", body, root="invoices")
    gone = ask("post", f"/{made['id']}/cancellation", {"reason": "Payer"}, root="invoices").json()
    again = ask("post", "", body, root="invoices").json()
    paid = ask("post", f"/{again['id']}/payment", {"evidence": "Line 4"}, root="invoices").json()

    assert (made["amount_minor"], made["state"]) == (20_000, "open")
    assert (twice.status_code, twice.json()["code"]) == (409, "fee_on_invoice")
    assert (gone["state"], paid["state"]) == ("cancelled", "paid")
    assert Charge.objects.filter(state="paid").count() == 2
    listed = ask("get", "", root="invoices").json()["items"]
    assert sorted(each["state"] for each in listed) == ["Cancelled", "Paid"]


def test_an_invoice_is_mailed_to_the_address_it_has_or_is_given(ask, activity):
    ask("post", "", {"activity": str(activity.pk), "name": "All", "amount": "100"})
    charge = charge_registration(RegistrationFactory(activity=activity), by=SYSTEM)
    body = {"activity": str(activity.pk), "charges": [str(charge.pk)]}
    payer = {"name": "Ward 3", "address": "12 Dock Road"}
    made = ask("post", "", body | payer, root="invoices").json()

    nowhere = ask("post", f"/{made['id']}/mailing", {}, root="invoices")
    sent = ask("post", f"/{made['id']}/mailing", {"to": "w3@harbour.example"}, root="invoices")
    again = ask("post", f"/{made['id']}/mailing", {}, root="invoices")

    assert (nowhere.status_code, nowhere.json()["code"]) == (409, "no_payer_email")
    assert (sent.status_code, again.status_code) == (200, 200)
    assert sent.json()["payer_email"] == "w3@harbour.example"
    assert made["mailed_at"] is None
    assert again.json()["mailed_at"] > sent.json()["mailed_at"]
    late = ask("get", "?due=overdue", root="invoices").json()["items"]
    assert late == []
