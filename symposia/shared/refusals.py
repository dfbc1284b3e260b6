"""The one way this product says no."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, override

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


@dataclass(frozen=True)
class Written:
    """A sentence as the code has it, before it is translated, with the facts it used."""

    sentence: str
    facts: dict[str, str] = field(default_factory=dict)
    # Of a sentence that counts: how it goes for several, and the fact that says how many.
    several: str = ""
    counts: str = ""

    @classmethod
    def of(cls, why: "Objection | str | Promise") -> "Written":
        """What to keep of a reason, so that each reader gets it in the own language."""
        with override(None):
            if not isinstance(why, Objection):
                return cls(str(why))
            facts = {name: str(value) for name, value in why.facts.items()}
            if _counts(why.message):
                made: Any = why.message.__reduce__()
                name, words = made[1][-2:]
                return cls(words["singular"], facts, words["plural"], name)
            return cls(str(why.message), facts)

    def __str__(self) -> str:
        """In the reader's language."""
        if self.counts:
            return ngettext(self.sentence, self.several, int(self.facts[self.counts])) % self.facts
        said = gettext(self.sentence) if self.sentence else ""
        return said % self.facts if self.facts else said


def _counts(message: Any) -> bool:
    """Whether it was made by `ngettext_lazy` with the name of a fact."""
    return isinstance(message, Promise) and "plural" in getattr(message, "_kw", {})


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
