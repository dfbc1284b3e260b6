"""Verification codes: the organisation's own letters, then 128 bits of chance.

They are read from paper: no 0, o, 1, i or l, and neither case nor blanks nor hyphens count.
"""

import secrets
from dataclasses import dataclass

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CHANCE = 27  # 31^27 is a little more than 2^133
_LONGEST = 64


@dataclass(frozen=True)
class Code:
    """A code that is well-formed; whether a certificate bears it, only its organisation knows."""

    organisation_code: str
    text: str


def new_code(organisation_code: str) -> str:
    """A code for a certificate of this organisation."""
    return organisation_code + "".join(secrets.choice(LETTERS) for _ in range(CHANCE))


def read_code(text: str) -> Code | None:
    """The code somebody typed or scanned; nothing for text that can be none."""
    plain = "".join(c for c in text[:_LONGEST].lower() if c.isalnum())
    if len(plain) <= CHANCE or set(plain) - set(LETTERS):
        return None
    return Code(plain[:-CHANCE], plain)


def grouped(code: str) -> str:
    """As it is printed: groups of four capitals."""
    capitals = code.upper()
    return "-".join(capitals[i : i + 4] for i in range(0, len(capitals), 4))
