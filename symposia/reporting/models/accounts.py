from typing import ClassVar

from django.db import models
from django.utils import timezone

from symposia.accounts.permissions import Permission
from symposia.reporting.models.kinds import Body
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import TenantModel


class BodyAccountQuerySet(SeenWith["BodyAccount"]):
    PERMISSION = Permission.VIEW_CREDITS


class BodyAccount(TenantModel):
    """As what a body knows the organisation, and the web service it told us of, if any."""

    body = models.CharField(max_length=12, choices=Body)
    # The number of the provider with the body; leading zeros count.
    provider_number = models.CharField(max_length=40)
    # The body's web service; empty: files are handed in by a person.
    address = models.URLField(max_length=300, blank=True)
    # What the body gave to sign in with, sealed.
    key = models.CharField(max_length=600, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by_name = models.CharField(max_length=200)

    objects: ClassVar[BodyAccountQuerySet] = BodyAccountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "body"], name="one_account_per_body"
            ),
            models.CheckConstraint(
                condition=~models.Q(provider_number=""), name="a_body_knows_us_by_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.provider_number}"

    @property
    def has_service(self) -> bool:
        return bool(self.address and self.key)
