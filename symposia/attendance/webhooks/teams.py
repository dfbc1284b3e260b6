"""Microsoft Teams: change notifications about the calls of an online meeting. They carry no
signature; they repeat the words that were agreed when the subscription was made."""

import hmac
from datetime import datetime
from typing import Literal
from urllib.parse import unquote

from symposia.attendance.matching import Said
from symposia.attendance.webhooks.port import (
    Challenge,
    Document,
    Message,
    Passing,
    Unreadable,
    email,
    instant,
    listed,
    mapping,
    words,
)

_HOSTS = frozenset({"organizer", "coorganizer", "producer"})
_ROSTER = "callrosterupdate"


class Teams:
    """Subscriptions to the call events of one meeting, named by the link that people join by.

    A subscription says `includeResourceData: false`: then who joined stands in the message itself.
    """

    makes_secret = False

    def is_genuine(self, message: Message, secret: str) -> bool:
        """Every notification of a message says what was agreed."""
        if message.query.get("validationToken"):
            return True
        try:
            told = listed(message.document().get("value"))
        except Unreadable:
            return False
        given = [words(each, "clientState") for each in told]
        agreed = secret.encode()
        return bool(given) and all(hmac.compare_digest(agreed, one.encode()) for one in given)

    def challenge(self, message: Message, _secret: str) -> Challenge | None:
        """Whoever makes a subscription is answered their own words, as plain text."""
        token = message.query.get("validationToken")
        return Challenge(token[:1000], "text/plain; charset=utf-8") if token else None

    def passings(self, message: Message) -> list[Passing]:
        found: list[Passing] = []
        for notification in listed(message.document().get("value")):
            data = mapping(notification.get("resourceData") or {})
            if _ROSTER in words(data, "eventType").casefold():
                found.extend(_roster(notification, data))
        return found

    def meeting(self, typed: str) -> str:
        """The link that people join by; however it is quoted, it is the same meeting."""
        return _thread(typed)


def _roster(notification: Document, data: Document) -> list[Passing]:
    at = instant(data, "eventDateTime")
    meeting = _thread(words(data, "id", "@odata.id") or words(notification, "resource"))
    came = [
        _passing("in", meeting, one, at) for one in listed(data.get("activeParticipants@delta"))
    ]
    left = [
        _passing("out", meeting, one, at) for one in listed(data.get("activeParticipants@remove"))
    ]
    return came + left


def _passing(kind: Literal["in", "out"], meeting: str, info: Document, at: datetime) -> Passing:
    identity = mapping(_part(info, "identity"))
    user = mapping(_part(identity, "user") or _part(identity, "guest") or {})
    address = email({**user, **info}, "upn", "Upn", "UPN")
    said = Said(words(user, "displayName", "DisplayName"), address)
    role = words(info, "role", "Role").casefold().replace("-", "")
    participant = words(user, "id", "Id") or said.email or said.name
    return Passing(kind, meeting, participant, said, at, role in _HOSTS)


def _part(document: Document, name: str) -> object:
    """Written with a small or a capital letter, by the age of the service."""
    return document.get(name) or document.get(name.capitalize())


def _thread(text: str) -> str:
    """The part of a link, or of a resource that names one, that stays the same: its thread."""
    plain = unquote(unquote(text.strip()))
    begin, end = plain.find("19:"), plain.find("@thread")
    return plain[begin:end].casefold() if 0 <= begin < end else plain[:500]
