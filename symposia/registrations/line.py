"""The line of those who wait: who gets a place that is free, and why somebody does not.

One rule answers both. Whoever comes first in the line and fits takes the place. Nobody takes what
somebody before them is waiting for, not even while a party waits for more places than are free;
unless the terms of the waitlist say that whoever fits may pass.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from symposia.shared.refusals import Objection

ALL_TAKEN = Objection("all_places_taken", _("All places are taken."))
KEPT_FOR_OTHERS = Objection(
    "places_kept_for_others", _("The places that are left are kept for groups of people.")
)
NOT_ENOUGH = Objection(
    "too_few_places_for_the_party",
    _("Places free: %(free)s. The party needs %(size)s, and comes together or not at all."),
)
MODE_FULL = Objection(
    "form_of_attendance_full", _("All places for this form of attendance are taken.")
)
SOMEBODY_BEFORE = Objection(
    "somebody_waits_before",
    _("Somebody earlier in the line waits for the places that are free. Nobody is passed over."),
)


@dataclass(frozen=True)
class Wait:
    """Somebody in the line, or a party that comes together, and what they need."""

    key: uuid.UUID
    members: tuple[uuid.UUID, ...]
    # How many of them belong to a group that has places of its own, and come in which form.
    of_groups: Mapping[uuid.UUID, int] = field(default_factory=dict)
    by_form: Mapping[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.members)


@dataclass
class Room:
    """What is free: for everybody (without a limit: nothing), for each group, in each form."""

    free: int | None
    kept: dict[uuid.UUID, int] = field(default_factory=dict)
    forms: dict[str, int] = field(default_factory=dict)
    # What somebody before waits for.
    _awaited: set[uuid.UUID | str | None] = field(default_factory=set)

    @property
    def is_used_up(self) -> bool:
        """Whether nobody at all can get a place."""
        return self.free == 0 and not any(self.kept.values())

    def objection_to(self, wait: Wait) -> Objection | None:
        """Why there is no place for them now."""
        return (
            self._objection_of_forms(wait)
            or self._objection_of_number(wait)
            or (SOMEBODY_BEFORE if self._awaited & self._draws_on(wait) else None)
        )

    def take(self, wait: Wait) -> dict[uuid.UUID, int]:
        """Give them what they need; how many places came out of those of each group."""
        drawn = {g: min(n, self.kept.get(g, 0)) for g, n in wait.of_groups.items()}
        for group, number in drawn.items():
            self.kept[group] -= number
        if self.free is not None:
            self.free -= wait.size - sum(drawn.values())
        for form, number in wait.by_form.items():
            if form in self.forms:
                self.forms[form] -= number
        return drawn

    def hold_back(self, wait: Wait) -> None:
        """Nobody behind them takes what they lack, or wait for behind somebody else."""
        forms = {f for f, n in wait.by_form.items() if n > self.forms.get(f, n)}
        others = self._draws_on(wait) - set(wait.by_form)
        if self._objection_of_number(wait) or self._awaited & others:
            self._awaited |= others
        self._awaited |= forms

    def _open_needed(self, wait: Wait) -> int:
        """How many places they need of those that are open to everybody."""
        own = sum(min(n, self.kept.get(g, 0)) for g, n in wait.of_groups.items())
        return wait.size - own

    def _draws_on(self, wait: Wait) -> set[uuid.UUID | str | None]:
        groups = {g for g in wait.of_groups if self.kept.get(g, 0)}
        everybody = {None} if self._open_needed(wait) else set()
        return groups | everybody | {f for f in wait.by_form if f in self.forms}

    def _objection_of_number(self, wait: Wait) -> Objection | None:
        if self.free is None or self._open_needed(wait) <= self.free:
            return None
        free = self.free + wait.size - self._open_needed(wait)
        if free and wait.size > 1:
            return NOT_ENOUGH.about(free=free, size=wait.size)
        return KEPT_FOR_OTHERS if any(self.kept.values()) else ALL_TAKEN

    def _objection_of_forms(self, wait: Wait) -> Objection | None:
        for form, number in wait.by_form.items():
            free = self.forms.get(form, number)
            if number > free:
                return NOT_ENOUGH.about(free=free, size=number) if free else MODE_FULL
        return None


@dataclass(frozen=True)
class Answer:
    """What the line says to one in it: a place, out of which groups' places, or why not."""

    wait: Wait
    objection: Objection | None
    drawn: Mapping[uuid.UUID, int] = field(default_factory=dict)


def answers_of(waits: Iterable[Wait], room: Room, *, passes_over: bool) -> list[Answer]:
    """The answer to each in the line, the first first; `room` is used up by it."""
    return [_answer(wait, room, passes_over=passes_over) for wait in waits]


def _answer(wait: Wait, room: Room, *, passes_over: bool) -> Answer:
    objection = room.objection_to(wait)
    if objection is None:
        return Answer(wait, None, room.take(wait))
    if not passes_over:
        room.hold_back(wait)
    return Answer(wait, objection)
