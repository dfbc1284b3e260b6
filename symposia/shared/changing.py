"""A change of facts: refused over what was not seen, put into the row as its next version."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection

CHANGED_MEANWHILE = Objection(
    "changed_meanwhile",
    _("Somebody changed this while you were writing. Nothing of theirs was overwritten."),
)


def objection_to_overwriting(*, seen_version: int, version: int) -> Objection | None:
    """Whoever saves over a version they have not seen is told instead."""
    return CHANGED_MEANWHILE if seen_version != version else None


def _as_it_is(value: Any) -> Any:
    return value


def changed_values(
    row: Any, values: Mapping[str, Any], *, said: Callable[[Any], Any] = _as_it_is
) -> list[dict[str, Any]]:
    """What the journal says of a change: each field that is different, as it was and is now."""
    return [
        {"field": name, "was": said(getattr(row, name)), "now": said(value)}
        for name, value in values.items()
        if getattr(row, name) != value
    ]


def put_values(
    row: Any, values: Mapping[str, Any], *, said: Callable[[Any], Any] = _as_it_is
) -> list[dict[str, Any]]:
    """Put what is different into a row, as its next version where it counts them.

    Answers what the journal says of it: nothing where nothing is new, and then nothing is to be
    saved. The action saves and records.
    """
    changes = changed_values(row, values, said=said)
    if changes:
        for name, value in values.items():
            setattr(row, name, value)
        if hasattr(row, "version"):
            row.version += 1
    return changes
