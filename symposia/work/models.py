from django.db import models
from django.utils import timezone

from symposia.shared.tenancy import TenantModel


class AnsweredRequest(TenantModel):
    """A mutating request and its answer: the same key from the same actor is never done twice."""

    KEEPS_HISTORY = False

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "actor", "key"], name="one_answer_per_key"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "at"], name="answers_by_age")]

    def __str__(self) -> str:
        return self.key
