from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models.people import Clinician
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class SegmentKind(models.TextChoices):
    """Who belongs: whoever fits a filter on that day, or those who were put on a list."""

    FILTER = "filter", _("Saved filter")
    LIST = "list", _("List of people")


class SegmentQuerySet(Locking["Segment"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> Self:
        """One's own, and those of the team."""
        if not access.holds(permission):
            return self.none()
        return self.filter(Q(is_shared=True) | Q(owner_id=access.user_id))

    def standing(self) -> Self:
        return self.filter(retired_at=None)


class Segment(TenantModel):
    """A group of people of the directory that somebody works with again and again."""

    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=6, choices=SegmentKind)
    # Of a saved filter: what stands after the question mark of the list's address.
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField(default=False)
    owner_id = models.UUIDField(null=True)
    owner_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SegmentQuerySet] = SegmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "owner_id", "name"],
                name="one_segment_per_name_and_owner",
                condition=Q(retired_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(kind=SegmentKind.FILTER) | Q(query=""),
                name="a_list_of_people_has_no_filter",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_list(self) -> bool:
        return self.kind == SegmentKind.LIST


class SegmentMemberQuerySet(models.QuerySet["SegmentMember"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> Self:
        """On lists one may see, the people one may see."""
        return self.filter(
            segment__in=Segment.objects.visible_to(access, permission),
            clinician__in=Clinician.objects.visible_to(access, permission),
        )

    def of(self, segment: Segment) -> Self:
        return self.filter(segment=segment)

    def for_list(self) -> Self:
        return self.select_related("segment", "clinician", "clinician__institution")


class SegmentMember(TenantModel):
    """Somebody who was put on a list."""

    segment = Key(Segment)
    clinician = Key(Clinician)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_name = models.CharField(max_length=200)

    objects: ClassVar[SegmentMemberQuerySet] = SegmentMemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "segment", "clinician"], name="once_on_a_list"
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "clinician"], name="lists_of_a_clinician")
        ]

    def __str__(self) -> str:
        return f"{self.segment}: {self.clinician}"
