"""What was submitted each time, who signed it, and which signatures no longer count."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from symposia.approvals.models.choices import Because, Verdict
from symposia.approvals.models.requests import ApprovalRequest
from symposia.approvals.models.routes import Meaning
from symposia.shared.tenancy import Key, TenantModel


class RequestVersion(TenantModel):
    """What a subject was each time it asked: signatures and differences refer to it."""

    APPEND_ONLY = True

    request = Key(ApprovalRequest, related_name="versions")
    version = models.PositiveIntegerField()
    frozen = models.JSONField()
    frozen_hash = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "request", "version"], name="one_row_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.version}"


class Decision(TenantModel):
    """A signature: who decided what, when and why, with what meaning, on exactly which version."""

    APPEND_ONLY = True

    request = Key(ApprovalRequest, related_name="decisions")
    version = models.PositiveIntegerField()
    step = models.PositiveSmallIntegerField()
    step_name = models.CharField(max_length=80)
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = models.TextField()
    meaning = models.CharField(max_length=40, choices=Meaning)
    subject_hash = models.CharField(max_length=64)
    # The second factor that was fresh when this was signed; empty where the step asks for none.
    factor = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=40)
    decided_by_id = models.UUIDField()
    decided_by_name = models.CharField(max_length=200)
    # In whose place, when it was given under a delegation.
    on_behalf_of_id = models.UUIDField(null=True, blank=True)
    on_behalf_of_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    # Binds all of the above to each other and to this request; see `signing.py`.
    mac = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "request", "version", "step"],
                name="one_decision_per_step_and_version",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.step_name}: {self.said}"

    @property
    def said(self) -> Promise:
        return Verdict(self.verdict).said


class Voiding(TenantModel):
    """A signature that no longer counts, because what it stood under is not the same any more."""

    APPEND_ONLY = True

    decision = Key(Decision, related_name="voidings")
    # The version of the request in which it stopped counting.
    version = models.PositiveIntegerField()
    # Dotted paths of what changed; empty where a signature below it fell.
    changed = models.JSONField(default=list)
    because = models.CharField(max_length=12, choices=Because)
    voided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "decision"], name="a_signature_falls_once"
            )
        ]

    def __str__(self) -> str:
        return self.get_because_display()
