from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.shared.tenancy import TenantModel


class AgencyQuerySet(models.QuerySet["Agency"]):
    def visible_to(self, access: Access) -> Self:
        """All of the organisation, for whoever sees people of an activity anywhere."""
        return self if access.holds(Permission.VIEW_PEOPLE_OF_ACTIVITY) else self.none()

    def managed_by(self, access: Access) -> Self:
        """For whoever plans the activities of the whole organisation: its people are in any."""
        return self if access.everywhere(Permission.PLAN_ACTIVITIES) else self.none()

    def active_on(self, day: date) -> Self:
        rows = self.filter(active_from__lte=day, ended_at=None)
        return rows.filter(Q(active_until=None) | Q(active_until__gte=day)).order_by("name", "pk")

    def named(self, name: str) -> "Agency | None":
        return self.filter(name__iexact=name.strip()).first()


class Agency(TenantModel):
    """A partner that sends people to work for our activities, from a day on and until another."""

    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    active_from = models.DateField()
    active_until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)

    objects: ClassVar[AgencyQuerySet] = AgencyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "name"], name="one_agency_per_name"),
            models.CheckConstraint(
                condition=Q(active_until__isnull=True) | Q(active_until__gte=F("active_from")),
                name="an_agency_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""),
                name="an_ended_agency_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_active(self, day: date) -> bool:
        until = self.active_until
        return self.ended_at is None and self.active_from <= day and (not until or day <= until)
