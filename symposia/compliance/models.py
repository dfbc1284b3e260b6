import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.shared.tenancy import Key, ReferenceModel, TenantModel


class Result(models.TextChoices):
    PASS = "pass", _("Holds")
    WARN = "warn", _("Warns")
    BLOCK = "block", _("Blocks")


class Confidence(models.TextChoices):
    """How sure we are of what a source says; unsure values are shown as such."""

    SOURCED = "sourced", _("Sourced")
    TO_VERIFY = "to_verify", _("To verify")


class RulePackQuerySet(models.QuerySet["RulePack"]):
    def in_force(self, on: date) -> Self:
        """Of each code the version that applies on a day: the latest that had begun."""
        return (
            self.filter(Q(effective_until=None) | Q(effective_until__gt=on), effective_from__lte=on)
            .order_by("code", "-effective_from", "-version")
            .distinct("code")
        )

    def latest_first(self) -> Self:
        return self.order_by("code", "-effective_from", "-version")


class RulePack(ReferenceModel):
    """One version of a body's rules as it was shipped: its text never changes after loading."""

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=200)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True, blank=True)
    citation = models.TextField()
    confidence = models.CharField(max_length=10, choices=Confidence)
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(default=timezone.now)

    objects = RulePackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_pack_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class OwnParameterQuerySet(models.QuerySet["OwnParameter"]):
    def in_force(self, on: date) -> Self:
        """Of each parameter the value that applies on a day."""
        return (
            self.filter(effective_from__lte=on)
            .order_by("pack_code", "name", "-effective_from", "-set_at", "-pk")
            .distinct("pack_code", "name")
        )


class OwnParameter(TenantModel):
    """A value that a rule leaves to the organisation, from a day on; a change is a new row."""

    APPEND_ONLY = True

    pack_code = models.SlugField(max_length=60)
    name = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    effective_from = models.DateField()
    reason = models.TextField()
    set_at = models.DateTimeField(default=timezone.now)
    set_by_name = models.CharField(max_length=200)

    objects = OwnParameterQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "pack_code", "name", "-effective_from"],
                name="own_parameter_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def of_subject(self, subject_type: str, subject_id: uuid.UUID) -> Self:
        return self.filter(subject_type=subject_type, subject_id=subject_id).order_by(
            "-evaluated_at", "-pk"
        )


class Evaluation(TenantModel):
    """What the rules in force said of a subject: with these facts, under these versions."""

    APPEND_ONLY = True

    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    on = models.DateField()
    facts = models.JSONField()
    result = models.CharField(max_length=5, choices=Result)
    evaluated_at = models.DateTimeField(default=timezone.now)
    evaluated_by_name = models.CharField(max_length=200)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "subject_id", "-evaluated_at"],
                name="evaluation_of_a_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_result_display()} on {self.on}"


class Finding(TenantModel):
    """The result of one rule: the pack's version, the facts and the dated values it used."""

    APPEND_ONLY = True

    evaluation = Key(Evaluation, related_name="findings")
    pack = models.ForeignKey(RulePack, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    result = models.CharField(max_length=5, choices=Result)
    message = models.TextField()
    facts = models.JSONField()
    # {name: {value, from, citation, confidence}}: a rule run again reads these, not today's values.
    parameters = models.JSONField()
    citation = models.TextField()
    confidence = models.CharField(max_length=10, choices=Confidence)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "evaluation", "pack", "rule"],
                name="one_finding_per_rule",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.get_result_display()}"

    @property
    def is_to_verify(self) -> bool:
        return self.confidence == Confidence.TO_VERIFY
