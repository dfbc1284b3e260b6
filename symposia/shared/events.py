"""Facts a context tells whoever stands above it, inside the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")
_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def listens_to(kind: type[Event]) -> Callable[[Callable[[Event], None]], Callable[[Event], None]]:
    """Mark a function of an upper context's `listeners.py` as hearing one kind of event."""

    def remember(listener: Callable[[Event], None]) -> Callable[[Event], None]:
        _listeners[kind].append(listener)
        return listener

    return remember


def announce(event: object) -> None:
    """Tell every listener at once; one that raises `Refused` rolls all of it back."""
    for listener in _listeners[type(event)]:
        listener(event)
