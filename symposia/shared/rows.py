"""Two verbs that many querysets have: a row held for a change, and rows that a permission shows."""

import uuid
from typing import Any, ClassVar, Protocol, Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class Holder(Protocol):
    """What somebody may do: here, in a part of it, or everywhere."""

    def holds(self, permission: Any) -> bool: ...

    def everywhere(self, permission: Any) -> bool: ...


class Locking(models.QuerySet[Row]):
    """Rows that are changed under a lock."""

    def locked(self, pk: uuid.UUID) -> Row:
        """The row itself as it is now, held until the transaction ends."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class SeenWith(Locking[Row]):
    """Rows that whoever holds one permission sees, and nobody else."""

    PERMISSION: ClassVar[str]
    # A role that reaches a part of the organisation is enough.
    IN_PART: ClassVar[bool] = False

    def visible_to(self, access: Holder) -> Self:
        """All of the organisation, or none."""
        may = access.holds if self.IN_PART else access.everywhere
        return self if may(self.PERMISSION) else self.none()
