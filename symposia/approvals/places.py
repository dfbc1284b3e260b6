"""Where the subjects of upper contexts lie, for roles that are limited to a territory."""

import uuid
from collections.abc import Callable, Collection

Places = Callable[[uuid.UUID], Collection[uuid.UUID]]
_places: dict[str, Places] = {}


def lies_in(subject_type: str) -> Callable[[Places], Places]:
    """Mark a pure reader of the territories a subject lies in, with those around them."""

    def remember(read: Places) -> Places:
        _places[subject_type] = read
        return read

    return remember


def places_of(subject_type: str, subject_id: uuid.UUID) -> list[uuid.UUID]:
    """Where a subject lies, for roles that are limited to a territory; nowhere for most kinds."""
    read = _places.get(subject_type)
    return sorted(read(subject_id)) if read else []


def kinds_with_places() -> list[str]:
    """The kinds of subject that may lie in a territory."""
    return sorted(_places)
