"""What the one search box of the top bar looks through; every resource adds its own finder."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Hit:
    """Something that was found: of what kind, called what, and where; exact ends the search."""

    kind: str | Promise
    label: str
    url: str
    detail: str | Promise = ""
    exact: bool = False


Finder = Callable[[Any, str], Iterable[Hit]]
FINDERS: list[Finder] = []


def finder(function: Finder) -> Finder:
    """Mark a function that finds things for a request; it asks the gates of its own resource."""
    FINDERS.append(function)
    return function


def find(request: Any, text: str) -> list[Hit]:
    """Everything this person may see that a text may mean; exact hits alone, if there are any."""
    text = text.replace("\0", "").strip()[:200]
    if not text:
        return []
    hits = [hit for each in FINDERS for hit in each(request, text)]
    return [hit for hit in hits if hit.exact] or hits
