from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.shared.tenancy import ReferenceModel


class Rounding(models.TextChoices):
    """How minutes between two steps of a credit system count."""

    NEAREST = "nearest", _("to the nearest step")
    DOWN = "down", _("down to a whole step")


class Confidence(models.TextChoices):
    """How sure the product is of a rule of an accreditor."""

    SOURCED = "sourced", _("From the body's own publication")
    TO_VERIFY = "to_verify", _("To verify before use")


class CreditSystemQuerySet(models.QuerySet["CreditSystem"]):
    def in_force(self, on: date) -> Self:
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on
        ).order_by("name")


class CreditSystem(ReferenceModel):
    """What a body awards, to whom, in which steps and words: dated regulation, shipped as data."""

    # Code and the day from which it is valid: `ama_pra_1:2022-01-01`.
    key = models.CharField(max_length=60, primary_key=True)
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    body = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    minutes_per_credit = models.PositiveSmallIntegerField()
    step = models.DecimalField(max_digits=5, decimal_places=2)
    rounding = models.CharField(max_length=8, choices=Rounding)
    professions = ArrayField(models.CharField(max_length=20))
    # The body's wording with its variables in braces: designation, award, participation.
    statements = models.JSONField(default=dict)
    citation = models.TextField()
    confidence = models.CharField(max_length=10, choices=Confidence)

    objects: ClassVar[CreditSystemQuerySet] = CreditSystemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__gt=0), name="credit_system_has_a_step"),
        ]

    def __str__(self) -> str:
        return self.name

    def awards(self, profession: str) -> bool:
        """Whether the body awards its credit to this profession."""
        return profession in self.professions

    @property
    def is_to_verify(self) -> bool:
        return self.confidence == Confidence.TO_VERIFY
