"""Webex: webhooks about the participants of a meeting, signed with a secret that we make."""

import hashlib
import hmac

from symposia.attendance.matching import Said
from symposia.attendance.webhooks.port import (
    Challenge,
    Message,
    Passing,
    email,
    instant,
    mapping,
    words,
)

_SIGNATURE = "x-spark-signature"


class Webex:
    """One webhook for who joins and one for who leaves, both to the same address."""

    makes_secret = False

    def is_genuine(self, message: Message, secret: str) -> bool:
        """Signed over the body alone, by the one way that Webex signs (HMAC-SHA-1)."""
        wanted = hmac.new(secret.encode(), message.body, hashlib.sha1).hexdigest()
        given = message.headers.get(_SIGNATURE, "").strip().casefold()
        return hmac.compare_digest(wanted.encode(), given.encode())

    def challenge(self, _message: Message, _secret: str) -> Challenge | None:
        return None

    def passings(self, message: Message) -> list[Passing]:
        document = message.document()
        event = words(document, "event")
        if words(document, "resource") != "meetingParticipants" or event not in {"joined", "left"}:
            return []
        person = mapping(document.get("data"))
        kind, name = ("in", "joinedTime") if event == "joined" else ("out", "leftTime")
        at = instant(person, name) if person.get(name) else instant(document, "created")
        is_host = person.get("host") is True or person.get("coHost") is True
        return [
            Passing(
                "in" if kind == "in" else "out",
                _meeting_of(words(person, "meetingId", longest=500)),
                words(person, "id"),
                Said(words(person, "displayName"), email(person, "email")),
                at,
                is_host,
            )
        ]

    def meeting(self, typed: str) -> str:
        """The id of the meeting, or of one of its dates."""
        return _meeting_of(typed.strip())


def _meeting_of(text: str) -> str:
    """Each date of a series has the id of the series before its own."""
    return text.partition("_I_")[0][:500]
