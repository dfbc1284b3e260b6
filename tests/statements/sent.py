"""Statements as providers send them, and a client that sends them."""

import base64
import json
import uuid

from symposia.shared.actors import SYSTEM
from symposia.statements.actions.keys import make_provider_key
from symposia.statements.models import Scope

VERB = "http://adlnet.gov/expapi/verbs/completed"
AGENT = {"mbox": "mailto:lena@example.org", "name": "Lena"}


def told(**more):
    """A small statement."""
    return {
        "id": str(uuid.uuid4()),
        "actor": AGENT,
        "verb": {"id": VERB, "display": {"en": "completed"}},
        "object": {"id": "https://example.org/lessons/1"},
    } | more


class Sender:
    """A provider with a key, on the test client."""

    def __init__(self, client, scope=Scope.ALL, version="2.0.0", name="Course tool"):
        self.key, self.secret = make_provider_key(name, scope, by=SYSTEM)
        self.client, self.version = client, version

    def headers(self, **more):
        pair = base64.b64encode(f"{self.key.username}:{self.secret}".encode()).decode()
        return {"Authorization": f"Basic {pair}", "X-Experience-API-Version": self.version, **more}

    def send(self, method, path, body=None, *, content_type="application/json", **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        call = getattr(self.client, method)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is None:
            return call(f"/xapi/{path}", headers=self.headers(**named))
        return call(f"/xapi/{path}", data, content_type=content_type, headers=self.headers(**named))

    def post(self, *statements):
        body = statements[0] if len(statements) == 1 else list(statements)
        return self.send("post", "statements", body)

    def found(self, **params):
        """The ids of the statements that are found."""
        answer = self.client.get("/xapi/statements", params, headers=self.headers())
        assert answer.status_code == 200, answer.content
        return [each["id"] for each in answer.json()["statements"]]
