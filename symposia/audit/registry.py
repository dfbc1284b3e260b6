"""Which organisations there are: told by `accounts`, which stands above the journal."""

import uuid
from collections.abc import Callable, Iterable

_sources: list[Callable[[], Iterable[uuid.UUID]]] = []


def journals_come_from(source: Callable[[], Iterable[uuid.UUID]]) -> None:
    """Name the query that lists the organisations whose journals are kept."""
    _sources.append(source)


def journals() -> list[uuid.UUID]:
    """Every journal of the installation, its own included."""
    return sorted({pk for source in _sources for pk in source()})
