import uuid
from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models.activities import Activity
from symposia.activities.models.series import Series
from symposia.activities.wall import Subject, by_mode, keeps_everywhere
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class ContributorQuerySet(Locking["Contributor"]):
    def visible_to(self, access: Access) -> Self:
        """What somebody declared is for whoever looks after people everywhere."""
        permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
        return self if keeps_everywhere(access, permission, Subject.CONTENT) else self.none()

    def search(self, text: str) -> Self:
        return self.filter(Q(name__icontains=text) | Q(email__iexact=text.strip()))

    def known_as(self, clinician_id: uuid.UUID | None, name: str) -> "Contributor | None":
        """Whoever is meant by somebody of the directory, or by a name outside of it."""
        if clinician_id:
            return self.filter(clinician=clinician_id).first()
        return self.filter(clinician=None, user=None, name__iexact=name).first()

    def among(
        self, pks: Iterable[uuid.UUID], clinician_ids: Iterable[uuid.UUID], names: Iterable[str]
    ) -> Self:
        """Those named themselves, those of the directory, and those known by name alone."""
        return self.filter(
            Q(pk__in=list(pks))
            | Q(clinician__in=list(clinician_ids))
            | Q(clinician=None, user=None, name__in=list(names))
        )


class Contributor(TenantModel):
    """A person who controls, or may control, content: of the directory or from outside."""

    clinician = Key("directory.Clinician", null=True, blank=True)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    biography = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ContributorQuerySet] = ContributorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "clinician"],
                condition=Q(clinician__isnull=False),
                name="one_contributor_per_clinician",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "user"],
                condition=Q(user__isnull=False),
                name="one_contributor_per_user",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "name"],
                condition=Q(clinician__isnull=True, user__isnull=True),
                name="one_contributor_per_outside_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamRole(models.TextChoices):
    """What somebody does for the content of an activity."""

    PLANNER = "planner", _("Planner")
    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Reviewer")
    MODERATOR = "moderator", _("Moderator")


class TeamMember(TenantModel):
    """A content role in a whole activity: who plans, writes, reviews or moderates."""

    activity = Key(Activity, related_name="team")
    contributor = Key(Contributor, related_name="roles")
    role = models.CharField(max_length=10, choices=TeamRole)
    # Came with the team of its series, and goes with it.
    of_series = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "contributor", "role"],
                name="one_team_role_once_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contributor_id} {self.role}"


class SeriesTeamQuerySet(models.QuerySet["SeriesTeamMember"]):
    def visible_to(self, access: Access) -> Self:
        """The teams of all series, of each mode as far as the wall leaves its content."""
        permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
        return self.filter(
            by_mode(
                access,
                permission,
                lambda left: Q() if left.everywhere(permission) else Q(pk__in=[]),
                field="series__mode",
                subject=Subject.CONTENT,
            )
        )

    def of(self, series: Series) -> Self:
        rows = self.filter(series=series).select_related("contributor")
        return rows.order_by("role", "contributor__name", "pk")


class SeriesTeamMember(TenantModel):
    """A content role in a whole series: in each of its sessions that is still planned."""

    series = Key(Series)
    contributor = Key(Contributor)
    role = models.CharField(max_length=10, choices=TeamRole)
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[SeriesTeamQuerySet] = SeriesTeamQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "series", "contributor", "role"],
                name="one_series_role_once_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contributor_id} {self.role}"
