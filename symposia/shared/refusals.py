"""The one way this product says no."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.functional import Promise

T = TypeVar("T")


@dataclass(frozen=True)
class Objection:
    """Why a rule says no: a code for tests, a sentence for people, the facts it used.

    A sentence that counts is `ngettext_lazy(one, several, "n")`: the fact of that name says which.
    """

    code: str
    message: str | Promise
    facts: dict[str, Any] = field(default_factory=dict, compare=False, hash=False)

    def about(self, **facts: Any) -> "Objection":
        """The same objection with the facts of this case filled into its sentence."""
        return Objection(self.code, self.message, facts)

    def __str__(self) -> str:
        # The sentence itself is filled in, not its text: only so it knows how many there are.
        return str(self.message % self.facts) if self.facts else str(self.message)


class Refused(Exception):
    """A use case declined to act. The only exception a view may show to a person."""

    def __init__(self, objection: Objection) -> None:
        super().__init__(objection)
        self.objection = objection

    def __str__(self) -> str:
        return str(self.objection)


def refuse_if(objection: Objection | None) -> None:
    """Raise the objection, if there is one."""
    if objection:
        raise Refused(objection)


def needed(value: T | None, objection: Objection) -> T:
    """What a use case cannot go on without; the objection where it is missing."""
    if value is None:
        raise Refused(objection)
    return value
