"""Handing one text message to the gateway, and understanding its answer.

A gateway is one https address that takes JSON: `to`, `text`, `sender`, `reference`, `receipt_url`
and, where the sender is registered, `dlt_entity_id` and `dlt_template_id`. It answers 2xx with its
own `id`, and tells the receipt's address later what became of the message.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal

import structlog
from django.conf import settings

from symposia.notifications.models import TextMessage
from symposia.shared.links import make_link
from symposia.work.outgoing import RefusedAddress, Reply, fetch

log = structlog.get_logger()
RECEIPT = "text"


@dataclass(frozen=True)
class TextOutcome:
    """What became of one attempt."""

    kind: Literal["sent", "later", "failed"]
    gateway_id: str = ""
    error: str = ""


def receipt_token(text: TextMessage, organisation_code: str) -> str:
    """What says which message a receipt is of, wherever it comes in."""
    return make_link(RECEIPT, text.pk, organisation_code)


def receipt_link(text: TextMessage, organisation_code: str) -> str:
    """Where the gateway says what became of this message."""
    return f"{settings.ORIGIN}/s/{receipt_token(text, organisation_code)}/receipt/"


def request_of(text: TextMessage, organisation_code: str) -> bytes:
    """What the gateway is asked."""
    asked = {
        "to": text.to_number,
        "text": text.body,
        "sender": text.sender_id,
        "reference": str(text.pk),
        "receipt_url": receipt_link(text, organisation_code),
    }
    if text.entity_id:
        asked |= {"dlt_entity_id": text.entity_id, "dlt_template_id": text.template_id}
    return json.dumps(asked, ensure_ascii=False).encode()


def hand_over_text(text: TextMessage, organisation_code: str) -> TextOutcome:
    """One conversation with the gateway; the reference lets it know a message it has already."""
    headers = {**as_json(settings.SMS_TOKEN), "Idempotency-Key": str(text.pk)}
    body = request_of(text, organisation_code)
    reply = posted(settings.SMS_URL, body, headers, silent="text_gateway_unreachable")
    return reply if isinstance(reply, TextOutcome) else outcome_of(reply)


def as_json(token: str) -> dict[str, str]:
    """What says that JSON comes, and from whom."""
    return {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}


def posted(url: str, body: bytes, headers: dict[str, str], *, silent: str) -> Reply | TextOutcome:
    """What was answered; where nobody could be asked, what that means for the message. `silent` is
    the word of the log when nobody answers."""
    try:
        return fetch(url, method="POST", body=body, headers=headers)
    except RefusedAddress as refused:
        return TextOutcome("failed", error=str(refused))
    except OSError as problem:
        log.warning(silent, error=type(problem).__name__)
        return TextOutcome("later", error=f"{type(problem).__name__}: {problem}")


def outcome_of(reply: Reply) -> TextOutcome:
    """2xx took it, 429 and 5xx ask for patience, anything else is a no with its words."""
    said = reply.body[:400].decode(errors="replace")
    if 200 <= reply.status < 300:
        return TextOutcome("sent", gateway_id=_id_in(reply.body))
    kind: Literal["later", "failed"] = (
        "later" if reply.status == 429 or reply.status >= 500 else "failed"
    )
    return TextOutcome(kind, error=f"{reply.status} {said}")


def _id_in(body: bytes) -> str:
    try:
        said: Any = json.loads(body)
    except ValueError:
        return ""
    return str(said.get("id", ""))[:120] if isinstance(said, dict) else ""
