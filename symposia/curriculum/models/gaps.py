from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel

# A gap gets from none to this many points on each criterion.
MOST_POINTS = 5
# How often a criterion may count at most.
MOST_WEIGHT = 10


class GapState(models.TextChoices):
    """A gap is known, then worked on, then closed by evidence."""

    OPEN = "open", _("Open")
    ADDRESSED = "addressed", _("Addressed by an activity")
    CLOSED = "closed", _("Closed by evidence")


class NeedType(models.TextChoices):
    """What lies under a gap: they do not know, cannot apply it, or do not do it."""

    KNOWLEDGE = "knowledge", _("Knowledge")
    COMPETENCE = "competence", _("Competence")
    PERFORMANCE = "performance", _("Performance")


class EvidenceKind(models.TextChoices):
    """Where it is written that a gap exists."""

    GUIDELINE = "guideline", _("Clinical guideline")
    LITERATURE = "literature", _("Published study")
    QUALITY_DATA = "quality_data", _("Quality or safety data")
    SURVEY = "survey", _("Needs survey")
    EXPERT = "expert", _("Expert opinion")
    EVALUATION = "evaluation", _("Evaluation of an earlier activity")
    REGULATION = "regulation", _("New law or requirement")


class StatementKind(models.TextChoices):
    """What an accreditor's form asks about a gap, beside the gap itself."""

    NEED_KNOWLEDGE = "need_knowledge", _("Need: knowledge")
    NEED_COMPETENCE = "need_competence", _("Need: competence")
    NEED_PERFORMANCE = "need_performance", _("Need: performance")
    CHANGE_COMPETENCE = "change_competence", _("Designed to change: competence")
    CHANGE_PERFORMANCE = "change_performance", _("Designed to change: performance")
    CHANGE_OUTCOMES = "change_outcomes", _("Designed to change: patient outcomes")

    @property
    def limited_as(self) -> str:
        """The name under which its limit of words is kept."""
        return "need" if self.value.startswith("need") else "designed_to_change"


class Criterion(models.TextChoices):
    """What makes one gap come before another."""

    SEVERITY = "severity", _("Harm to patients while it stays open")
    REACH = "reach", _("How many patients it concerns")
    DISTANCE = "distance", _("How far today is from the target")
    FEASIBILITY = "feasibility", _("How well education can close it")
    EVIDENCE = "evidence", _("Different kinds of evidence")


# Points of the others are counted, not given.
RATED = (Criterion.SEVERITY, Criterion.REACH, Criterion.DISTANCE, Criterion.FEASIBILITY)


class GapQuerySet(SeenWith["Gap"]):
    PERMISSION = Permission.VIEW_CURRICULUM

    def search(self, text: str) -> Self:
        return self.filter(
            Q(number__iexact=text.strip())
            | Q(title__icontains=text)
            | Q(statement__icontains=text)
            | Q(population__icontains=text)
        )

    def open(self) -> Self:
        """Those that are not closed, in the order of their numbers."""
        return self.exclude(state=GapState.CLOSED).order_by("number", "pk")

    def with_score(self, weights: dict[str, int]) -> Self:
        """Each with `score`: points times weights, those for evidence counted by its kinds."""
        worth = Case(
            *(When(criterion=code, then=Value(weight)) for code, weight in weights.items()),
            default=Value(0),
        )
        rated = (
            GapRating.objects.filter(gap=OuterRef("pk"))
            .order_by()
            .values("gap")
            .annotate(total=Sum(F("points") * worth))
            .values("total")
        )
        kinds = (
            GapEvidence.objects.filter(gap=OuterRef("pk"))
            .order_by()
            .values("gap")
            .annotate(kinds=Count("kind", distinct=True))
            .values("kinds")
        )
        number = models.IntegerField()
        counted = Least(Coalesce(Subquery(kinds, output_field=number), 0), MOST_POINTS)
        return self.annotate(
            score=Coalesce(Subquery(rated, output_field=number), 0)
            + counted * Value(weights.get(Criterion.EVIDENCE, 0))
        )

    def above(self, score: int, weights: dict[str, int]) -> Self:
        """Those with a higher score."""
        return self.with_score(weights).filter(Q(score__gt=score))


class Gap(Stateful, TenantModel):
    """The difference between what clinicians do and what good practice asks of them."""

    TRANSITIONS: ClassVar[Transitions] = {
        GapState.OPEN: {GapState.ADDRESSED, GapState.CLOSED},
        GapState.ADDRESSED: {GapState.OPEN, GapState.CLOSED},
        GapState.CLOSED: {GapState.OPEN},
    }

    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    statement = models.TextField()
    need_type = models.CharField(max_length=12, choices=NeedType)
    population = models.CharField(max_length=200)
    measure = models.CharField(max_length=200, blank=True)
    baseline = models.CharField(max_length=80, blank=True)
    target = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=GapState, default=GapState.OPEN)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[GapQuerySet] = GapQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "number"], name="one_gap_per_number")
        ]
        indexes = [models.Index(fields=["organisation_id", "-created_at"], name="gap_latest")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class GapEvidence(TenantModel):
    """Where it is written that the gap exists: a guideline, a study, the own data."""

    gap = Key(Gap, related_name="evidence")
    kind = models.CharField(max_length=14, choices=EvidenceKind)
    citation = models.TextField()
    figure = models.CharField(max_length=120, blank=True)
    address = models.URLField(max_length=500, blank=True)
    guideline = Key("curriculum.Guideline", null=True, blank=True)
    survey = Key("curriculum.Survey", null=True, blank=True)
    found_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "gap"], name="evidence_of_a_gap")]

    def __str__(self) -> str:
        return self.citation[:120]


class GapStatement(TenantModel):
    """One answer that an accreditor's form asks for, at most so many words long."""

    gap = Key(Gap, related_name="statements")
    kind = models.CharField(max_length=20, choices=StatementKind)
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "gap", "kind"], name="one_statement_of_a_kind_per_gap"
            )
        ]

    def __str__(self) -> str:
        return self.text[:120]


class GapRating(TenantModel):
    """How many points a gap gets on a criterion, and why."""

    gap = Key(Gap, related_name="ratings")
    criterion = models.CharField(max_length=12, choices=Criterion)
    points = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    rated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "gap", "criterion"], name="one_rating_per_criterion"
            ),
            models.CheckConstraint(
                condition=Q(points__lte=MOST_POINTS), name="points_of_a_gap_have_a_limit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class CriterionWeightQuerySet(models.QuerySet["CriterionWeight"]):
    def in_force(self) -> Self:
        """Of each criterion the weight that was set last."""
        return self.order_by("criterion", "-set_at", "-pk").distinct("criterion")


class CriterionWeight(TenantModel):
    """How much a criterion counts in this organisation; a change is a new row."""

    APPEND_ONLY = True

    criterion = models.CharField(max_length=12, choices=Criterion)
    weight = models.PositiveSmallIntegerField()
    reason = models.TextField()
    set_at = models.DateTimeField(default=timezone.now)
    set_by_name = models.CharField(max_length=200)

    objects: ClassVar[CriterionWeightQuerySet] = CriterionWeightQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weight__lte=10), name="a_weight_is_at_most_ten")
        ]
        indexes = [
            models.Index(fields=["organisation_id", "criterion", "-set_at"], name="weight_in_force")
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.weight}"
