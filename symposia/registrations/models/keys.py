from typing import ClassVar, Self

from django.db import models
from django.db.models import Max, Q
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.shared.rows import Locking
from symposia.shared.tenancy import TenantModel


class TicketKeyQuerySet(Locking["TicketKey"]):
    def visible_to(self, access: Access) -> Self:
        """Public halves are for whoever checks tickets or looks after the organisation."""
        reads = (Permission.CHECK_IN, Permission.MANAGE_ORGANISATION)
        return self if any(access.holds(each) for each in reads) else self.none()

    def current_number(self) -> int:
        """The key that signs tickets now; the first one is there before anybody made another."""
        return self.aggregate(n=Max("number"))["n"] or TicketKey.FIRST


class TicketKey(TenantModel):
    """A change to a new key that signs an organisation's tickets; older tickets stay valid."""

    APPEND_ONLY = True
    FIRST = 1

    number = models.PositiveSmallIntegerField()
    public_key = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[TicketKeyQuerySet] = TicketKeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_ticket_key_per_number"
            ),
            models.CheckConstraint(condition=Q(number__gt=1), name="the_first_key_needs_no_row"),
        ]

    def __str__(self) -> str:
        return str(self.number)
