"""Secrets that the product must be able to say again, of which the database alone tells nothing.

The key follows from the installation's own, which never enters the database; each purpose has its
own, so that what was sealed for one is not opened for another.
"""

import base64
import binascii
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_MARK, _NONCE = "s1.", 12


class SealBroken(Exception):
    """What was sealed under another key, for another purpose, or was changed since."""


def sealed(secret: str, *, purpose: str) -> str:
    """A secret as it may lie in the database."""
    nonce = os.urandom(_NONCE)
    hidden = _key(purpose).encrypt(nonce, secret.encode(), purpose.encode())
    return _MARK + base64.urlsafe_b64encode(nonce + hidden).decode()


def unsealed(kept: str, *, purpose: str) -> str:
    """The secret again. Raises SealBroken."""
    if not kept.startswith(_MARK):
        raise SealBroken(purpose)
    try:
        raw = base64.urlsafe_b64decode(kept.removeprefix(_MARK))
        return _key(purpose).decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise SealBroken(purpose) from error


def _key(purpose: str) -> AESGCM:
    return AESGCM(_derived(settings.SECRET_KEY, purpose))


@lru_cache(maxsize=64)
def _derived(secret: str, purpose: str) -> bytes:
    info = f"symposia sealed {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
