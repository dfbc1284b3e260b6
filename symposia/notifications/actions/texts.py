import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.notifications.filling import one_line
from symposia.notifications.models import (
    LEASE,
    TextChannel,
    TextMessage,
    TextSender,
    TextState,
    TextTemplate,
)
from symposia.notifications.queries import wording_of
from symposia.notifications.rendering import parameters_of, plain_words
from symposia.notifications.text_queries import text_sender, text_templates
from symposia.notifications.text_rules import (
    number_of,
    objection_to_languages,
    objection_to_number,
    objection_to_receipt,
    objection_to_texting,
    objection_to_words,
)
from symposia.notifications.texting import TextOutcome
from symposia.notifications.trying import GIVE_UP_AFTER, pause_after
from symposia.shared.actors import Actor, job_actor
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if

SEND_TEXT = "notifications.send_text"
TEXTS = job_actor("text messages")


@dataclass(frozen=True)
class TextTo:
    """Whom a text message is for, in which language, about what."""

    phone: str
    name: str
    language: str
    about: tuple[str, uuid.UUID] | None = None
    channel: str = TextChannel.SMS


@dataclass(frozen=True)
class SenderFacts:
    """Under which name texts are sent; the ids of the operators' registry, words by language. Of
    chat messages: the id of the number, and the names of the approved templates."""

    sender_id: str
    entity_id: str = ""
    templates: Mapping[str, str] = field(default_factory=dict)
    channel: str = TextChannel.SMS


@transaction.atomic
def queue_text(code: str, to: TextTo, values: Mapping[str, str], *, by: Actor) -> TextMessage:
    """Write a text message to one person; it leaves after this transaction, by a job."""
    wording, sender = wording_of(code, to.language), text_sender(to.channel)
    template_id = text_templates(code, to.channel).get(wording.language, "")
    number = number_of(to.phone)

    refuse_if(objection_to_number(number))
    refuse_if(objection_to_texting(sender, to.channel))
    refuse_if(objection_to_words(sender, template_id, wording.language))

    subject_type, subject_id = to.about or ("", None)
    text = TextMessage.objects.create(
        channel=to.channel,
        template_code=code,
        language=wording.language,
        to_number=number,
        to_name=one_line(to.name)[:200],
        body=plain_words(wording, values),
        sender_id=sender.sender_id if sender else "",
        entity_id=sender.entity_id if sender else "",
        template_id=template_id,
        parameters=parameters_of(wording, values) if to.channel == TextChannel.CHAT else [],
        subject_type=subject_type,
        subject_id=subject_id,
    )
    record(by, "text.queued", text)
    defer_named(SEND_TEXT, text_id=str(text.pk))
    return text


@transaction.atomic
def claim_text(text_id: uuid.UUID, *, by: Actor = TEXTS) -> TextMessage | None:
    """Take a text message to be handed over now; nothing when it is not due or already taken."""
    text = TextMessage.objects.locked(text_id)
    at = now()
    if not text.is_due(at):
        return None
    if text.state == TextState.SENDING:
        text.move(TextState.WAITING)
        record(by, "text.left_behind", text)
    text.move(TextState.SENDING, claimed_at=at, attempts=text.attempts + 1)
    # Should this process end before it knows the answer, this job finds the message again.
    defer_named(SEND_TEXT, after=LEASE + timedelta(seconds=5), text_id=str(text.pk))
    return text


@transaction.atomic
def settle_text(text_id: uuid.UUID, outcome: TextOutcome, *, by: Actor = TEXTS) -> TextMessage:
    """Note what the gateway said: taken, refused for good, or to be tried again."""
    text = TextMessage.objects.locked(text_id)
    at, error = now(), one_line(outcome.error)[:500]
    if outcome.kind == "sent":
        text.move(TextState.SENT, sent_at=at, gateway_id=outcome.gateway_id, error="")
        record(by, "text.sent", text, details={"attempts": text.attempts})
    elif outcome.kind == "later" and at < text.queued_at + GIVE_UP_AFTER:
        pause = pause_after(text.attempts)
        text.move(TextState.WAITING, error=error, next_attempt_at=at + pause)
        defer_named(SEND_TEXT, after=pause, text_id=str(text.pk))
    else:
        text.move(TextState.FAILED, error=error, settled_at=at)
        record(by, "text.failed", text, reason=error)
    return text


@transaction.atomic
def take_text_receipt(
    text: TextMessage, *, delivered: bool, by: Actor, error: str = ""
) -> TextMessage:
    """Note what became of a message that the gateway took."""
    text = TextMessage.objects.locked(text.pk)

    refuse_if(objection_to_receipt(text))

    state = TextState.DELIVERED if delivered else TextState.UNDELIVERED
    text.move(state, settled_at=now(), error=one_line(error)[:500])
    record(by, f"text.{state}", text, reason=text.error)
    return text


@transaction.atomic
def cancel_text(text: TextMessage, *, by: Actor, reason: str = "") -> TextMessage:
    """Keep back a text message that has not left; one that has stays as it is."""
    text = TextMessage.objects.locked(text.pk)
    if text.state == TextState.WAITING:
        text.move(TextState.CANCELLED)
        record(by, "text.cancelled", text, reason=reason)
    return text


@transaction.atomic
def change_text_sender(code: str, facts: SenderFacts, *, by: Actor) -> TextSender:
    """Say under which name texts are sent, and what the registry knows the words of one by."""
    refuse_if(objection_to_languages(facts.templates))

    sender, _is_new = TextSender.objects.select_for_update().update_or_create(
        channel=facts.channel,
        defaults={
            "sender_id": one_line(facts.sender_id)[:20],
            "entity_id": one_line(facts.entity_id)[:40],
            "changed_at": now(),
        },
    )
    for language, template_id in facts.templates.items():
        which: dict[str, Any] = {"channel": facts.channel, "code": code, "language": language}
        if template_id.strip():
            said = {"template_id": one_line(template_id)[:120], "changed_at": now()}
            TextTemplate.objects.update_or_create(**which, defaults=said)
        else:
            TextTemplate.objects.filter(**which).delete()
    record(by, "text_sender.changed", sender, details={"templates": dict(facts.templates)})
    return sender
