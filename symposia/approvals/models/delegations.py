import uuid
from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from symposia.accounts.models import Role
from symposia.accounts.permissions import Access, Permission
from symposia.shared.tenancy import TenantModel


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.MANAGE_RULES
    ) -> "DelegationQuerySet":
        """One's own, given and received; all for whoever keeps the routes."""
        if access.everywhere(permission):
            return self
        return self.filter(Q(giver_id=access.user_id) | Q(delegate_id=access.user_id))

    def with_role_names(self) -> "DelegationQuerySet":
        """Each with the name of the one role it is about, as `role_called`."""
        named = Role.objects.filter(code=OuterRef("role")).values("name")[:1]
        return self.annotate(role_called=Subquery(named))

    def running(self, day: date) -> "DelegationQuerySet":
        return self.filter(ended_at=None, starts_on__lte=day, ends_on__gte=day)

    def received_by(self, person_id: uuid.UUID) -> "DelegationQuerySet":
        return self.filter(delegate_id=person_id)


class Delegation(TenantModel):
    """Somebody signs in another's place for some days; never more than the other could sign."""

    giver_id = models.UUIDField()
    giver_name = models.CharField(max_length=200)
    delegate_id = models.UUIDField()
    delegate_name = models.CharField(max_length=200)
    # One role of the giver; empty for all they decide with.
    role = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver_id=F("delegate_id")), name="delegation_is_to_another"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "delegate_id", "ends_on"], name="delegations_received"
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver_name} → {self.delegate_name}"
