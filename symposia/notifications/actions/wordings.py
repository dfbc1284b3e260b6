from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.notifications.actions import queue_message
from symposia.notifications.filling import one_line
from symposia.notifications.models import Delivery, MessageTemplate, MessageVersion
from symposia.notifications.policies import objection_to_using_words, objection_to_wording
from symposia.notifications.queries import latest_version, template_of
from symposia.notifications.wording import shipped
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class Words:
    """What a message says: its subject, the line an inbox shows beside it, its blocks."""

    subject: str
    body: str
    preview: str = ""


@transaction.atomic
def write_wording(code: str, language: str, words: Words, *, by: Actor) -> MessageVersion:
    """Word a message in one language: a version to look at, which nobody gets yet."""
    original = shipped(code, language).spoken_in(language)
    subject, preview = one_line(words.subject)[:200], one_line(words.preview)[:200]
    own = original.in_other_words(subject, words.body.strip(), preview)
    last = latest_version(code, language)

    refuse_if(objection_to_wording(original, own))

    version = MessageVersion(
        code=code,
        language=language,
        number=last.number + 1 if last else 1,
        subject=subject,
        preview=preview,
        body=own.body,
        written_by_name=by.name,
    )
    version.save(force_insert=True)
    record(by, "wording.written", version)
    return version


@transaction.atomic
def use_wording(version: MessageVersion, *, by: Actor) -> MessageTemplate:
    """Say it in these words from the next message on; an earlier version may come back."""
    template = template_of(version.code, version.language)

    refuse_if(objection_to_using_words(version, template))

    said = {"subject": version.subject, "preview": version.preview, "body": version.body}
    template, _is_new = MessageTemplate.objects.select_for_update().update_or_create(
        code=version.code,
        language=version.language,
        defaults={**said, "version": version, "written_at": now()},
    )
    record(by, "wording.used", template, details={"version": version.number})
    return template


@transaction.atomic
def return_to_shipped_words(template: MessageTemplate, *, by: Actor) -> None:
    """Say it in the words of the product again; the versions stay."""
    template = MessageTemplate.objects.select_for_update().get(pk=template.pk)
    record(by, "wording.given_up", template)
    template.delete()


@transaction.atomic
def send_wording_test(
    version: MessageVersion, values: Mapping[str, str], *, to_address: str, by: Actor
) -> Delivery:
    """Send oneself a version as a person would get it."""
    delivery = queue_message(
        version.code,
        to_address=to_address,
        to_name=by.name,
        values=values,
        wording=version.as_wording(shipped(version.code, version.language)),
        about=(version._meta.label, version.pk),
        by=by,
    )
    record(by, "wording.test_sent", version, details={"message": str(delivery.pk)})
    return delivery
