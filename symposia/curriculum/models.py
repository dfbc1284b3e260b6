from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class GapState(models.TextChoices):
    OPEN = "open", _("Open")
    ADDRESSED = "addressed", _("Addressed by an activity")
    CLOSED = "closed", _("Closed by evidence")


class NeedType(models.TextChoices):
    KNOWLEDGE = "knowledge", _("Knowledge")
    COMPETENCE = "competence", _("Competence")
    PERFORMANCE = "performance", _("Performance")


class EvidenceKind(models.TextChoices):
    GUIDELINE = "guideline", _("Clinical guideline")
    LITERATURE = "literature", _("Published study")
    QUALITY_DATA = "quality_data", _("Quality or safety data")
    SURVEY = "survey", _("Needs survey")
    EXPERT = "expert", _("Expert opinion")
    EVALUATION = "evaluation", _("Evaluation of an earlier activity")
    REGULATION = "regulation", _("New law or requirement")


class Competency(models.TextChoices):
    """The physician attributes of ACGME and ABMS, and those of IOM and IPEC beside them."""

    PATIENT_CARE = "patient_care", _("Patient care and procedural skills")
    MEDICAL_KNOWLEDGE = "medical_knowledge", _("Medical knowledge")
    PRACTICE_BASED = "practice_based", _("Practice-based learning and improvement")
    COMMUNICATION = "communication", _("Interpersonal and communication skills")
    PROFESSIONALISM = "professionalism", _("Professionalism")
    SYSTEMS_BASED = "systems_based", _("Systems-based practice")
    TEAMS = "teams", _("Work in interdisciplinary teams")
    EVIDENCE_BASED = "evidence_based", _("Employ evidence-based practice")
    QUALITY = "quality", _("Apply quality improvement")
    INFORMATICS = "informatics", _("Use informatics")


class GapQuerySet(models.QuerySet["Gap"]):
    def visible_to(self, access: Access) -> Self:
        return self if access.everywhere(Permission.VIEW_CURRICULUM) else self.none()

    def search(self, text: str) -> Self:
        return self.filter(
            Q(number__iexact=text.strip())
            | Q(title__icontains=text)
            | Q(statement__icontains=text)
            | Q(population__icontains=text)
        )


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
    found_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "gap"], name="evidence_of_a_gap")]

    def __str__(self) -> str:
        return self.citation[:120]


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, access: Access) -> Self:
        return self if access.everywhere(Permission.VIEW_CURRICULUM) else self.none()

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
    competency = models.CharField(max_length=20, choices=Competency)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ObjectiveQuerySet] = ObjectiveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "gap"], name="objectives_of_a_gap")]

    def __str__(self) -> str:
        return self.text
