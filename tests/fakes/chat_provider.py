"""The provider of chat messages as its interface is published: answers, and what it tells later."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field

from symposia.work.outgoing import Reply

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
class ChatProvider:
    """Answers in order; the last answer stays."""

    answers: list = field(default_factory=lambda: [TAKEN])
    asked: list = field(default_factory=list)

    def fetch(self, url, *, method="GET", body=None, headers=None):
        self.asked.append((url, method, json.loads(body), headers))
        answer = self.answers.pop(0) if self.answers[1:] else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


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
