import uuid
from datetime import date
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.approvals.models import hash_of
from symposia.approvals.places import kept_from
from symposia.compliance.models.packs import Confidence, OwnPack, RulePack
from symposia.shared.tenancy import Key, TenantModel

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


def _told(rows: Rows, access: Access, prefix: str = "") -> Rows:
    kept = None if access.holds(Permission.MANAGE_RULES) else kept_from(access, prefix)
    return rows if kept is None else rows.exclude(kept)


class Result(models.TextChoices):
    """What a rule says of a subject: it holds, look here, or no."""

    PASS = "pass", _("Holds")
    WARN = "warn", _("Warns")
    BLOCK = "block", _("Blocks")


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def of_subject(self, subject_type: str, subject_id: uuid.UUID) -> Self:
        return self.filter(subject_type=subject_type, subject_id=subject_id).order_by(
            "-evaluated_at", "-pk"
        )

    def latest(self) -> Self:  # type: ignore[override]  # of each subject, not of all
        """Of each subject the last evaluation."""
        return self.order_by("subject_id", "-evaluated_at", "-pk").distinct("subject_id")


class Evaluation(TenantModel):
    """What the rules in force said of a subject: with these facts, under these versions."""

    APPEND_ONLY = True

    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    # What the subject was called then.
    title = models.CharField(max_length=300, blank=True)
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


class OverrideQuerySet(models.QuerySet["Override"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_RULES) -> Self:
        """All, or those about the activities to which the person's role is limited; for whoever
        keeps no rules without what the wall keeps."""
        rows = _told(self, access)
        if access.everywhere(permission):
            return rows
        return rows.filter(subject_id__in=access.scopes(permission, "activity"))

    def in_force(self, today: date) -> Self:
        return self.filter(ended_at=None, expires_on__gte=today)

    def of_subject(self, subject_type: str, subject_id: uuid.UUID) -> Self:
        return self.filter(subject_type=subject_type, subject_id=subject_id).order_by(
            "-granted_at", "-pk"
        )


class Override(TenantModel):
    """A person's reasoned exception from one rule for one subject, until a day."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=300, blank=True)
    pack_code = models.SlugField(max_length=60)
    rule = models.CharField(max_length=20)
    reason = models.TextField()
    # The facts and values it was given for, and their hash: with others the rule speaks again.
    inputs = models.JSONField(default=dict)
    inputs_hash = models.CharField(max_length=64, blank=True)
    expires_on = models.DateField()
    granted_at = models.DateTimeField(default=timezone.now)
    granted_by_id = models.UUIDField(null=True)
    granted_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_reason = models.TextField(blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "subject_type", "subject_id", "pack_code", "rule"],
                condition=Q(ended_at=None),
                name="one_exception_per_rule_and_subject",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_exception_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} until {self.expires_on}"

    def is_in_force(self, today: date) -> bool:
        return self.ended_at is None and self.expires_on >= today

    def is_for(self, finding: "Finding") -> bool:
        """Whether it was given for exactly what this finding rests on."""
        return self.inputs_hash == hash_of(finding.inputs)


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_RULES) -> Self:
        """All, or those about the activities to which the person's role is limited; for whoever
        keeps no rules without what the wall keeps."""
        rows = _told(self, access, "evaluation__")
        if access.everywhere(permission):
            return rows
        subjects = access.scopes(permission, "activity")
        return rows.filter(evaluation__subject_id__in=subjects)

    def current(self) -> Self:
        """What was said last of each subject."""
        return self.filter(evaluation__in=Evaluation.objects.latest().values("pk"))


class Finding(TenantModel):
    """The result of one rule: the pack's version, the facts and the dated values it used."""

    APPEND_ONLY = True

    evaluation = Key(Evaluation, related_name="findings")
    # The version that spoke: shipped with the product, or the organisation's own.
    pack = models.ForeignKey(RulePack, on_delete=models.PROTECT, related_name="+", null=True)
    own_pack = Key(OwnPack, null=True)
    rule = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    result = models.CharField(max_length=5, choices=Result)
    message = models.TextField()
    facts = models.JSONField()
    # {name: {value, from, citation, confidence}}: a rule run again reads these, not today's values.
    parameters = models.JSONField()
    citation = models.TextField()
    confidence = models.CharField(max_length=10, choices=Confidence)
    # The exception that was in force; the result stays what the rule said.
    override = Key(Override, null=True)
    position = models.PositiveSmallIntegerField()

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "evaluation", "pack", "rule"],
                name="one_finding_per_rule",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "evaluation", "own_pack", "rule"],
                name="one_finding_per_own_rule",
            ),
            models.CheckConstraint(
                condition=Q(pack__isnull=True) ^ Q(own_pack__isnull=True),
                name="a_finding_names_one_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.get_result_display()}"

    @property
    def is_to_verify(self) -> bool:
        return self.confidence == Confidence.TO_VERIFY

    @property
    def spoken_by(self) -> RulePack | OwnPack:
        """The version of the pack that said this."""
        row = self.pack or self.own_pack
        assert row is not None  # noqa: S101  # the table holds it
        return row

    @property
    def inputs(self) -> dict[str, dict[str, Any]]:
        """What it rests on: the facts of the subject and the values the rule used."""
        values = {name: each["value"] for name, each in self.parameters.items()}
        return {"facts": dict(self.facts), "values": values}

    @property
    def holds_back(self) -> bool:
        """It blocks, and nobody made an exception."""
        return self.result == Result.BLOCK and self.override_id is None


class StatedFactQuerySet(models.QuerySet["StatedFact"]):
    def standing(self, subject_type: str, subject_id: uuid.UUID) -> Self:
        """Of each fact the last statement."""
        return (
            self.filter(subject_type=subject_type, subject_id=subject_id)
            .order_by("name", "-stated_at", "-pk")
            .distinct("name")
        )


class StatedFact(TenantModel):
    """What somebody who plans says of a fact that no record holds; a correction is a new row."""

    APPEND_ONLY = True

    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    name = models.CharField(max_length=60)
    # Nothing: the statement is taken back.
    value = models.JSONField(null=True)
    stated_at = models.DateTimeField(default=timezone.now)
    stated_by_name = models.CharField(max_length=200)

    objects = StatedFactQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "subject_id", "name", "-stated_at"],
                name="facts_stated_of_a_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"
