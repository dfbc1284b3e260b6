import uuid
from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from symposia.accounts.models import Membership, Role
from symposia.accounts.permissions import Access, Permission
from symposia.directory.models.places import Territory
from symposia.shared.tenancy import Key, TenantModel


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> Self:
        """Those of the territories one works in, with all that lie inside them."""
        if access.everywhere(permission):
            return self
        seen = Territory.objects.visible_to(access, permission)
        return self.filter(territory__in=seen.values("pk"))

    def of(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)

    def not_over(self, day: date) -> Self:
        """Those that hold on a day or will later."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day))

    def of_member(self, membership_id: uuid.UUID) -> Self:
        return self.filter(membership_id=membership_id)

    def with_people(self) -> Self:
        return self.select_related("territory", "role", "membership__user")


class Assignment(TenantModel):
    """Who holds a territory in a role, from which day until which; the record of it stays."""

    territory = Key(Territory)
    membership = Key(Membership)
    role = Key(Role)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    assigned_at = models.DateTimeField(default=timezone.now)
    assigned_by_id = models.UUIDField(null=True, blank=True)
    assigned_by_name = models.CharField(max_length=200)
    # When its role was given, on its first day.
    begun_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="assignment_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="one_holder_of_a_territory_at_a_time",
                index_type="GIST",
                expressions=[
                    (F("organisation_id"), "="),
                    (F("territory"), "="),
                    (F("role"), "="),
                    (
                        Func(
                            F("from_on"),
                            F("until_on"),
                            Value("[]"),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "membership"], name="territories_of_a_member")
        ]

    def __str__(self) -> str:
        return f"{self.territory} ({self.from_on}, {self.until_on or ''})"
