from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from symposia.accounts.models.people import User
from symposia.accounts.permissions import Access, Permission
from symposia.shared.tenancy import TenantModel


class SupportViewQuerySet(models.QuerySet["SupportView"]):
    def visible_to(self, access: Access) -> Self:
        """All of them, for whoever reads the journal; one's own and those of oneself always."""
        if access.everywhere(Permission.VIEW_JOURNAL):
            return self
        return self.filter(Q(viewer=access.user_id) | Q(person=access.user_id))

    def running(self, at: datetime) -> Self:
        return self.filter(ended_at=None, ends_at__gt=at)

    def of_viewer(self, viewer: User) -> Self:
        return self.filter(viewer=viewer)

    def with_people(self) -> Self:
        return self.select_related("viewer", "person")


class SupportView(TenantModel):
    """Somebody looks at the product as another person sees it: why, since when, until when."""

    viewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    # The second factor that was fresh when it began.
    factor = models.CharField(max_length=20)
    started_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SupportViewQuerySet] = SupportViewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(factor=""), name="support_has_reason_and_factor"
            ),
            models.CheckConstraint(
                condition=~Q(viewer=F("person")), name="nobody_supports_themselves"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("started_at")), name="support_ends_by_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "-started_at"], name="latest_support_views")
        ]

    def __str__(self) -> str:
        return f"{self.viewer} as {self.person}"
