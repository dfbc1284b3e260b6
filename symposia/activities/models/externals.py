from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models.activities import Activity
from symposia.activities.models.agencies import Agency
from symposia.shared.tenancy import Key, TenantModel


class ExternalQuerySet(models.QuerySet["ExternalMember"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
    ) -> Self:
        """Those of the activities whose people somebody may see."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity).order_by("ended_at", "agency", "name", "pk")

    def sent_by(self, agency: Agency) -> Self:
        """Those of an agency who still work, in the order in which their activities are locked."""
        rows = self.working().filter(partner=agency).select_related("activity")
        return rows.order_by("activity", "pk")

    def working(self) -> Self:
        return self.filter(ended_at=None)


class ExternalMember(TenantModel):
    """Somebody from outside who works for one activity: of an agency, a hotel, a technician."""

    activity = Key(Activity)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    # Who sends them: an agency, a venue; empty for somebody on their own.
    agency = models.CharField(max_length=200, blank=True)
    # The same as a record: its end is the end of everybody it sent.
    partner = Key(Agency, null=True, blank=True)
    task = models.CharField(max_length=200)
    # Until when they may sign in to this activity alone; nothing means they have no account here.
    access_until = models.DateField(null=True, blank=True)
    offer_id = models.UUIDField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)

    objects: ClassVar[ExternalQuerySet] = ExternalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "email"],
                condition=Q(ended_at=None) & ~Q(email=""),
                name="one_external_member_per_address",
            ),
            models.CheckConstraint(
                condition=Q(access_until__isnull=True) | ~Q(email="") & Q(offer_id__isnull=False),
                name="access_goes_to_an_address",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="externals_of_activity")
        ]

    def __str__(self) -> str:
        return self.name

    def may_sign_in(self, on: date) -> bool:
        return self.ended_at is None and self.access_until is not None and self.access_until >= on
