from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.curriculum.models.objectives import Objective
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class CurriculumState(models.TextChoices):
    """An edition is written, then in force, then taught no more."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


class CompletionRule(models.TextChoices):
    """When somebody has completed a curriculum."""

    ALL = "all", _("Every required step")
    AT_LEAST = "at_least", _("A number of steps, whichever")


class CurriculumQuerySet(SeenWith["Curriculum"]):
    PERMISSION = Permission.VIEW_CURRICULUM

    def search(self, text: str) -> Self:
        return self.filter(
            Q(number__iexact=text.strip()) | Q(title__icontains=text) | Q(audience__icontains=text)
        )

    def editions_of(self, curriculum: "Curriculum") -> Self:
        """Every edition of the same curriculum, the latest first."""
        return self.filter(series_id=curriculum.series_id).order_by("-edition", "pk")


class Curriculum(Stateful, TenantModel):
    """Objectives in an order for one audience; what was published stays, a change is an edition."""

    TRANSITIONS: ClassVar[Transitions] = {
        CurriculumState.DRAFT: {CurriculumState.PUBLISHED, CurriculumState.RETIRED},
        CurriculumState.PUBLISHED: {CurriculumState.RETIRED},
        CurriculumState.RETIRED: set(),
    }

    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    # The editions of one curriculum share it; it is the id of the first.
    series_id = models.UUIDField()
    edition = models.PositiveSmallIntegerField(default=1)
    rule = models.CharField(max_length=8, choices=CompletionRule, default=CompletionRule.ALL)
    at_least = models.PositiveSmallIntegerField(null=True, blank=True)
    in_order = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=CurriculumState, default=CurriculumState.DRAFT)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CurriculumQuerySet] = CurriculumQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "series_id", "edition"], name="one_row_per_edition"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "series_id"],
                condition=Q(state="draft"),
                name="one_draft_per_curriculum",
            ),
            models.CheckConstraint(
                condition=~Q(rule="at_least") | Q(at_least__gte=1),
                name="a_number_of_steps_is_at_least_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_draft(self) -> bool:
        return self.state == CurriculumState.DRAFT


class CurriculumStep(TenantModel):
    """One objective in its place; whoever learnt it in any activity has taken the step."""

    curriculum = Key(Curriculum, related_name="steps")
    objective = Key(Objective)
    position = models.PositiveSmallIntegerField()
    required = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "curriculum", "objective"],
                name="one_objective_once_per_curriculum",
            )
        ]

    def __str__(self) -> str:
        return f"{self.position + 1}"
