import uuid
from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.shared.money import Money
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel


class Role(models.TextChoices):
    """What a person is engaged for."""

    SPEAKS = "speaks", _("Speaks")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def standing(self) -> Self:
        return self.filter(released_at=None)

    def of_people(self, people: Iterable[uuid.UUID]) -> Self:
        return self.filter(clinician__in=list(people))

    def between(self, first: date, last: date) -> Self:
        return self.filter(on__gte=first, on__lte=last)

    def of_subject(self, subject_type: str, subject_id: uuid.UUID) -> Self:
        return self.filter(subject_type=subject_type, subject_id=subject_id)


class Commitment(TenantModel):
    """A person's engagement that somebody asked to have approved: it counts from then on,
    though it lies in the future."""

    clinician = Key("directory.Clinician")
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    role = models.CharField(max_length=10, choices=Role, default=Role.SPEAKS)
    on = models.DateField()
    amount_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    committed_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "subject_type", "subject_id", "clinician", "role"],
                condition=Q(released_at=None),
                name="one_commitment_per_person_and_subject",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__isnull=True) | Q(currency__regex="^[A-Z]{3}$"),
                name="a_committed_amount_has_its_currency",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "clinician", "on"],
                condition=Q(released_at=None),
                name="commitments_of_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} on {self.on}"

    @property
    def amount(self) -> Money | None:
        if self.amount_minor is None:
            return None
        return Money.from_minor(self.amount_minor, self.currency)


class RestrictionKind(models.TextChoices):
    """Whether a person or a product is restricted."""

    PERSON = "person", _("Person")
    PRODUCT = "product", _("Product or topic")


class RestrictionQuerySet(SeenWith["Restriction"]):
    PERMISSION = Permission.MANAGE_RULES

    def standing(self, on: date) -> Self:
        """Those that bind on a day."""
        open_end = Q(until_on=None) | Q(until_on__gte=on)
        return self.filter(open_end, lifted_at=None, from_on__lte=on)


class Restriction(TenantModel):
    """A doctor who must not be engaged, or a product that must not be a topic, for a time."""

    kind = models.CharField(max_length=10, choices=RestrictionKind)
    clinician = Key("directory.Clinician", null=True, blank=True)
    # Of a product or topic: the word to look for. Of a person: the name, as it was then.
    words = models.CharField(max_length=200)
    reason = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_name = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_name = models.CharField(max_length=200, blank=True)
    lifted_reason = models.TextField(blank=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person", clinician__isnull=False)
                | Q(kind="product", clinician__isnull=True),
                name="a_restricted_person_is_in_the_directory",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="a_restriction_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.words
