from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from symposia.accounts.models.members import Membership
from symposia.accounts.models.people import User
from symposia.shared.ids import uuid7
from symposia.shared.tenancy import TenantModel


class SignInLink(models.Model):
    """A single-use link by mail; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link of {self.made_at:%F %T}"


class TokenQuerySet(models.QuerySet["PersonalToken"]):
    def living(self) -> Self:
        return self.filter(revoked_at=None)

    def of(self, membership: Membership) -> Self:
        """Those of a member that open this organisation."""
        owner = {"user": membership.user_id, "organisation_id": membership.organisation_id}
        return self.filter(**owner)


class PersonalToken(TenantModel):
    """A person's key to the API of one organisation, for some of their permissions."""

    VISIBLE_TO_USER = "user_id"
    NOT_HASHED = ("last_used_at",)

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    permissions = ArrayField(models.CharField(max_length=40), default=list)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[TokenQuerySet] = TokenQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name

    def is_valid(self, at: Any) -> bool:
        return self.revoked_at is None and at < self.expires_at


class Counter(TenantModel):
    """The last number given of each kind and year: `ACT-2026-0142`."""

    KEEPS_HISTORY = False

    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "kind", "year"], name="one_counter_per_kind_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}-{self.year}: {self.last}"
