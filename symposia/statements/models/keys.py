from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import TenantModel


class Scope(models.TextChoices):
    """How far a key of an activity provider reaches; each is one of few, so that it can be read."""

    WRITE = "write", _("Sends statements and reads its own back")
    CONTENT = "content", _("As a lesson does: its own statements, every state and profile")
    READ = "read", _("Reads every statement, state and profile")
    ALL = "all", _("Sends, reads and voids everything")


class ProviderKeyQuerySet(SeenWith["ProviderKey"]):
    PERMISSION = Permission.MANAGE_ACCESS


class ProviderKey(TenantModel):
    """What an activity provider signs in with (HTTP Basic): a name and a secret, of which only the
    hash is kept. Statements it sends name it as their authority."""

    NOT_HASHED = ("last_used_at",)

    # Who holds it: a tool, a course of a publisher, a partner.
    name = models.CharField(max_length=100)
    # `<code of the organisation>.<letters>`: says where to look before anything is read.
    username = models.CharField(max_length=60)
    secret_hash = models.CharField(max_length=64)
    scope = models.CharField(max_length=8, choices=Scope)
    # What the wall keeps from whoever made it: a key that reads everything sees no more.
    wall = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ProviderKeyQuerySet] = ProviderKeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "username"], name="one_provider_key_per_username"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_valid(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at

    @property
    def writes(self) -> bool:
        return self.scope != Scope.READ

    @property
    def reads_all(self) -> bool:
        return self.scope in {Scope.READ, Scope.ALL}

    @property
    def reads_documents(self) -> bool:
        return self.scope != Scope.WRITE

    @property
    def writes_documents(self) -> bool:
        return self.scope in {Scope.CONTENT, Scope.ALL}
