"""What a form of the field sends, read without trust: ids, and numbers somebody saw."""

import uuid
from collections.abc import Iterable


def ids_of(texts: Iterable[str]) -> list[uuid.UUID]:
    """Ids as a form sends them, one a box or all in one field; what is none is left out."""
    found = []
    for text in ",".join(texts).split(","):
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def given_number(text: str) -> int | None:
    """A number that somebody saw before them, or nothing."""
    return int(text) if text.isdecimal() and len(text) < 7 else None
