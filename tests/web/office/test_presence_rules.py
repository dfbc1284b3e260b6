import uuid

from django.urls import reverse

from symposia.attendance.models import PresenceRule
from tests.factories.accounts import member


def decide(client, **more):
    body = {
        "type": "course",
        "no_leave": "desk",
        "valid_from": "2027-01-01",
        "reason": "Our policy",
        "idempotency_key": uuid.uuid4(),
        **more,
    }
    return client.post(reverse("presence_rule_new"), body, follow=True)


def test_compliance_decides_how_a_missing_check_out_counts(client, organisation):
    client.force_login(member(organisation, "compliance_officer"))

    page = decide(client).content.decode()

    assert "The desk decides" in page
    assert PresenceRule.objects.get().no_leave == "desk"


def test_a_rule_without_a_reason_is_asked_for_it(client, organisation):
    client.force_login(member(organisation, "compliance_officer"))

    assert decide(client, reason="").status_code == 422
    assert not PresenceRule.objects.exists()


def test_the_coordinator_reads_the_rules_and_decides_none(client, organisation):
    client.force_login(member(organisation, "coordinator"))

    assert client.get(reverse("presence_rules")).status_code == 200
    assert decide(client).status_code == 403
