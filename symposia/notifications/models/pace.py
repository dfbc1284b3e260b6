from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.shared.planned import fetch
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import TenantModel


class DomainPaceQuerySet(SeenWith["DomainPace"]):
    """As the outbox: only who may read it for the whole organisation."""

    PERMISSION = "view_outbox"

    def held(self, domain: str) -> "DomainPace | None":
        """The pace of a domain, held until the transaction ends; nothing where it has none."""
        return next(iter(fetch(DomainPace, "domain = %(domain)s FOR UPDATE", domain=domain)), None)


class DomainPace(TenantModel):
    """How many messages a minute the mail servers of one domain get at most."""

    KEEPS_HISTORY = False
    # A clock underneath: when the next message may leave.
    NOT_HASHED = ("next_at",)

    domain = models.CharField(max_length=253)
    per_minute = models.PositiveIntegerField()
    next_at = models.DateTimeField(default=timezone.now)
    changed_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[DomainPaceQuerySet] = DomainPaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "domain"], name="one_pace_per_domain"
            ),
            models.CheckConstraint(condition=Q(per_minute__gt=0), name="a_pace_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.domain}: {self.per_minute}"

    @property
    def interval(self) -> timedelta:
        """From one message to the next."""
        return timedelta(minutes=1) / self.per_minute
