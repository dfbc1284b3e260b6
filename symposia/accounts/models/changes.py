import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models.members import Grant, Membership, Role
from symposia.accounts.permissions import Permission
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class ChangeKind(models.TextChoices):
    """What becomes of a role, or of all that somebody holds here."""

    ROLE_ENDS = "role_ends", _("Role is taken away")
    ENDS_EARLIER = "ends_earlier", _("Role ends earlier")
    LASTS_LONGER = "lasts_longer", _("Role lasts longer")
    LEAVES = "leaves", _("Membership ends")


class ChangeState(models.TextChoices):
    """How far a change is that two administrators make together."""

    WAITING = "waiting", _("Waits for a second administrator")
    AGREED = "agreed", _("Agreed")
    DROPPED = "dropped", _("Given up")


class AccessChangeQuerySet(SeenWith["AccessChange"]):
    PERMISSION = Permission.MANAGE_ACCESS

    def waiting(self) -> Self:
        return self.filter(state=ChangeState.WAITING)

    def of_grant(self, grant: Grant) -> Self:
        return self.filter(grant_id=grant.pk)

    def with_person(self) -> Self:
        return self.select_related("role", "membership__user")

    def search(self, text: str) -> Self:
        named = Q(membership__user__full_name__icontains=text)
        return self.filter(named | Q(asked_by_name__icontains=text) | Q(reason__icontains=text))


class AccessChange(Stateful, TenantModel):
    """What one administrator wants to change about a role that is held, until a second agrees.

    Everything stays as it is in the meantime. Of a role its number is kept, as it may be gone.
    """

    TRANSITIONS: ClassVar[Transitions] = {
        ChangeState.WAITING: {ChangeState.AGREED, ChangeState.DROPPED},
        ChangeState.AGREED: set(),
        ChangeState.DROPPED: set(),
    }

    kind = models.CharField(max_length=12, choices=ChangeKind)
    state = models.CharField(max_length=8, choices=ChangeState, default=ChangeState.WAITING)
    membership = Key(Membership)
    role = Key(Role, null=True, blank=True)
    grant_id = models.UUIDField(null=True, blank=True)
    # When the role shall end; nothing where it shall have no end, or where it is taken away.
    until = models.DateTimeField(null=True, blank=True)
    # Who goes on with the open work of somebody who leaves.
    successor_id = models.UUIDField(null=True, blank=True)
    # Kind of work → who else goes on with it, or nobody yet.
    otherwise = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[AccessChangeQuerySet] = AccessChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "membership", "grant_id"],
                condition=Q(state="waiting"),
                name="one_waiting_change_per_role",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(kind="leaves", grant_id=None) | Q(grant_id__isnull=False),
                name="access_change_names_its_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.role or self.membership}"

    @property
    def others(self) -> dict[str, uuid.UUID | None]:
        """Who goes on with the kinds of work that do not go to the successor."""
        return {kind: uuid.UUID(who) if who else None for kind, who in self.otherwise.items()}

    @property
    def takes_away(self) -> bool:
        """Whether somebody loses by it; they may agree to that themselves."""
        return self.kind != ChangeKind.LASTS_LONGER
