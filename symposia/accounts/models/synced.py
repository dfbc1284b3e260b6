from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from symposia.accounts.models.members import Membership, Role
from symposia.accounts.permissions import Access, Permission
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel


class DirectoryGroupQuerySet(SeenWith["DirectoryGroup"]):
    PERMISSION = Permission.MANAGE_ACCESS

    def seen_by_sync(self, access: Access) -> Self:
        """All, for the directory itself."""
        return self if access.everywhere(Permission.SYNC_DIRECTORY) else self.none()

    def with_people(self) -> Self:
        """Each with how many people are in it."""
        return self.select_related("role").annotate(people=Count("belongings"))


class DirectoryGroup(TenantModel):
    """A group of the organisation's own directory, and the role that its people hold here."""

    display_name = models.CharField(max_length=200)
    external_id = models.CharField(max_length=200, blank=True)
    # Without one the group gives nothing.
    role = Key(Role, null=True, blank=True)
    mapped_by_id = models.UUIDField(null=True, blank=True)
    mapped_by_name = models.CharField(max_length=200, blank=True)
    mapped_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[DirectoryGroupQuerySet] = DirectoryGroupQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "display_name"], name="one_group_per_name"
            )
        ]

    def __str__(self) -> str:
        return self.display_name


class Belonging(TenantModel):
    """That somebody is in a group of the directory, and which grant they hold by it."""

    group = Key(DirectoryGroup, related_name="belongings")
    membership = Key(Membership)
    # Nothing where the role was held before, or the group gives none.
    grant_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "group", "membership"], name="in_a_group_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership} · {self.group}"


class SyncStepQuerySet(SeenWith["SyncStep"]):
    PERMISSION = Permission.MANAGE_ACCESS

    def latest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def to_forget(self, before: datetime, most: int) -> Self:
        """Those that are older, and those beyond so many of the latest."""
        last = self.latest_first()[most:].values("pk")
        return self.filter(Q(at__lt=before) | Q(pk__in=last)).order_by("at", "pk")


class SyncStep(TenantModel):
    """One thing the organisation's directory asked for: what, of whom, and what came of it.

    It is looked at for a while (`synced.KEPT_FOR`) and then removed; the journal keeps that it was.
    """

    KEEPS_HISTORY = False

    at = models.DateTimeField(default=timezone.now)
    # User or Group, and the verb of the request.
    kind = models.CharField(max_length=10)
    operation = models.CharField(max_length=10)
    person_or_group = models.CharField(max_length=254, blank=True)
    status = models.PositiveSmallIntegerField()
    # Why it was refused, or what was left as it is.
    note = models.CharField(max_length=1000, blank=True)

    objects: ClassVar[SyncStepQuerySet] = SyncStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "-at"], name="latest_sync_steps")]

    def __str__(self) -> str:
        return f"{self.operation} {self.kind} {self.status}"

    @property
    def was_refused(self) -> bool:
        return self.status >= 400
