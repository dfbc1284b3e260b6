"""Going through what was sent: each value knows where it stands, so that a refusal can say it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class Wrong(Exception):
    """A field that is not as the standard has it: where it stands, and what is wanted there."""

    def __init__(self, field: str, wanted: str) -> None:
        super().__init__(f"{field}: {wanted}")
        self.field, self.wanted = field, wanted


@dataclass(frozen=True, slots=True)
class At:
    """A value and the path to it."""

    value: Any
    path: str

    def wrong(self, wanted: str, **facts: str) -> Wrong:
        """What is wanted here, in the reader's language: only what is refused is translated, for a
        statement is looked at in a hundred places."""
        said = gettext(wanted)
        return Wrong(self.path or "statement", said % facts if facts else said)

    def refuse_unless(self, fine: bool, wanted: str, **facts: str) -> None:
        if not fine:
            raise self.wrong(wanted, **facts)

    def has(self, name: str) -> bool:
        return isinstance(self.value, Mapping) and name in self.value

    def part(self, name: str) -> "At":
        """One property of an object that has it."""
        return At(self.value[name], f"{self.path}.{name}" if self.path else name)

    def if_any(self, name: str, check: Callable[["At"], Any]) -> None:
        """Check a property where there is one."""
        if name in self.value:
            check(self.part(name))

    def required(self, name: str, check: Callable[["At"], Any]) -> None:
        if name not in self.value:
            raise self.wrong(_("“%(name)s” is missing."), name=name)
        check(self.part(name))

    def parts(self) -> Iterator[tuple[str, "At"]]:
        """Name and value of each property of an object."""
        for name in self.value:
            yield name, self.part(name)

    def each(self, check: Callable[["At"], Any], *, empty_is_wrong: bool = False) -> None:
        """Check every item of a list."""
        self.refuse_unless(isinstance(self.value, list), _("A list is wanted."))
        self.refuse_unless(bool(self.value) or not empty_is_wrong, _("The list is empty."))
        for number, item in enumerate(self.value):
            check(At(item, f"{self.path}[{number}]"))

    def an_object(self, known: Collection[str] | None = None) -> None:
        """An object, with no property but those that are known."""
        self.refuse_unless(isinstance(self.value, dict), _("An object is wanted."))
        for name, value in self.value.items():
            if known is not None and name not in known:
                raise self.wrong(
                    _(
                        "“%(name)s” is no property here; names are written as the standard has"
                        " them."
                    ),
                    name=name,
                )
            if value is None:
                raise self.part(name).wrong(_("null is no value."))


def text(at: At) -> None:
    at.refuse_unless(isinstance(at.value, str), _("A text is wanted."))


def truth(at: At) -> None:
    at.refuse_unless(isinstance(at.value, bool), _("true or false is wanted, without quotes."))


def number(at: At) -> None:
    fine = isinstance(at.value, int | float) and not isinstance(at.value, bool)
    at.refuse_unless(fine, _("A number is wanted, without quotes."))


def whole_number(at: At) -> None:
    fine = isinstance(at.value, int) and not isinstance(at.value, bool) and at.value >= 0
    at.refuse_unless(fine, _("A whole number of bytes is wanted."))


def one_of(*allowed: str) -> Callable[[At], None]:
    """A check that a text is one of few."""

    def check(at: At) -> None:
        fine = isinstance(at.value, str) and at.value in allowed
        at.refuse_unless(fine, _("One of these is wanted: %(these)s."), these=", ".join(allowed))

    return check
