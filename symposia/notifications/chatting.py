"""Handing one chat message to the provider, and understanding what it tells later.

The shape is that of the WhatsApp Business Cloud API: whoever is written to first gets an approved
template, named with its language, and the parameters to fill in. What became of the message comes
to one address of the installation, signed, with the word of ours that went along.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings

from symposia.notifications.models import TextMessage
from symposia.notifications.texting import TextOutcome, as_json, posted, receipt_token
from symposia.work.outgoing import Reply

# Codes of the provider that mean "slower": too many calls, or too many messages to one number.
SLOWER = frozenset({4, 80007, 130429, 131048, 131056})
_MEANS = {"delivered": True, "read": True, "failed": False}


@dataclass(frozen=True)
class Receipt:
    """What became of one message: our own word for it, the provider's id, and why not."""

    token: str
    gateway_id: str
    delivered: bool
    error: str = ""


def chat_request(text: TextMessage, organisation_code: str) -> bytes:
    """What the provider is asked."""
    parameters = [{"type": "text", "text": each} for each in text.parameters]
    template = {
        "name": text.template_id,
        "language": {"code": text.language.replace("-", "_")},
        "components": [{"type": "body", "parameters": parameters}],
    }
    asked = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": text.to_number.removeprefix("+"),
        "type": "template",
        "template": template,
        "biz_opaque_callback_data": receipt_token(text, organisation_code),
    }
    return json.dumps(asked, ensure_ascii=False).encode()


def hand_over_chat(text: TextMessage, organisation_code: str) -> TextOutcome:
    """One conversation with the provider."""
    url = f"{settings.CHAT_URL}/{text.sender_id}/messages"
    body, headers = chat_request(text, organisation_code), as_json(settings.CHAT_TOKEN)
    reply = posted(url, body, headers, silent="chat_provider_unreachable")
    return reply if isinstance(reply, TextOutcome) else chat_outcome(reply)


def chat_outcome(reply: Reply) -> TextOutcome:
    """2xx took it and says its id; a no has a code, of which some ask for patience."""
    said = _object(reply.body)
    if 200 <= reply.status < 300:
        taken = said.get("messages") or [{}]
        return TextOutcome("sent", gateway_id=str(taken[0].get("id", ""))[:120])
    error = said.get("error") or {}
    is_busy = reply.status == 429 or reply.status >= 500 or error.get("code") in SLOWER
    kind: Literal["later", "failed"] = "later" if is_busy else "failed"
    words = error.get("message") or reply.body[:200].decode(errors="replace")
    return TextOutcome(kind, error=f"{error.get('code', reply.status)} {words}")


def is_signed(body: bytes, signature: str) -> bool:
    """Whether the provider said this: its signature over the body, with the secret shared."""
    if not settings.CHAT_SECRET:
        return False
    made = hmac.new(settings.CHAT_SECRET.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={made}".encode(), signature.encode())


def receipts_in(body: bytes) -> list[Receipt]:
    """Every fate of a message that the provider tells; what else it tells is left alone."""
    return list(_receipts(_object(body)))


def _receipts(said: dict[str, Any]) -> Iterator[Receipt]:
    for entry in _objects(said.get("entry")):
        for change in _objects(entry.get("changes")):
            value = change.get("value")
            statuses = value.get("statuses") if isinstance(value, dict) else None
            for status in _objects(statuses):
                if status.get("status") in _MEANS:
                    yield _receipt(status)


def _receipt(status: dict[str, Any]) -> Receipt:
    errors = _objects(status.get("errors"))
    why = f"{errors[0].get('code', '')} {errors[0].get('title', '')}".strip() if errors else ""
    token = str(status.get("biz_opaque_callback_data", ""))
    return Receipt(token, str(status.get("id", "")), _MEANS[status["status"]], why)


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
