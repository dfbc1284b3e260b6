import pytest
from django.urls import reverse

from symposia.notifications.actions.texts import TextTo, queue_text
from symposia.notifications.models import TextSender, TextTemplate
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import key_of, member
from tests.notifications.test_texts import VALUES

CODE = "outreach.text"


@pytest.fixture
def administrator(client, organisation, settings):
    settings.MAILBOX_INSIDE = True
    client.force_login(member(organisation, "administrator"))
    return client


def test_the_sender_is_said_and_the_list_follows(administrator):
    empty = administrator.get(reverse("texts")).text
    assert "Say first under which name" in empty
    data = {"sender_id": "LAKESD", "entity_id": "1101", "template_en": "1107", "template_ar": ""}

    administrator.post(reverse("text_sender"), data)
    queue_text(CODE, TextTo("+919876543210", "Dr Ada", "en"), VALUES, by=SYSTEM)
    page = administrator.get(reverse("texts")).text

    assert TextSender.objects.get().entity_id == "1101"
    assert TextTemplate.objects.get().template_id == "1107"
    assert "Say first under which name" not in page
    assert "+919876543210" in page
    assert 'value="1107"' in administrator.get(reverse("text_sender")).text


def test_a_sender_without_a_name_comes_back_with_what_was_typed(administrator):
    answer = administrator.post(reverse("text_sender"), {"sender_id": "", "entity_id": "1101"})

    assert answer.status_code == 422
    assert 'value="1101"' in answer.text
    assert not TextSender.objects.exists()


def test_a_coordinator_reads_and_changes_nothing(client, organisation):
    client.force_login(member(organisation, "coordinator"))

    assert client.get(reverse("texts")).status_code == 200
    assert client.get(reverse("text_sender")).status_code == 403


def test_the_api_changes_the_sender(client, organisation):
    user = member(organisation, "administrator")
    headers = key_of(user, organisation, ["manage_messages", "view_outbox"])
    body = {"sender_id": "LAKESD", "entity_id": "", "templates": {"en": "7"}}

    answer = client.post(
        "/api/v1/messages/texts/senders", body, content_type="application/json", headers=headers
    )

    assert answer.status_code == 200
    assert TextSender.objects.get().sender_id == "LAKESD"
    assert client.get("/api/v1/messages/texts", headers=headers).json()["items"] == []
