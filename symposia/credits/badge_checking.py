"""Badges that somebody hands in: whether they hold, said step by step, without any network.

Our own are checked to the end: by our keys, then in the register as it is now. Those that name
their key themselves (`did:key`) are checked as far as they carry it: unchanged, but whose the key
is, nobody says. Those of other issuers we do not look up: no address out of a file is opened.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from xml.parsers.expat import ExpatError

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openbadgeslib import baking
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError
from png import FormatError

from symposia.accounts.queries import organisation_by_code
from symposia.credits.checking import Checked, check_certificate
from symposia.credits.issuer_keys import did_of, document_of
from symposia.credits.queries import issuer_keys, signing_now
from symposia.credits.status_lists import list_address, place_of
from symposia.shared.tenancy import acting_in

LARGEST = 512 * 1024
_PNG = b"\x89PNG"
# What the readers of JSON, XML and PNG say of a file that is none.
_UNREADABLE = (
    *(ValueError, RecursionError, IndexError, ExpatError, FormatError, zlib.error),
    LibOpenBadgesException,
)


class Outcome(StrEnum):
    """What is said of a badge as a whole."""

    VALID = "valid"
    VOID = "void"
    FORGED = "forged"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Step:
    """One thing that was looked at, and how it came out; None: it was not looked at here."""

    what: str | Promise
    holds: bool | None
    said: str | Promise = ""


@dataclass(frozen=True)
class CheckedBadge:
    """What became of a badge that was handed in."""

    outcome: Outcome
    steps: Sequence[Step] = ()
    # What it says of itself, as far as its signature holds.
    credential: dict[str, Any] | None = None
    register: Checked | None = None


# How the library begins to say that a signature holds and the badge has come to its end.
_ENDED = "Credential has expired"
_READ = _("It is an Open Badge 3.0")
_ISSUER = _("Its issuer's key is known")
_SIGNED = _("It is signed by that key, and nothing was changed since")
_STILL = _("It is still valid")
_REGISTER = _("It stands in the register, neither revoked nor replaced nor expired")


def check_badge(handed_in: bytes) -> CheckedBadge:
    """Whether a badge holds: its JSON, or a picture (PNG or SVG) that carries it."""
    credential = read_badge(handed_in)
    if credential is None:
        said = _("There is no badge in it that we can read.")
        return CheckedBadge(Outcome.UNREADABLE, [Step(_READ, holds=False, said=said)])
    steps = [Step(_READ, holds=True)]
    issuer = _issuer_of(credential)
    if issuer.startswith("did:key:"):
        return _self_asserted(credential, steps)
    code = issuer.rpartition(":")[2]
    organisation = organisation_by_code(code) if issuer == did_of(code) else None
    if organisation is None:
        said = _("Another issuer: verify it with a program that looks up its keys.")
        return CheckedBadge(Outcome.UNKNOWN, [*steps, Step(_ISSUER, holds=None, said=said)])
    with acting_in(organisation.pk):
        return _ours(credential, code, steps)


def read_badge(handed_in: bytes) -> dict[str, Any] | None:
    """The credential in a file; nothing where there is none."""
    if len(handed_in) > LARGEST:
        return None
    try:
        said = json.loads(_text_in(handed_in.strip()) or "null")
    except _UNREADABLE:
        return None
    return said if isinstance(said, dict) and "proof" in said else None


def _text_in(content: bytes) -> str | None:
    if content.startswith(_PNG):
        return baking.extract_png(content, keyword=baking.ITXT_KEYWORD_OB3)
    if content.startswith(b"<"):
        element = baking.SVG_ELEMENT_OB3
        return baking.extract_svg(content, element=element, text_fallback=True)
    return content.decode()


def _issuer_of(credential: dict[str, Any]) -> str:
    issuer = credential.get("issuer")
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    return named if isinstance(named, str) and "\0" not in named else ""


def _self_asserted(credential: dict[str, Any], steps: list[Step]) -> CheckedBadge:
    """It carries its own key: all that can be told is that nobody changed it."""
    problem = _problem(credential, None)
    if problem.startswith(_ENDED):
        steps = [*steps, Step(_SIGNED, holds=True), Step(_STILL, holds=False, said=problem)]
        return CheckedBadge(Outcome.VOID, steps, credential)
    if problem:
        return CheckedBadge(Outcome.FORGED, [*steps, Step(_SIGNED, holds=False, said=problem)])
    said = _("It carries its own key; whose that is, it cannot tell.")
    steps = [*steps, Step(_SIGNED, holds=True), Step(_ISSUER, holds=None, said=said)]
    return CheckedBadge(Outcome.UNKNOWN, steps, credential)


def _ours(credential: dict[str, Any], code: str, steps: list[Step]) -> CheckedBadge:
    """By our own keys, then in the register as it is now."""
    document = json.dumps(document_of(code, issuer_keys())).encode()
    steps = [*steps, Step(_ISSUER, holds=True, said=did_of(code))]
    problem = _problem(credential, document)
    if problem and not problem.startswith(_ENDED):
        return CheckedBadge(Outcome.FORGED, [*steps, Step(_SIGNED, holds=False, said=problem)])
    steps = [*steps, Step(_SIGNED, holds=True)]
    found = check_certificate(str(credential.get("id", "")).rstrip("/").rpartition("/")[2])
    if found is None or not _is_its_own(credential, found):
        said = _("The register knows nothing of it.")
        return CheckedBadge(Outcome.VOID, [*steps, Step(_REGISTER, holds=False, said=said)])
    if found.is_void:
        steps = [*steps, Step(_REGISTER, holds=False, said=_what_became_of(found))]
        return CheckedBadge(Outcome.VOID, steps, credential, found)
    return CheckedBadge(Outcome.VALID, [*steps, Step(_REGISTER, holds=True)], credential, found)


def _problem(credential: dict[str, Any], document: bytes | None) -> str:
    """Why a badge does not hold, in the words of the library; nothing if it does."""

    def download(_address: str) -> bytes:
        if document is None:
            raise OB3VerificationError("nothing is looked up")
        return document

    try:
        OB3LdpVerifier().verify(credential, download=download)
    except OB3VerificationError as problem:
        return str(problem)[:300]
    return ""


def _is_its_own(credential: dict[str, Any], found: Checked) -> bool:
    """Whether a badge is the one of this certificate: its place in the list is."""
    signing, status = signing_now(), credential.get("credentialStatus")
    if signing is None or not isinstance(status, dict):
        return False
    place = place_of(signing.seed, found.certificate)
    address = list_address(found.organisation.code, place.list_name)
    return (status.get("statusListCredential"), status.get("statusListIndex")) == (
        address,
        str(place.index),
    )


def _what_became_of(found: Checked) -> str | Promise:
    if found.revocation:
        return _("It was revoked.")
    return _("A later version stands in its place.") if found.successor else _("It has expired.")
