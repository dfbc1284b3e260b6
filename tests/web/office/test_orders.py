"""Orders on the desk: a vendor is noted, something ordered and confirmed, its bill beside it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from symposia.finance.models import Bill, BudgetLine, Delivered, Overrun, Payee, PurchaseOrder
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.finance import came, committed, handed_in, ordered, payee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def activity(organisation):
    return committed()


@pytest.fixture
def officer(organisation):
    return member(organisation, "finance_officer")


@pytest.fixture
def meals(activity):
    return BudgetLine.objects.get(activity=activity, category="meals")


def test_from_the_vendor_to_what_was_delivered(client, officer, activity, meals):
    client.force_login(officer)
    said = {
        "kind": "vendor",
        "name": "Bay Hotels",
        "country": "IN",
        "tax_number": "29ABCDE1234F2Z5",
    }
    page = client.post(reverse("payee_new"), said, follow=True)
    assert "29ABCDE1234F2Z5" in page.text
    assert "is known already" in client.post(reverse("payee_new"), said).text

    order = {
        "vendor": str(Payee.objects.get().pk),
        "line": str(meals.pk),
        "what_for": "Dinner",
        "unit": "pieces",
        "quantity": "40",
        "each": "20",
    }
    page = client.post(reverse("order_new", args=[activity.pk]), order, follow=True)
    made = PurchaseOrder.objects.get()
    assert made.number in page.text

    came_to = {"quantity": "40", "delivered_on": "2026-01-05", "note": ""}
    page = client.post(reverse("order_delivered", args=[made.pk]), came_to, follow=True)
    assert officer.full_name in page.text
    assert Delivered.objects.quantity(made) == 40
    assert made.number in client.get(reverse("orders")).text
    assert "Bay Hotels" in client.get(reverse("payees")).text
    client.post(reverse("order_end", args=[made.pk]), {"reason": "Done"})
    assert PurchaseOrder.objects.get().state == "ended"


def test_a_bill_shows_what_does_not_agree_and_waits_for_a_second_person(
    client, organisation, officer, activity, meals
):
    order = ordered(activity, payee())
    bill = handed_in(activity, "944")
    client.force_login(officer)
    client.post(reverse("bill_order", args=[bill.pk]), {"order": str(order.pk)})
    page = client.get(reverse("bill", args=[bill.pk])).text
    assert "Nobody has confirmed that anything of it was delivered." in page
    came(order)

    said = {"line": str(meals.pk), "reason": "Eight more came"}
    page = client.post(reverse("bill_acceptance", args=[bill.pk]), said, follow=True)
    assert "It waits for a second person." in page.text
    overrun = Overrun.objects.get()
    own = client.post(reverse("overrun_agreement", args=[overrun.pk]), follow=True)
    assert "You asked for it yourself" in own.text

    client.force_login(member(organisation, "finance_officer"))
    assert bill.number in client.get(reverse("overruns")).text
    page = client.post(reverse("overrun_agreement", args=[overrun.pk]), follow=True)
    assert "It is accepted and posted." in page.text
    assert Bill.objects.get().state == "accepted"


def test_orders_of_others_do_not_exist(client, organisation, activity):
    order = ordered(activity, payee())
    stranger = member(OrganisationFactory(name="Else"), "finance_officer")
    client.force_login(stranger)
    assert client.get(reverse("order", args=[order.pk])).status_code == 404
    client.force_login(member(organisation, "field_representative"))
    assert client.get(reverse("order", args=[order.pk])).status_code in (403, 404)


def test_the_same_by_the_api(client, organisation, activity, meals):
    headers = {"headers": key(organisation, "finance_officer")}
    vendor = client.post(f"{API}/payees", {"name": "Bay Hotels"}, content_type=JSON, **headers)
    body = {
        "activity": str(activity.pk),
        "vendor": vendor.json()["id"],
        "line": str(meals.pk),
        "what_for": "Dinner",
        "each": "20",
        "quantity": "200",
    }
    refused = client.post(f"{API}/orders", body, content_type=JSON, **headers)
    assert (refused.status_code, refused.json()["code"]) == (409, "order_over")
    body["quantity"] = "40"
    order = client.post(f"{API}/orders", body, content_type=JSON, **headers).json()
    assert Decimal(order["amount"]) == 800
    said = {"quantity": "40", "delivered_on": "2026-01-05"}
    url = f"{API}/orders/{order['id']}/deliveries"
    assert client.post(url, said, content_type=JSON, **headers).status_code == 201
    assert Decimal(client.get(f"{API}/orders/{order['id']}", **headers).json()["came"]) == 40

    bill = handed_in(activity, "944", supplier="Bay Hotels")
    link = f"{API}/bills/{bill.pk}/matching"
    client.post(link, {"order": order["id"]}, content_type=JSON, **headers)
    faults = client.get(f"{API}/bills/{bill.pk}/faults", **headers).json()
    assert [each["code"] for each in faults] == ["match_above_delivered", "match_above_ordered"]
    said = {"line": str(meals.pk), "reason": "Eight more came"}
    acceptance = f"{API}/bills/{bill.pk}/acceptance"
    assert client.post(acceptance, said, content_type=JSON, **headers).json()["code"] == (
        "needs_second"
    )
    asked = client.post(f"{API}/bills/{bill.pk}/overruns", said, content_type=JSON, **headers)
    assert asked.status_code == 201
    own = client.post(f"{API}/overruns/{asked.json()['id']}/agreement", **headers)
    assert own.json()["code"] == "own_overrun"
    dropped = client.post(f"{API}/overruns/{asked.json()['id']}/ending", **headers)
    assert dropped.json()["state"] == "dropped"
