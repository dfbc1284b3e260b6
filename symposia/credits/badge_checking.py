"""Badges that somebody hands in: whether they hold, said step by step, without any network. A
learner record holds with every badge in it.

Our own are checked to the end: by our keys, then in the register as it is now. Those that name
their key themselves (`did:key`) are checked as far as they carry it: unchanged, but whose the key
is, nobody says. Those of other issuers we do not look up: no address out of a file is opened.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openbadgeslib.ob3 import (
    OB3LdpVerifier,
    OB3VerificationError,
    OB3Verifier,
    bundled_clr_contexts,
    resolve_verification_method,
    verify_data_integrity_proof,
)

from symposia.accounts.queries import organisation_by_code
from symposia.credits.badge_reading import HandedIn, proofs_apart, read_badge
from symposia.credits.checking import Checked, check_certificate
from symposia.credits.credential_rules import problem_with
from symposia.credits.issuer_keys import did_of, document_of
from symposia.credits.learner_records import has_our_form
from symposia.credits.queries import issuer_keys, signing_now
from symposia.credits.status_lists import list_address, place_of
from symposia.shared.tenancy import acting_in


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
    # Whether it is a learner record rather than a badge.
    is_record: bool = False


# How the library begins to say that a signature holds and the badge has come to its end.
_ENDED = "Credential has expired"
_READ = _("It is an Open Badge 3.0")
_ISSUER = _("Its issuer's key is known")
_SIGNED = _("It is signed by that key, and nothing was changed since")
_RECORD = _("It is a learner record (CLR 2.0)")
_MEMBERS = _("Every badge in it holds")
_STILL = _("It is still valid")
_REGISTER = _("It stands in the register, neither revoked nor replaced nor expired")


def check_badge(handed_in: bytes) -> CheckedBadge:
    """Whether a badge holds: its JSON, its token, or a picture (PNG or SVG) that carries it."""
    badge = read_badge(handed_in)
    if badge is None:
        said = _("There is no badge in it that we can read.")
        return CheckedBadge(Outcome.UNREADABLE, [Step(_READ, holds=False, said=said)])
    steps = [Step(_RECORD if badge.is_record else _READ, holds=True)]
    if badge.issuer.startswith("did:key:"):
        return _self_asserted(badge, steps)
    code = badge.issuer.rpartition(":")[2]
    organisation = organisation_by_code(code) if badge.issuer == did_of(code) else None
    if organisation is None:
        said = _("Another issuer: verify it with a program that looks up its keys.")
        return CheckedBadge(Outcome.UNKNOWN, [*steps, Step(_ISSUER, holds=None, said=said)])
    with acting_in(organisation.pk):
        return _ours(badge, code, steps)


def _self_asserted(badge: HandedIn, steps: list[Step]) -> CheckedBadge:
    """It carries its own key: all that can be told is that nobody changed it."""
    if badge.is_older or badge.is_record:
        said = _("Not looked at here: verify it with a program that knows this form.")
        return CheckedBadge(Outcome.UNKNOWN, [*steps, Step(_SIGNED, holds=None, said=said)])
    credential, problem = badge.credential, _problem(badge, None)
    if problem.startswith(_ENDED):
        steps = [*steps, Step(_SIGNED, holds=True), Step(_STILL, holds=False, said=problem)]
        return CheckedBadge(Outcome.VOID, steps, credential)
    if problem:
        return CheckedBadge(Outcome.FORGED, [*steps, Step(_SIGNED, holds=False, said=problem)])
    said = _("It carries its own key; whose that is, it cannot tell.")
    steps = [*steps, Step(_SIGNED, holds=True), Step(_ISSUER, holds=None, said=said)]
    return CheckedBadge(Outcome.UNKNOWN, steps, credential)


def _ours(badge: HandedIn, code: str, steps: list[Step]) -> CheckedBadge:
    """By our own keys, then in the register as it is now."""
    credential = badge.credential
    document = json.dumps(document_of(code, issuer_keys())).encode()
    steps = [*steps, Step(_ISSUER, holds=True, said=did_of(code))]
    problem = _problem(badge, document)
    if problem and not problem.startswith(_ENDED):
        return CheckedBadge(Outcome.FORGED, [*steps, Step(_SIGNED, holds=False, said=problem)])
    steps = [*steps, Step(_SIGNED, holds=True)]
    if badge.is_record:
        return _with_members(badge, document, steps)
    found = check_certificate(_code_in(credential))
    if found is None or not _is_its_own(credential, found):
        said = _("The register knows nothing of it.")
        return CheckedBadge(Outcome.VOID, [*steps, Step(_REGISTER, holds=False, said=said)])
    if found.is_void:
        steps = [*steps, Step(_REGISTER, holds=False, said=_what_became_of(found))]
        return CheckedBadge(Outcome.VOID, steps, credential, found)
    return CheckedBadge(Outcome.VALID, [*steps, Step(_REGISTER, holds=True)], credential, found)


def _with_members(badge: HandedIn, document: bytes, steps: list[Step]) -> CheckedBadge:
    """A record of ours by what it consists of. Nothing is shown of the record itself: what its
    proof covers is a graph, and only the badges are read as it demands."""
    counted = Counter(_member(each, document) for each in badge.members)
    total, good = counted.total(), counted[Outcome.VALID]
    said = _("%(good)s of %(total)s") % {"good": good, "total": total}
    steps = [*steps, Step(_MEMBERS, holds=good == total, said=said)]
    if counted[Outcome.FORGED]:
        return CheckedBadge(Outcome.FORGED, steps, is_record=True)
    return CheckedBadge(Outcome.VALID if good == total else Outcome.VOID, steps, is_record=True)


def _member(credential: Any, document: bytes) -> Outcome:
    """What became of a badge within a record; a line without a certificate is in no register."""
    if not isinstance(credential, dict):
        return Outcome.FORGED
    if problem := _problem(HandedIn(credential), document):
        return Outcome.VOID if problem.startswith(_ENDED) else Outcome.FORGED
    if "credentialStatus" not in credential:
        return Outcome.VALID
    found = check_certificate(_code_in(credential))
    if found is None or found.is_void or not _is_its_own(credential, found):
        return Outcome.VOID
    return Outcome.VALID


def _code_in(credential: dict[str, Any]) -> str:
    """The code of the certificate that a badge of ours is of."""
    return str(credential.get("id", "")).rstrip("/").rpartition("/")[2]


def _problem(badge: HandedIn, document: bytes | None) -> str:
    """Why a badge does not hold, in the words of the library; nothing if it does.

    A key that a token brings along in its header is never asked: the issuer's own is, by name.
    """
    if problem := problem_with(badge.credential):
        return problem

    def download(_address: str) -> bytes:
        if document is None:
            raise OB3VerificationError("nothing is looked up")
        return document

    try:
        if badge.is_record:
            _verify_record(badge, download)
        elif badge.token:
            OB3Verifier.for_issuer_did(badge.issuer, download).verify(badge.token)
        else:
            for each in proofs_apart(badge.credential):
                OB3LdpVerifier().verify(each, download=download)
    except OB3VerificationError as refused:
        return str(refused)[:300]
    return ""


def _verify_record(badge: HandedIn, download: Callable[[str], bytes]) -> None:
    """The proof around all of it, by the key of the issuer that it names."""
    proof = badge.credential.get("proof")
    named = proof.get("verificationMethod") if isinstance(proof, dict) else None
    if badge.token or not isinstance(named, str) or named.partition("#")[0] != badge.issuer:
        raise OB3VerificationError("the proof is not one of its issuer")
    if not has_our_form(badge.credential):
        raise OB3VerificationError("it has parts that its proof does not cover")
    key = resolve_verification_method(named, download)
    contexts = bundled_clr_contexts()
    verify_data_integrity_proof(badge.credential, key, extra_contexts=contexts)


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
