"""Text messages: registered words to a number with its country, and what became of them."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.audit.models import Entry
from symposia.notifications import texting
from symposia.notifications.actions.texts import (
    SenderFacts,
    TextTo,
    cancel_text,
    change_text_sender,
    claim_text,
    queue_text,
    take_text_receipt,
)
from symposia.notifications.models import LEASE, TextMessage, TextSender, TextTemplate
from symposia.notifications.tasks import send_text
from symposia.notifications.text_rules import number_of
from symposia.notifications.texting import receipt_link
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from symposia.work.outgoing import RefusedAddress
from tests.factories.accounts import OrganisationFactory
from tests.fakes.text_gateway import BUSY, NO_TEMPLATE, TextGateway

CODE = "outreach.text"
VALUES = {
    "organisation": "Lakeside",
    "name": "Dr Ada",
    "activity": "Sepsis",
    "when": "Thu 11 March",
    "where": "Pune",
    "reply_link": "https://x.example/r/1/",
}


@pytest.fixture
def gateway(settings, monkeypatch):
    settings.SMS_URL, settings.SMS_TOKEN = "https://gateway.example/send", "secret"
    settings.MAILBOX_INSIDE = False
    fake = TextGateway()
    monkeypatch.setattr(texting, "fetch", fake.fetch)
    return fake


def registered(**facts):
    known = {"entity_id": "1101", "templates": {"en": "1107"}} | facts
    return change_text_sender(CODE, SenderFacts("LAKESD", **known), by=SYSTEM)


def text(phone="+91 98765 43210", language="en"):
    return queue_text(CODE, TextTo(phone, "Dr Ada", language), VALUES, by=SYSTEM)


def run(message):
    send_text.run(str(message.organisation_id), text_id=str(message.pk))
    message.refresh_from_db()
    return message


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


@pytest.mark.parametrize("language", ["english, as spoken here", "EN", ""])
def test_words_are_registered_by_a_language_as_browsers_call_it(organisation, language):
    known = {"en": "1107", language: "1108"}

    assert refusal(lambda: registered(templates=known)) == "no_text_language"
    assert not TextTemplate.objects.exists()


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("+91 98765 43210", "+919876543210"),
        ("0091-98765-43210", "+919876543210"),
        ("+1 (202) 555-0142", "+12025550142"),
        ("98765 43210", ""),
        ("", ""),
        ("+91 call me", ""),
        ("+1234", ""),
    ],
)
def test_a_number_says_its_country(phone, number):
    assert number_of(phone) == number


def test_a_text_goes_out_with_the_ids_of_the_registry(organisation, gateway):
    registered()

    message = run(text())

    assert (message.state, message.gateway_id) == ("sent", "gw-4711")
    [(url, method, asked, headers)] = gateway.asked
    assert (url, method) == ("https://gateway.example/send", "POST")
    assert asked["to"] == "+919876543210"
    assert asked["sender"] == "LAKESD"
    assert (asked["dlt_entity_id"], asked["dlt_template_id"]) == ("1101", "1107")
    assert asked["receipt_url"] == receipt_link(message, organisation.code)
    assert asked["text"].startswith("Lakeside: Sepsis")
    assert "https://x.example/r/1/" in asked["text"]
    assert headers["Authorization"] == "Bearer secret"
    assert Entry.objects.get(action="text.sent").subject_id == message.pk


def test_without_an_entity_nothing_of_the_registry_is_sent(organisation, gateway):
    registered(entity_id="", templates={})

    run(text())

    assert "dlt_template_id" not in gateway.asked[0][2]


def test_what_cannot_be_sent_is_refused(organisation, gateway, settings):
    assert refusal(text) == "no_text_sender"
    registered(templates={"en": "1107"})
    assert refusal(lambda: text(language="ar")) == "no_text_template"
    assert refusal(lambda: text(phone="98765")) == "no_text_number"
    settings.SMS_URL = ""
    assert refusal(text) == "no_text_gateway"
    assert not TextMessage.objects.exists()


def test_a_busy_gateway_is_asked_again_later(organisation, gateway):
    registered()
    gateway.answers = [BUSY]

    message = run(text())

    assert (message.state, message.attempts) == ("waiting", 1)
    assert "429" in message.error
    again = ProcrastinateJob.objects.filter(args__text_id=str(message.pk))
    assert again.filter(scheduled_at__gt=now()).exists()
    assert claim_text(message.pk) is None  # its time has not come


def test_after_three_days_nobody_tries_any_more(organisation, gateway):
    registered()
    gateway.answers = [OSError("away")]
    message = text()
    TextMessage.objects.filter(pk=message.pk).update(queued_at=now() - timedelta(days=4))

    assert run(message).state == "failed"


@pytest.mark.parametrize("answer", [NO_TEMPLATE, RefusedAddress("in a private network")])
def test_a_no_of_the_gateway_is_final_and_said(organisation, gateway, answer):
    registered()
    gateway.answers = [answer]

    message = run(text())

    assert message.state == "failed"
    assert message.error
    assert Entry.objects.filter(action="text.failed").count() == 1


def test_a_message_left_behind_is_found_again(organisation, gateway):
    registered()
    message = text()
    claim_text(message.pk)
    TextMessage.objects.filter(pk=message.pk).update(claimed_at=now() - LEASE)

    assert run(message).state == "sent"
    assert Entry.objects.filter(action="text.left_behind").count() == 1


def test_a_text_that_has_not_left_is_kept_back(organisation, gateway):
    registered()
    waiting, out = text(), run(text())

    assert cancel_text(waiting, by=SYSTEM).state == "cancelled"
    assert cancel_text(out, by=SYSTEM).state == "sent"
    assert run(waiting).state == "cancelled"
    assert len(gateway.asked) == 1


def test_a_receipt_is_taken_once(organisation, gateway):
    registered()
    message = run(text())

    take_text_receipt(message, delivered=True, by=SYSTEM)

    message.refresh_from_db()
    assert message.state == "delivered"
    again = refusal(lambda: take_text_receipt(message, delivered=False, by=SYSTEM))
    assert again == "text_not_out"


def test_the_gateway_tells_through_the_signed_address(organisation, gateway, client):
    registered()
    message = run(text())
    token = receipt_link(message, organisation.code).split("/s/")[1].split("/")[0]
    address = reverse("text_receipt", args=[token])

    def post(body, to=address):
        return client.post(to, body, content_type="application/json").status_code

    assert client.get(address).status_code == 405
    assert post("nonsense") == 400
    assert post(json.dumps({"status": "perhaps"})) == 400
    assert post(json.dumps([1])) == 400
    assert post(json.dumps({"status": ["delivered"]})) == 400
    assert post("[" * 9000) == 400
    assert post({"status": "failed", "error": "absent subscriber"}) == 204
    assert post({"status": "delivered"}) == 409
    assert post({"status": "delivered"}, reverse("text_receipt", args=["x.y.z"])) == 404
    message.refresh_from_db()
    assert (message.state, message.error) == ("undelivered", "absent subscriber")


def test_the_sender_and_its_words_are_changed_and_kept_by_the_journal(organisation, gateway):
    registered()
    registered(templates={"en": "", "ar": "22"})

    assert TextSender.objects.count() == 1
    assert list(TextTemplate.objects.values_list("language", "template_id")) == [("ar", "22")]
    assert Entry.objects.filter(action="text_sender.changed").count() == 2


def test_the_demonstration_keeps_its_texts_inside(organisation, gateway, settings):
    settings.MAILBOX_INSIDE, settings.SMS_URL = True, ""
    registered()

    assert run(text()).state == "sent"
    assert gateway.asked == []


def test_another_organisation_sees_none_of_it(organisation, gateway):
    registered()
    message = text()

    with acting_in(OrganisationFactory().pk):
        assert not TextMessage.objects.exists()
        assert not TextSender.objects.exists()
    assert isinstance(message.pk, uuid.UUID)
