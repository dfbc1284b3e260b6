"""States move along a table; guards.py makes the database hold the same table."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from django.db import models

Transitions = Mapping[Any, AbstractSet[Any]]


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
        if not self.can_move(to):
            raise IllegalMove(f"{self._meta.label} {self.pk}: {self.state} -> {to}")
        self.state = to
        for name, value in also.items():
            setattr(self, name, value)
        self.save(update_fields=["state", *also])  # type: ignore[misc]  # the subclass declares it
