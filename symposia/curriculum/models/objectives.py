from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.curriculum.models.gaps import Gap, GapState
from symposia.curriculum.standards.reading import competency_title
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class GuidelineState(models.TextChoices):
    """A guideline is current until a newer one takes its place."""

    CURRENT = "current", _("Current")
    SUPERSEDED = "superseded", _("Superseded")


class GuidelineQuerySet(SeenWith["Guideline"]):
    PERMISSION = Permission.VIEW_CURRICULUM

    def search(self, text: str) -> Self:
        return self.filter(
            Q(number__iexact=text.strip()) | Q(body__icontains=text) | Q(title__icontains=text)
        )

    def current(self) -> Self:
        return self.filter(state=GuidelineState.CURRENT).order_by("body", "title", "-year", "pk")


class Guideline(Stateful, TenantModel):
    """A published recommendation for practice that gaps and objectives cite."""

    TRANSITIONS: ClassVar[Transitions] = {
        GuidelineState.CURRENT: {GuidelineState.SUPERSEDED},
        GuidelineState.SUPERSEDED: set(),
    }

    number = models.CharField(max_length=20)
    body = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    address = models.URLField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=GuidelineState, default=GuidelineState.CURRENT)
    superseded_by = Key("self", null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[GuidelineQuerySet] = GuidelineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_guideline_per_number"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1900, 2200)), name="guideline_has_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.year}: {self.title}"

    @property
    def is_current(self) -> bool:
        return self.state == GuidelineState.CURRENT


class ObjectiveQuerySet(SeenWith["Objective"]):
    PERMISSION = Permission.VIEW_CURRICULUM

    def search(self, text: str) -> Self:
        return self.filter(
            Q(text__icontains=text)
            | Q(gap__number__iexact=text.strip())
            | Q(gap__title__icontains=text)
        )

    def choosable(self) -> Self:
        """Those of gaps that are not closed, with their gaps, in reading order."""
        return (
            self.exclude(gap__state=GapState.CLOSED)
            .select_related("gap")
            .order_by("gap__number", "position", "pk")
        )


class Objective(TenantModel):
    """What a learner will do differently: the promise an activity makes about a gap."""

    gap = Key(Gap, related_name="objectives")
    text = models.CharField(max_length=300)
    # A code of `standards/competencies.json`; frameworks change without the schema.
    competency = models.CharField(max_length=40)
    guideline = Key(Guideline, null=True, blank=True)
    recommendation = models.CharField(max_length=300, blank=True)
    local_figure = models.CharField(max_length=120, blank=True)
    local_source = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ObjectiveQuerySet] = ObjectiveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "gap"], name="objectives_of_a_gap")]

    def __str__(self) -> str:
        return self.text

    def get_competency_display(self) -> str:
        return competency_title(self.competency)


class ReviewState(models.TextChoices):
    """Whether what cites a superseded guideline was looked at, and what came of it."""

    OPEN = "open", _("To be reviewed")
    KEPT = "kept", _("Still right")
    CHANGED = "changed", _("Changed")


class CitationReviewQuerySet(SeenWith["CitationReview"]):
    PERMISSION = Permission.VIEW_CURRICULUM

    def search(self, text: str) -> Self:
        return self.filter(Q(subject_name__icontains=text) | Q(guideline__title__icontains=text))

    def open(self) -> Self:
        return self.filter(state=ReviewState.OPEN)


class CitationReview(Stateful, TenantModel):
    """Something that cites a superseded guideline, until a person has looked at it again."""

    TRANSITIONS: ClassVar[Transitions] = {
        ReviewState.OPEN: {ReviewState.KEPT, ReviewState.CHANGED},
        ReviewState.KEPT: set(),
        ReviewState.CHANGED: set(),
    }

    guideline = Key(Guideline, related_name="reviews")
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    subject_name = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=ReviewState, default=ReviewState.OPEN)
    reason = models.TextField(blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[CitationReviewQuerySet] = CitationReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "guideline", "subject_type", "subject_id"],
                name="one_review_per_citation",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(reason="") & Q(decided_at__isnull=False),
                name="a_reviewed_citation_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_name
