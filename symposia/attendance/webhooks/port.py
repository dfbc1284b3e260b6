"""What every vendor's adapter answers: is it theirs, do they only ask for us, who passed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from django.utils.dateparse import parse_datetime
from django.utils.timezone import now

from symposia.attendance.matching import Said
from symposia.shared.texts import kept_text

# A signed message is believed for so long after it was signed.
FRESH_SECONDS = 300
Document = Mapping[str, Any]


class Unreadable(Exception):
    """The vendor's own message, but not of a shape that we know."""


@dataclass(frozen=True)
class Message:
    """A message as it came: its body to the byte, its headers, the words of its address."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    received_at: datetime = field(default_factory=now)

    def document(self) -> Document:
        """The body as it is meant. Raises Unreadable."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Unreadable("no JSON") from error
        return mapping(found)


@dataclass(frozen=True)
class Challenge:
    """What the vendor is answered who asks whether the address is ours."""

    body: str
    content_type: str


@dataclass(frozen=True)
class Passing:
    """Somebody who joined or left a meeting, as the vendor says it."""

    kind: Literal["in", "out"]
    meeting: str
    # The vendor's name for this person's connection: two devices of one person are two.
    participant: str
    said: Said
    at: datetime
    is_host: bool = False


class Adapter(Protocol):
    """Whoever runs the meeting."""

    # Whether the vendor makes the secret; else we do and the vendor is told.
    makes_secret: bool

    def is_genuine(self, message: Message, secret: str) -> bool: ...

    def challenge(self, message: Message, secret: str) -> Challenge | None: ...

    def passings(self, message: Message) -> list[Passing]: ...

    def meeting(self, typed: str) -> str: ...


def mapping(value: object) -> Document:
    """A part of a message that holds named things. Raises Unreadable."""
    if not isinstance(value, Mapping):
        raise Unreadable("not an object")
    return value


def listed(value: object) -> list[Document]:
    """A part of a message that holds several; nothing said is none. Raises Unreadable."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unreadable("not a list")
    return [mapping(each) for each in value]


def words(document: Document, *names: str, longest: int = 200) -> str:
    """The first of these that is said, as one line."""
    for name in names:
        value = document.get(name)
        if isinstance(value, str | int) and str(value).strip():
            return " ".join(kept_text(str(value)).split())[:longest]
    return ""


def email(document: Document, *names: str) -> str:
    """An address, where it is one."""
    found = words(document, *names, longest=254)
    return found if "@" in found else ""


def instant(document: Document, *names: str) -> datetime:
    """When it was. Raises Unreadable."""
    text = words(document, *names, longest=40)
    try:
        found = parse_datetime(text)
    except ValueError as error:
        raise Unreadable("no time") from error
    if found is None:
        raise Unreadable("no time")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
