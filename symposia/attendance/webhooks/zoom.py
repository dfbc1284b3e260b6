"""Zoom: events signed with the secret token of the app that the organisation made at Zoom."""

import hashlib
import hmac
import json

from symposia.attendance.matching import Said
from symposia.attendance.webhooks.port import (
    FRESH_SECONDS,
    Challenge,
    Document,
    Message,
    Passing,
    email,
    instant,
    mapping,
    words,
)

_KINDS = {"participant_joined": "in", "participant_left": "out"}


class Zoom:
    """Meetings and webinars; a waiting room is not yet the meeting."""

    makes_secret = True

    def is_genuine(self, message: Message, secret: str) -> bool:
        """Signed over the version, the time and the body; an old one may be sent by anybody."""
        signed_at = message.headers.get("x-zm-request-timestamp", "")
        if not (signed_at.isascii() and signed_at.isdecimal() and len(signed_at) <= 13):
            return False
        seconds = int(signed_at) / (1000 if len(signed_at) == 13 else 1)
        if abs(message.received_at.timestamp() - seconds) > FRESH_SECONDS:
            return False
        said = b"v0:" + signed_at.encode() + b":" + message.body
        given = message.headers.get("x-zm-signature", "")
        return hmac.compare_digest(f"v0={_digest(secret, said)}".encode(), given.encode())

    def challenge(self, message: Message, secret: str) -> Challenge | None:
        """Asked only of messages that were signed, so nobody learns a signature by asking."""
        document = message.document()
        if document.get("event") != "endpoint.url_validation":
            return None
        plain = words(mapping(document.get("payload")), "plainToken")
        answer = {"plainToken": plain, "encryptedToken": _digest(secret, plain.encode())}
        return Challenge(json.dumps(answer), "application/json")

    def passings(self, message: Message) -> list[Passing]:
        document = message.document()
        kind = _KINDS.get(words(document, "event").rpartition(".")[2])
        if kind is None:
            return []
        thing = mapping(mapping(document.get("payload")).get("object"))
        person = mapping(thing.get("participant"))
        at = instant(person, "join_time" if kind == "in" else "leave_time")
        return [
            Passing(
                "in" if kind == "in" else "out",
                words(thing, "id"),
                words(person, "participant_uuid", "user_id", "id"),
                Said(words(person, "user_name"), email(person, "email")),
                at,
                _is_host(thing, person),
            )
        ]

    def meeting(self, typed: str) -> str:
        """A meeting number as people copy it, with its gaps or within its link."""
        last = typed.strip().partition("?")[0].rstrip("/").rpartition("/")[2]
        return "".join(each for each in last if each not in " -")


def _is_host(thing: Document, person: Document) -> bool:
    host = words(thing, "host_id")
    return bool(host) and host == words(person, "id")


def _digest(secret: str, said: bytes) -> str:
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()
