"""What comes with statements: bytes under their hash, and signatures over the statement itself."""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from django.utils.translation import gettext as _

from symposia.statements.checking.statements import SIGNATURE
from symposia.statements.checking.walking import Wrong
from symposia.statements.sameness import digest

_HASHES = {56: hashlib.sha224, 64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}
_ALGORITHMS: dict[str, type[HashAlgorithm]] = {"RS256": SHA256, "RS384": SHA384, "RS512": SHA512}


@dataclass(frozen=True)
class Content:
    """Bytes that came with a request, and what they are said to be."""

    content: bytes
    content_type: str


def fits(sha2: str, content: bytes) -> bool:
    """Whether bytes have this hash; its length says which SHA-2 it is."""
    made = _HASHES.get(len(sha2))
    return made is not None and made(content).hexdigest() == sha2.lower()


def attachments_of(statement: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The attachments of a statement, and of the statement within it."""
    yield from statement.get("attachments", ())
    yield from statement.get("object", {}).get("attachments", ())


def refuse_unsigned(statement: Mapping[str, Any], contents: Mapping[str, Content]) -> None:
    """Raise Wrong where a signature is none, or is one over another statement."""
    for each in attachments_of(statement):
        if each["usageType"] == SIGNATURE and (kept := contents.get(each["sha2"].lower())):
            _refuse_signature(statement, kept.content)


def _refuse_signature(statement: Mapping[str, Any], signature: bytes) -> None:
    try:
        head, payload, signed = signature.decode("ascii").strip().split(".")
        header, told = json.loads(_bytes(head)), json.loads(_bytes(payload))
        mark, algorithm = _bytes(signed), _ALGORITHMS[header["alg"]]
        # Who sends no certificate is believed as little as before: nothing follows from it.
        chain = [x509.load_der_x509_certificate(base64.b64decode(c)) for c in header.get("x5c", ())]
        same = isinstance(told, dict) and digest(told) == digest(statement)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as broken:
        raise _wrong(_("It is no JSON web signature with RS256, RS384 or RS512.")) from broken
    if not same:
        raise _wrong(_("It signs another statement."))
    if chain:
        _verify(chain[0], f"{head}.{payload}".encode(), mark, algorithm())


def _verify(
    certificate: x509.Certificate, text: bytes, mark: bytes, algorithm: HashAlgorithm
) -> None:
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise _wrong(_("Its certificate holds no RSA key."))
    try:
        key.verify(mark, text, padding.PKCS1v15(), algorithm)
    except InvalidSignature as forged:
        raise _wrong(_("It was not made with the key of its certificate.")) from forged


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _wrong(wanted: str) -> Wrong:
    return Wrong(_("attachments (signature)"), wanted)
