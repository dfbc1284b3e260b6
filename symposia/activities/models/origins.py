from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models.activities import ENDED, Activity
from symposia.activities.models.series import Series
from symposia.shared.tenancy import Key, TenantModel


class OriginKind(models.TextChoices):
    """What an activity or a series was made from."""

    CLONE = "clone", _("Planned like")
    RECORDING = "recording", _("Recording of")


class Origin(TenantModel):
    """From which activity another one was made; both show the link."""

    APPEND_ONLY = True

    activity = Key(Activity)
    source = Key(Activity)
    kind = models.CharField(max_length=10, choices=OriginKind)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_origin_per_activity"
            ),
            models.CheckConstraint(
                condition=~Q(activity=F("source")), name="activity_is_not_its_own_origin"
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "source"], name="made_from_activity")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.kind} {self.source_id}"


class RefreshKind(models.TextChoices):
    """What was taken over and is looked at before it is used."""

    WORDS = "words", _("Words")
    OBJECTIVE = "objective", _("Objective")
    AGENDA = "agenda", _("Agenda")
    DISCLOSURE = "disclosure", _("Disclosure")
    DOCUMENT = "document", _("Document")
    MILESTONE = "milestone", _("Milestone")
    MONEY = "money", _("Money")
    PEOPLE = "people", _("Invitation list")
    PLACE = "place", _("Place")


class RefreshQuerySet(models.QuerySet["Refresh"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity).order_by("looked_at", "kind", "pk")

    def open_of(self, series: Series) -> Self:
        return self.filter(series=series, looked_at=None).order_by("kind", "pk")


class Refresh(TenantModel):
    """Something that was taken over from another year and is looked at before it is used."""

    activity = Key(Activity, null=True, blank=True)
    series = Key(Series, null=True, blank=True)
    kind = models.CharField(max_length=10, choices=RefreshKind)
    statement = models.CharField(max_length=300)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by_name = models.CharField(max_length=200, blank=True)
    # What whoever looked says of it: still right, or what was changed.
    note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[RefreshQuerySet] = RefreshQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=True, series__isnull=False)
                | Q(activity__isnull=False, series__isnull=True),
                name="refresh_is_of_an_activity_or_a_series",
            ),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, looked_by_name="")
                | Q(looked_at__isnull=False) & ~Q(looked_by_name=""),
                name="refreshed_says_by_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity"],
                condition=Q(looked_at__isnull=True),
                name="refresh_still_open",
            )
        ]

    def __str__(self) -> str:
        return self.statement


class EnduringTermQuerySet(models.QuerySet["EnduringTerm"]):
    def visible_to(self, access: Access) -> Self:
        seen = Activity.objects.visible_to(access, Permission.VIEW_ACTIVITIES)
        return self.filter(activity__in=seen)

    def to_review(self, until: date) -> Self:
        """Offered material whose review is due by a day."""
        rows = self.filter(review_on__lte=until)
        return rows.exclude(activity__state__in=ENDED)

    def search(self, text: str) -> Self:
        return self.filter(
            Q(activity__title__icontains=text) | Q(activity__number__iexact=text.strip())
        )


class EnduringTerm(TenantModel):
    """From when to when enduring material is offered, and by when it is reviewed again."""

    activity = Key(Activity)
    released_on = models.DateField()
    review_on = models.DateField()
    ends_on = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[EnduringTermQuerySet] = EnduringTermQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_term_per_enduring_activity"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("released_on"), review_on__gte=F("released_on")),
                name="enduring_ends_and_is_reviewed_after_release",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True) | ~Q(outcome=""),
                name="review_of_enduring_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.released_on} to {self.ends_on}"
