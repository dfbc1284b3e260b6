"""Which column of a file means what: guessed from its header, kept for the next file like it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class TargetField:
    """Something a row may say, and what such columns are usually called.

    `help_text` says what it means, `written` in which form, `needed` when it may not be empty;
    `example` is of nobody, as a template shows it.
    """

    name: str
    label: str | Promise
    called: tuple[str, ...] = ()
    help_text: str | Promise = ""
    written: str | Promise = ""
    needed: str | Promise = ""
    example: str = ""


def plain(name: str) -> str:
    """A column's name as it is compared: lower case, letters and digits alone."""
    return "".join(c for c in name.casefold() if c.isalnum())


def guess_columns(fields: Sequence[TargetField], header: Sequence[str]) -> dict[str, int]:
    """The column of each field whose name says it; a column is used once."""
    places = {plain(name): place for place, name in reversed(list(enumerate(header)))}
    guessed: dict[str, int] = {}
    for field in fields:
        for name in (field.name, str(field.label), *field.called):
            place = places.get(plain(name))
            if place is not None and place not in guessed.values():
                guessed[field.name] = place
                break
    return guessed
