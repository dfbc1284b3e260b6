"""Where the subjects of upper contexts lie, for roles that are limited to a territory, and from
whom they are kept."""

import uuid
from collections.abc import Callable, Collection
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from symposia.accounts.permissions import Access

Places = Callable[[uuid.UUID], Collection[uuid.UUID]]
Kept = Callable[[Access], QuerySet[Any] | None]
_places: dict[str, Places] = {}
_kept: dict[str, Kept] = {}


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


def kept_back(subject_type: str) -> Callable[[Kept], Kept]:
    """Mark a pure reader of the subjects whose facts somebody is not shown; mostly none."""

    def remember(read: Kept) -> Kept:
        _kept[subject_type] = read
        return read

    return remember


def kept_from(access: Access, prefix: str = "") -> Q | None:
    """The rows about subjects whose facts somebody is not shown; nothing where all are."""
    found = [(kind, read(access)) for kind, read in sorted(_kept.items())]
    rows = [
        Q(**{f"{prefix}subject_type": kind, f"{prefix}subject_id__in": subjects})
        for kind, subjects in found
        if subjects is not None
    ]
    return reduce(or_, rows) if rows else None
