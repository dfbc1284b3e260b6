"""Versions that an organisation numbers and never changes: keys, certificates, designs."""

from typing import Self, TypeVar

from django.db import models

from symposia.accounts.permissions import Access, Permission
from symposia.shared.rows import Locking

Row = TypeVar("Row", bound=models.Model)


class Numbered(Locking[Row]):
    """The versions of something; the last number is what holds now."""

    def visible_to(self, access: Access) -> Self:
        """The list of them is for whoever looks after the organisation."""
        return self if access.holds(Permission.MANAGE_ORGANISATION) else self.none()

    def present(self) -> Row | None:
        """What holds now; nothing before the first."""
        return self.order_by("-number").first()
