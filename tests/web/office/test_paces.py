import pytest
from django.urls import reverse

from symposia.notifications.models import DomainPace
from tests.factories.accounts import key_of, member

GIVEN = {"domain": "example.org", "per_minute": "30"}


@pytest.fixture
def administrator(client, organisation):
    client.user = member(organisation, "administrator")
    client.force_login(client.user)
    return client


def test_a_pace_is_set_changed_and_lifted(administrator):
    page = administrator.post(reverse("pace_new"), GIVEN, follow=True).text
    assert "example.org" in page
    pace = DomainPace.objects.get()

    administrator.post(reverse("pace", args=[pace.pk]), GIVEN | {"per_minute": "60"})
    pace.refresh_from_db()
    assert pace.per_minute == 60
    assert 'value="60"' in administrator.get(reverse("pace", args=[pace.pk])).text
    lifted = administrator.post(reverse("pace_lifting", args=[pace.pk]), follow=True).text
    assert "Messages to example.org leave as they come." in lifted


def test_what_is_no_domain_comes_back_with_what_was_typed(administrator):
    answer = administrator.post(reverse("pace_new"), GIVEN | {"domain": "no domain"})

    assert answer.status_code == 422
    assert 'value="no domain"' in answer.text
    assert "is no domain" in answer.text


def test_who_reads_the_outbox_reads_the_paces_and_changes_none(client, organisation):
    client.force_login(member(organisation, "coordinator"))

    assert "Set a pace" not in client.get(reverse("paces")).text
    assert client.get(reverse("pace_new")).status_code == 403


def test_the_api_has_the_same_gate_and_the_same_refusals(administrator, organisation, client):
    headers = key_of(administrator.user, organisation, ["manage_messages", "view_outbox"])

    def call(path, body):
        return client.post(
            f"/api/v1/messages/paces{path}",
            body,
            content_type="application/json",
            headers=headers,
        )

    made = call("", {"domain": "example.org", "per_minute": 30}).json()
    assert made["per_minute"] == 30
    assert call("", {"domain": "x y", "per_minute": 30}).json()["code"] == "no_domain"
    assert call(f"/{made['id']}/lifting", {}).status_code == 204
    assert not DomainPace.objects.exists()
