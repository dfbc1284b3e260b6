"""Where a document is kept, what a change makes of it, and whether it may be changed now."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection, Refused
from symposia.statements.identities import key_of
from symposia.statements.models import Document, DocumentKind

NOT_AS_KNOWN = Objection(
    "statements_document_changed",
    _("The document is not the one that was named; it was changed meanwhile. Read it again."),
)
NOT_NAMED = Objection(
    "statements_document_unnamed",
    _("There is a document already: say with If-Match which one is changed, or read it first."),
)
NOT_SAID = Objection(
    "statements_document_unsaid",
    _("Say with If-Match which profile is replaced, or with If-None-Match: * that it is new."),
)
NOT_MERGED = Objection(
    "statements_document_no_json",
    _("Only JSON objects are merged, both the one that is kept and the one that is sent."),
)


@dataclass(frozen=True)
class Place:
    """Where a document is kept: about what and whom, and under which name."""

    kind: DocumentKind
    activity: str = ""
    agent: str = ""
    registration: uuid.UUID | None = None
    name: str = ""

    @property
    def owner(self) -> uuid.UUID:
        return key_of("owner", self.kind, self.activity, self.agent)

    @property
    def key(self) -> uuid.UUID:
        return key_of("place", str(self.owner), str(self.registration or ""), self.name)


@dataclass(frozen=True)
class Change:
    """What is sent for a document, and what the sender knows of the one that is there."""

    content: bytes = b""
    content_type: str = ""
    merges: bool = False
    # The entity tags that were named, without quotes; `*` stands for any.
    if_match: frozenset[str] = frozenset()
    if_none_match: frozenset[str] = frozenset()
    # What is there is replaced only by whoever says which one.
    must_name: bool = False


@dataclass(frozen=True)
class Made:
    """A document as it will be."""

    content: bytes
    content_type: str
    etag: str


def objection_to_change(
    kind: DocumentKind, before: Document | None, change: Change
) -> Objection | None:
    """Why a document is not changed: whoever sends it knows another one."""
    there = before.etag if before else None
    if change.if_match and not _names(change.if_match, there):
        return NOT_AS_KNOWN
    if change.if_none_match and _names(change.if_none_match, there):
        return NOT_AS_KNOWN
    if change.must_name and not (change.if_match or change.if_none_match):
        if before:
            return NOT_NAMED
        return NOT_SAID if kind != DocumentKind.STATE else None
    return None


def changed(before: Document | None, change: Change) -> Made:
    """What a change makes of a document; JSON objects are merged by their first properties."""
    if not (change.merges and before):
        return _made(change.content, change.content_type)
    old = _json_object(before.content_type, bytes(before.content))
    new = _json_object(change.content_type, change.content)
    if old is None or new is None:
        raise Refused(NOT_MERGED)
    text = json.dumps(old | new, ensure_ascii=False, separators=(",", ":"))
    return _made(text.encode("utf-8", "surrogatepass"), change.content_type)


def is_json(content_type: str) -> bool:
    return content_type.split(";", maxsplit=1)[0].strip().lower() == "application/json"


def _json_object(content_type: str, content: bytes) -> dict[str, Any] | None:
    if not is_json(content_type):
        return None
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _made(content: bytes, content_type: str) -> Made:
    # The standard names SHA-1; it tells versions apart and protects nothing.
    return Made(content, content_type, hashlib.sha1(content, usedforsecurity=False).hexdigest())


def _names(tags: frozenset[str], there: str | None) -> bool:
    return there is not None and ("*" in tags or there in tags)
