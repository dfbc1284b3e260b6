"""A gateway for text messages as it answered once: what it was asked, and what it said."""

import json
from dataclasses import dataclass, field

from symposia.work.outgoing import Reply

TAKEN = Reply(202, b'{"id": "gw-4711", "status": "queued"}')
BUSY = Reply(429, b'{"error": "slow down"}')
NO_TEMPLATE = Reply(400, b'{"error": "template mismatch"}')


@dataclass
class TextGateway:
    """Answers in order; the last answer stays."""

    answers: list = field(default_factory=lambda: [TAKEN])
    asked: list = field(default_factory=list)

    def fetch(self, url, *, method="GET", body=None, headers=None):
        self.asked.append((url, method, json.loads(body), headers))
        answer = self.answers.pop(0) if self.answers[1:] else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer
