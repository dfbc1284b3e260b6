"""Trying a case out: the way so far is an address, and nothing is kept. Pure."""

from collections.abc import Sequence

from symposia.learning.cases.document import CaseDocument
from symposia.learning.cases.walking import Taken, Walk, walked

_DECIDED, _ASKED = "d", "a"
MOST_MOVES = 200


def way_in(text: str) -> list[Taken]:
    """What was done, as an address says it: `a-s1-f1.d-s1-o2`; what cannot be read is passed
    over."""
    found = []
    for part in text.split(".")[:MOST_MOVES]:
        pieces = part.split("-")
        if len(pieces) == 3 and pieces[0] in {_DECIDED, _ASKED}:
            found.append(Taken(pieces[1], pieces[2], pieces[0] == _DECIDED))
    return found


def way_of(taken: Sequence[Taken]) -> str:
    """The same as an address says it, ready for the next thing."""
    return "".join(
        f"{_DECIDED if each.is_decision else _ASKED}-{each.step}-{each.choice}." for each in taken
    )


def tried(document: CaseDocument, taken: Sequence[Taken]) -> Walk | None:
    """Where somebody is after that; nothing in a case without steps."""
    return walked(document, dict.fromkeys(taken)) if document.start else None
