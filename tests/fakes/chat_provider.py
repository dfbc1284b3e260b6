"""The provider of chat messages as its interface is published: answers, and what it tells later."""

import hashlib
import hmac
from dataclasses import dataclass, field

from symposia.work.outgoing import Reply
from tests.fakes.text_gateway import TextGateway

TAKEN = Reply(
    200,
    b'{"messaging_product":"whatsapp","contacts":[{"input":"919876543210","wa_id":"919876543210"}],'
    b'"messages":[{"id":"wamid.HBgLMTY0","message_status":"accepted"}]}',
)
BUSY = Reply(
    400,
    b'{"error":{"message":"(#131056) (Business Account, Consumer Account) pair rate limit hit",'
    b'"type":"OAuthException","code":131056,"fbtrace_id":"A1"}}',
)
NO_TEMPLATE = Reply(
    404,
    b'{"error":{"message":"(#132001) Template name does not exist in the translation",'
    b'"type":"OAuthException","code":132001,"fbtrace_id":"A2"}}',
)
SECRET = "shared secret"


@dataclass
class ChatProvider(TextGateway):
    """The same conversation with this provider's answers."""

    answers: list = field(default_factory=lambda: [TAKEN])


def told(*statuses):
    """What it posts: the fates of some messages."""
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550001111", "phone_number_id": "106540352242922"},
        "statuses": list(statuses),
    }
    changes = [{"value": value, "field": "messages"}]
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}


def fate(status, token, **more):
    return {
        "id": "wamid.HBgLMTY0",
        "status": status,
        "timestamp": "1799999999",
        "recipient_id": "919876543210",
        "biz_opaque_callback_data": token,
        **more,
    }


def signature(body):
    return "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
