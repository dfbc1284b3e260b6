"""States move along a table; guards.py makes the database hold the same table."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from django.db import models

from symposia.shared.planned import update, update_each

Transitions = Mapping[Any, AbstractSet[Any]]
_AT_ONCE = 5_000


class IllegalMove(Exception):
    """The code asked for a transition the table does not have: a bug, not a refusal."""


class Stateful(models.Model):
    """A model whose `state` moves only along its table of transitions."""

    TRANSITIONS: ClassVar[Transitions]
    state: "models.CharField[Any, Any]"

    class Meta:
        abstract = True

    def can_move(self, to: str) -> bool:
        return to in self.TRANSITIONS[self.state]

    def move(self, to: str, **also: Any) -> None:
        """Take one step of the table, setting the fields that belong to the same fact with it."""
        self._step(to, also)
        self.save(update_fields=["state", *also])  # type: ignore[misc]  # the subclass declares it

    def move_on(self, to: str, **also: Any) -> None:
        """As `move`, of a row that is held: a statement planned once, which goes to the database
        with the others of `together`."""
        self._step(to, also)
        update(self, ("state", *also))

    def _step(self, to: str, also: Mapping[str, Any]) -> None:
        if not self.can_move(to):
            raise IllegalMove(f"{self._meta.label} {self.pk}: {self.state} -> {to}")
        self.state = to
        for name, value in also.items():
            setattr(self, name, value)


def move_each(rows: Sequence[Stateful], to: str, **also: Any) -> None:
    """Take one step of the table with several rows of a kind that are held, the same facts with
    each, in one statement for so many."""
    for row in rows:
        row._step(to, also)  # noqa: SLF001  # as `move` does
    for start in range(0, len(rows), _AT_ONCE):
        part = [row.pk for row in rows[start : start + _AT_ONCE]]
        kept: models.QuerySet[Any] = type(rows[0])._default_manager.filter(pk__in=part)
        kept.update(state=to, **also)


def move_apart(rows: Sequence[Stateful], moves: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Take one step with each of several rows of a kind that are held, every row its own, with
    the same fields set; in one statement for so many."""
    for row, (to, also) in zip(rows, moves, strict=True):
        row._step(to, also)  # noqa: SLF001  # as `move` does
    names = ["state", *(moves[0][1] if moves else ())]
    for start in range(0, len(rows), _AT_ONCE):
        update_each(rows[start : start + _AT_ONCE], names)
