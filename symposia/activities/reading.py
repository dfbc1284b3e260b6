"""What is read of an activity while it is only looked at: each thing once, most of it together.

Whoever needs rows about one activity names their queryset by a function of the activity's id, and
reads them by `rows_of`. What is `read_together` comes in one statement, at the first need of any.
A context above adds to it in `AppConfig.ready`. See docs/adr/0020.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, cast

from symposia.activities.models import Activity
from symposia.shared.together import Rows, Together

Loaded = TypeVar("Loaded")


class Batch(StrEnum):
    """When several things are read in one statement."""

    RAIL = "rail"  # on every page of an activity
    RULES = "rules"  # what rules decide on, while it is planned
    OVERVIEW = "overview"


_together: dict[Rows, Batch] = {}
_known: ContextVar[dict[Any, Any] | None] = ContextVar("symposia_reading", default=None)


def read_together(batch: Batch, *makes: Rows) -> None:
    """Read these with everything else of the batch."""
    _together.update(dict.fromkeys(makes, batch))


@contextmanager
def one_reading() -> Iterator[None]:
    """While it lasts, what several parts need of an activity is loaded once; nothing may change."""
    if _known.get() is not None:
        yield
        return
    mark = _known.set({})
    try:
        yield
    finally:
        _known.reset(mark)


def is_reading() -> bool:
    """Whether things are only looked at now."""
    return _known.get() is not None


def loaded_once(activity: Activity, load: Callable[[Activity], Loaded]) -> Loaded:
    """What `load` says of the activity, shared within one reading."""
    known = _known.get()
    if known is None:
        return load(activity)
    key = (load, activity.pk)
    if key not in known:
        known[key] = load(activity)
    return cast(Loaded, known[key])


def rows_of(activity_id: uuid.UUID, make: Rows) -> list[Any]:
    """The rows that a queryset has of an activity, shared within one reading."""
    known = _known.get()
    if known is None:
        return list(make(activity_id))
    if (make, activity_id) not in known:
        makes = _of_batch(_together.get(make)) or (make,)
        if len(makes) == 1:
            found = known[make, activity_id] = list(make(activity_id))
            return found
        for each, found in zip(makes, _statement(makes).of(activity_id), strict=True):
            known[each, activity_id] = found
    return cast(list[Any], known[make, activity_id])


def take_for(activity: Activity, load: Callable[[Activity], Loaded], value: Loaded) -> None:
    """Let a reading take this for what `load` would say, where asking each time costs too much."""
    known = _known.get()
    if known is not None:
        known[load, activity.pk] = value


def read_ahead(activity_ids: Sequence[uuid.UUID], batch: Batch) -> None:
    """Read what belongs to a batch for several activities at once: one statement."""
    known, makes = _known.get(), _of_batch(batch)
    if known is None or not makes:
        return
    for pk, several in _statement(makes).of_each(activity_ids).items():
        known.update(((each, pk), found) for each, found in zip(makes, several, strict=True))


def _of_batch(batch: Batch | None) -> tuple[Rows, ...]:
    return tuple(make for make, when in _together.items() if when == batch)


@lru_cache(maxsize=8)
def _statement(makes: tuple[Rows, ...]) -> Together:
    """Put together once a process for all that has been registered."""
    return Together(makes)
