"""Chat messages: an approved template to a number, and what the provider tells of it."""

import json

import pytest
from django.urls import reverse

from symposia.notifications import texting
from symposia.notifications.actions.texts import (
    SenderFacts,
    TextTo,
    change_text_sender,
    claim_text,
    queue_text,
)
from symposia.notifications.models import TextMessage, TextSender
from symposia.notifications.tasks import send_text
from symposia.notifications.text_queries import text_sender, text_templates
from symposia.notifications.texting import receipt_token
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.outgoing import RefusedAddress
from tests.factories.accounts import member
from tests.fakes.chat_provider import (
    BUSY,
    NO_TEMPLATE,
    SECRET,
    ChatProvider,
    fate,
    signature,
    told,
)

CODE = "outreach.text"
NUMBER = "106540352242922"
VALUES = {
    "organisation": "Lakeside",
    "name": "Dr Ada",
    "activity": "Sepsis",
    "when": "Thu 11 March",
    "where": "",
    "reply_link": "https://x.example/r/1/",
}


@pytest.fixture
def provider(settings, monkeypatch):
    settings.CHAT_URL, settings.CHAT_TOKEN = "https://graph.example/v23.0", "token"
    settings.CHAT_SECRET, settings.CHAT_VERIFY = SECRET, "is it you"
    settings.MAILBOX_INSIDE = False
    fake = ChatProvider()
    monkeypatch.setattr(texting, "fetch", fake.fetch)
    return fake


def named(**templates):
    facts = SenderFacts(NUMBER, "", templates or {"en": "invitation_short"}, "chat")
    return change_text_sender(CODE, facts, by=SYSTEM)


def chat(language="en"):
    to = TextTo("+91 98765 43210", "Dr Ada", language, channel="chat")
    return queue_text(CODE, to, VALUES, by=SYSTEM)


def run(message):
    send_text.run(str(message.organisation_id), text_id=str(message.pk))
    message.refresh_from_db()
    return message


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def test_a_template_goes_to_the_number_with_its_parameters_in_order(organisation, provider):
    named()

    message = run(chat())

    assert (message.state, message.gateway_id) == ("sent", "wamid.HBgLMTY0")
    [(url, method, asked, headers)] = provider.asked
    assert (url, method) == (f"https://graph.example/v23.0/{NUMBER}/messages", "POST")
    assert headers["Authorization"] == "Bearer token"
    assert (asked["messaging_product"], asked["to"]) == ("whatsapp", "919876543210")
    assert asked["template"]["name"] == "invitation_short"
    assert asked["template"]["language"] == {"code": "en"}
    [body] = asked["template"]["components"]
    said = [each["text"] for each in body["parameters"]]
    assert said == ["Lakeside", "Sepsis", "Thu 11 March", "-", "https://x.example/r/1/"]
    assert asked["biz_opaque_callback_data"] == receipt_token(message, organisation.code)


def test_what_cannot_be_chatted_is_refused(organisation, provider, settings):
    assert refusal(chat) == "no_chat_sender"
    named()
    assert refusal(lambda: chat("ar")) == "no_chat_template"
    settings.CHAT_URL = ""
    assert refusal(chat) == "no_chat_gateway"
    assert not TextMessage.objects.exists()


def test_text_and_chat_have_senders_of_their_own(organisation, provider):
    named()
    change_text_sender(CODE, SenderFacts("LAKESD", "1101", {"en": "1107"}), by=SYSTEM)

    assert TextSender.objects.count() == 2
    assert (text_sender().sender_id, text_sender("chat").sender_id) == ("LAKESD", NUMBER)
    assert text_templates(CODE) == {"en": "1107"}
    assert text_templates(CODE, "chat") == {"en": "invitation_short"}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (BUSY, "waiting"),
        (OSError("away"), "waiting"),
        (NO_TEMPLATE, "failed"),
        (RefusedAddress("in a private network"), "failed"),
    ],
)
def test_the_provider_may_ask_for_patience_or_say_no(organisation, provider, answer, state):
    named()
    provider.answers = [answer]

    message = run(chat())

    assert message.state == state
    assert message.error


def test_the_provider_tells_what_became_of_it(organisation, provider, client):
    named()
    message = run(chat())
    address, token = reverse("chat_messages"), receipt_token(message, organisation.code)

    def post(said, sign=signature):
        body = json.dumps(said).encode()
        headers = {"X-Hub-Signature-256": sign(body)}
        return client.post(address, body, content_type="application/json", headers=headers)

    assert post(told(fate("delivered", token)), sign=lambda _body: "sha256=0").status_code == 400
    assert post(told(fate("sent", token))).status_code == 204
    assert post(told(fate("delivered", "x.y.z"))).status_code == 204
    assert post([1]).status_code == 204
    message.refresh_from_db()
    assert message.state == "sent"
    errors = [{"code": 131026, "title": "Message undeliverable"}]
    assert post(told(fate("failed", token, errors=errors))).status_code == 204
    assert post(told(fate("read", token))).status_code == 204
    message.refresh_from_db()
    assert (message.state, message.error) == ("undelivered", "131026 Message undeliverable")


def test_a_receipt_that_is_faster_than_we_are_is_asked_for_again(organisation, provider, client):
    named()
    message = chat()
    claim_text(message.pk)
    body = json.dumps(told(fate("delivered", receipt_token(message, organisation.code)))).encode()

    answer = client.post(
        reverse("chat_messages"),
        body,
        content_type="application/json",
        headers={"X-Hub-Signature-256": signature(body)},
    )

    assert answer.status_code == 503


def test_the_provider_asks_whether_this_is_the_place(provider, client, settings):
    asked = {"hub.verify_token": "is it you", "hub.challenge": "1158201444"}
    address = reverse("chat_messages")

    assert client.get(address, asked).text == "1158201444"
    assert client.get(address, asked | {"hub.verify_token": "no"}).status_code == 403
    settings.CHAT_VERIFY = ""
    assert client.get(address, asked | {"hub.verify_token": ""}).status_code == 403


def test_a_person_names_the_number_and_the_templates(organisation, provider, client):
    client.force_login(member(organisation, "administrator"))
    page = client.get(reverse("chat_sender")).text
    assert "{{1}} organisation, {{2}} activity" in page
    assert "/chat/messages/" in page

    given = {"sender_id": NUMBER, "template_en": "invitation_short"}
    listed = client.post(reverse("chat_sender"), given, follow=True).text

    assert "Text messages" in listed
    assert text_templates(CODE, "chat") == {"en": "invitation_short"}
    assert f'value="{NUMBER}"' in client.get(reverse("chat_sender")).text
    client.force_login(member(organisation, "coordinator"))
    assert client.get(reverse("chat_sender")).status_code == 403
