"""Engaging somebody for a later activity under an agreement that was signed for the year."""

import uuid

import pytest
from django.urls import reverse

from symposia.accounts.permissions import Permission
from symposia.activities.models import Agreement
from tests.activities.test_agreements import activity, before_the_day  # noqa: F401
from tests.activities.test_call_offs import later, yearly  # noqa: F401
from tests.factories.accounts import key_of, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask_money(client, organisation):
    """Calls the API as somebody who plans money."""
    user = member(organisation, "coordinator")
    headers = key_of(user, organisation, [Permission.PLAN_MONEY, Permission.VIEW_MONEY])

    def call(method, path, body):
        sent = {"content_type": "application/json", "headers": headers}
        return getattr(client, method)(f"/api/v1{path}", body, **sent)

    return call


def test_the_page_engages_under_the_agreement_of_the_year(client, organisation, later, yearly):  # noqa: F811
    client.force_login(member(organisation, "coordinator"))
    listed = reverse("activity_agreements", args=[later.pk])
    assert "Under a signed agreement" in client.get(listed).text
    said = {"under": yearly.pk, "quantity": "3", "services": "Another talk."}

    answer = client.post(
        reverse("agreement_call_off", args=[later.pk]), said | {"idempotency_key": uuid.uuid4()}
    )

    page = client.get(answer.url).text
    assert "its words and signatures hold" in page
    assert yearly.number in page
    assert "Under a signed agreement" not in client.get(listed).text


def test_the_api_does_the_same_and_refuses_in_words(ask_money, later, yearly):  # noqa: F811
    body = {"activity": str(later.pk), "quantity": "1.5", "services": "A panel."}

    made = ask_money("post", f"/agreements/{yearly.pk}/call-offs", body)
    again = ask_money("post", f"/agreements/{yearly.pk}/call-offs", body)

    assert (made.status_code, made.json()["under_id"]) == (201, str(yearly.pk))
    assert again.json()["code"] == "has_agreement"
    assert Agreement.objects.filter(under=yearly).count() == 1
