"""What is in a file that somebody hands in as a badge: a credential, whatever form it has.

Nothing is believed here. A credential has its signature inside (JSON with a proof) or around it (a
JWT); either may stand in a picture. https://www.imsglobal.org/spec/ob/v3p0/#jwt-proof
"""

import json
import re
import zlib
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError

from openbadgeslib import baking
from openbadgeslib.errors import LibOpenBadgesException
from png import FormatError

LARGEST = 512 * 1024
_SUITE = "eddsa-rdfc-2022"
_MOST_PROOFS = 4
_PNG = b"\x89PNG"
_TOKEN = re.compile(r"([\w-]+)\.([\w-]+)\.[\w-]*", re.ASCII)
# What the standard of tokens says of their kind; one that says another is another thing.
_KINDS = {"JWT", "VC+JWT", "VC+LD+JWT"}
# What the readers of JSON, XML and PNG say of a file that is none.
_UNREADABLE = (
    *(ValueError, RecursionError, IndexError, ExpatError, FormatError, zlib.error),
    LibOpenBadgesException,
)


@dataclass(frozen=True)
class HandedIn:
    """What a badge says, and the token around it where it is one.

    `is_older`: the token has the form of version 1.1, the credential as one claim among others.
    """

    credential: dict[str, Any]
    token: str = ""
    is_older: bool = False

    @property
    def issuer(self) -> str:
        """Who it says made it; nothing where that is no name."""
        issuer = self.credential.get("issuer")
        named = issuer.get("id") if isinstance(issuer, dict) else issuer
        return named if isinstance(named, str) and "\0" not in named else ""

    @property
    def is_record(self) -> bool:
        """Whether it is a record of many badges: a Comprehensive Learner Record."""
        types = self.credential.get("type")
        return isinstance(types, list) and "ClrCredential" in types

    @property
    def members(self) -> list[Any]:
        """The badges of a record."""
        subject = self.credential.get("credentialSubject")
        held = subject.get("verifiableCredential") if isinstance(subject, dict) else None
        return held if isinstance(held, list) else [held]


def proofs_apart(credential: dict[str, Any]) -> list[dict[str, Any]]:
    """A credential once for each proof of our kind: what carries a few holds if all of them do.
    What carries many is left to be refused as a whole."""
    proofs = credential.get("proof")
    listed = proofs if isinstance(proofs, list) else []
    ours = [each for each in listed if isinstance(each, dict) and each.get("cryptosuite") == _SUITE]
    if not 1 < len(ours) <= _MOST_PROOFS:
        return [credential]
    return [credential | {"proof": each} for each in ours]


def read_badge(handed_in: bytes) -> HandedIn | None:
    """The credential in a file; nothing where there is none."""
    if len(handed_in) > LARGEST:
        return None
    try:
        text = _text_in(handed_in.strip()) or "null"
        found = _TOKEN.fullmatch(text.strip())
        return _of_token(found) if found else _of_json(json.loads(text))
    except _UNREADABLE:
        return None


def _text_in(content: bytes) -> str | None:
    if content.startswith(_PNG):
        return baking.extract_png(content, keyword=baking.ITXT_KEYWORD_OB3)
    if content.startswith(b"<"):
        element = baking.SVG_ELEMENT_OB3
        return baking.extract_svg(content, element=element, text_fallback=True)
    return content.decode()


def _of_json(said: Any) -> HandedIn | None:
    return HandedIn(said) if isinstance(said, dict) and "proof" in said else None


def _of_token(found: re.Match[str]) -> HandedIn | None:
    header, claims = _part(found[1]), _part(found[2])
    if header is None or claims is None:
        return None
    if str(header.get("typ", "JWT")).upper() not in _KINDS:
        return None
    older = claims.get("vc")
    if isinstance(older, dict):
        return HandedIn(older, found[0], is_older=True)
    return HandedIn(claims, found[0]) if "credentialSubject" in claims else None


def _part(text: str) -> dict[str, Any] | None:
    said = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return said if isinstance(said, dict) else None
