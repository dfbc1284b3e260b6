"""A provider of card payments as it answers over HTTP: what it is asked is recorded."""

import json
import time

from symposia.finance.cards import HostedCheckout, signed
from symposia.work.outgoing import Reply

SECRET = "what messages are signed with"  # of nobody


class FakeProvider:
    """Begins payments, says what became of them, pays back; silent when told to be."""

    def __init__(self):
        self.asked, self.states, self.silent = [], {}, False
        # Payments that it does not answer for, and those it knows nothing of.
        self.mute, self.lost = set(), set()

    def send(self, url, *, method="GET", body=None, headers=None):
        said = json.loads(body) if body else None
        self.asked.append((method, url.removeprefix("https://cards.example"), said, headers))
        if self.silent:
            raise OSError("no answer")
        named = url.rpartition("/")[2]
        if named in self.mute:
            raise OSError("no answer")
        if named in self.lost:
            return Reply(404, b"{}")
        return Reply(200, json.dumps(self._answer(method, url, said)).encode())

    def _answer(self, method, url, said):
        if url.endswith("/payments"):
            payment = f"pay_{len(self.states) + 1}"
            self.states[payment] = "open"
            return {"id": payment, "url": f"https://cards.example/pages/{payment}"}
        payment = url.split("/payments/")[1].split("/")[0]
        if method == "POST":
            self.states[payment] = "refunded"
        return {"id": payment, "status": self.states[payment]}

    @property
    def adapter(self):
        return HostedCheckout("https://cards.example", "key", SECRET, send=self.send)


def message(payment, status, reference, *, at=None, secret=SECRET):
    """A message of the provider with its signature."""
    body = json.dumps({"id": payment, "status": status, "reference": reference}).encode()
    signed_at = str(int(at or time.time()))
    return body, f"t={signed_at},v1={signed(secret, signed_at, body)}"
