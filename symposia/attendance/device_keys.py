"""The two secrets of a device: the code that pairs it once, and the key that it carries then.

Both name their organisation in their own text, so that they are found without looking everywhere.
"""

import re

from symposia.accounts.queries import token_hash
from symposia.shared.codes import random_letters

MARK = "sdv"
_CODE = re.compile(r"(?P<place>.+)-(?P<first>\w{4})-?(?P<last>\w{4})")


def new_pairing_code(organisation_code: str) -> str:
    """A code to scan or to type: 31^8 possibilities, good for minutes."""
    letters = random_letters(8)
    return f"{organisation_code.upper()}-{letters[:4]}-{letters[4:]}"


def device_key(organisation_code: str, secret: str) -> str:
    """What the phone carries from then on, around the secret that it made; nobody types it."""
    return f"{MARK}_{organisation_code}_{secret}"


def code_in(text: str) -> tuple[str, str] | None:
    """The organisation that a typed pairing code names, and the hash it is found by."""
    found = _CODE.fullmatch("".join(text.split()).upper())
    if found is None:
        return None
    whole = f"{found['place']}-{found['first']}-{found['last']}"
    return found["place"].lower(), token_hash(whole)


def key_in(text: str) -> tuple[str, str] | None:
    """The organisation that a key names, and the hash it is found by."""
    parts = text.split("_")
    if len(parts) != 3 or parts[0] != MARK:
        return None
    return parts[1], token_hash(text)
