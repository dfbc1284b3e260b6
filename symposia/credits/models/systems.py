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


class AwardedBy(models.TextChoices):
    """Who puts the credit of a system into the world."""

    PROVIDER = "provider", _("The provider designates and awards it")
    BODY = "body", _("The body itself gives it")
    LEARNER = "learner", _("The learner records it with the body")


class CreditSystemQuerySet(models.QuerySet["CreditSystem"]):
    def in_force(self, on: date) -> Self:
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on
        ).order_by("name")

    def designated_by_providers(self) -> Self:
        """Those that an activity may offer; the others a learner enters or the body gives."""
        return self.filter(awarded_by=AwardedBy.PROVIDER)

    def in_order(self) -> Self:
        return self.order_by("body", "name", "-valid_from")


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
    awarded_by = models.CharField(max_length=8, choices=AwardedBy, default=AwardedBy.PROVIDER)
    # What each learning format of the body gives, as `awarding.LearningFormat` reads it.
    formats = models.JSONField(default=list)
    # The most for one day and for one activity; the least that an activity may offer.
    day_ceiling = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    ceiling = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    minimum = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    # What the body's number of an activity looks like, where it gives one (a regular expression).
    number_grammar = models.CharField(max_length=200, default="", blank=True)
    # The body's wording with its variables in braces: designation, award, participation.
    statements = models.JSONField(default=dict)
    citation = models.TextField()
    confidence = models.CharField(max_length=10, choices=Confidence)

    objects: ClassVar[CreditSystemQuerySet] = CreditSystemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__gt=0), name="credit_system_has_a_step"),
            models.CheckConstraint(
                condition=Q(awarded_by__in=["provider", "body", "learner"]),
                name="credit_is_awarded_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def awards(self, profession: str) -> bool:
        """Whether the body awards its credit to this profession."""
        return profession in self.professions

    @property
    def is_to_verify(self) -> bool:
        return self.confidence == Confidence.TO_VERIFY
