from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.credits.models.numbered import Numbered
from symposia.shared.tenancy import TenantModel


class KeyQuerySet(Numbered["IssuerKey"]):
    """The list of keys is for whoever looks after the organisation; the public halves are
    published. The present one signs now; there is none before the first certificate was issued."""


class IssuerKey(TenantModel):
    """A key by which an organisation signs badges; what an earlier one signed stays valid."""

    APPEND_ONLY = True

    number = models.PositiveSmallIntegerField()
    # The public half as Multikey: `z6Mk…`.
    public_key = models.CharField(max_length=64)
    # The private half, sealed under the installation's own key.
    sealed_key = models.TextField()
    # What the places in the status lists follow from; that of the first key stands for ever.
    seed = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[KeyQuerySet] = KeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_issuer_key_per_number"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")),
                name="a_later_issuer_key_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class PaperKeyQuerySet(Numbered["PaperKey"]):
    """The present one signs papers now; there is none before the first certificate was issued."""


class PaperKey(TenantModel):
    """An X.509 certificate, our own or a bought one, that signs the PDFs of an organisation."""

    APPEND_ONLY = True

    number = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300)
    # PEM: the certificate itself, then those above it.
    chain = models.TextField()
    sealed_key = models.TextField()
    sha256 = models.CharField(max_length=64)
    valid_until = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PaperKeyQuerySet] = PaperKeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_paper_key_per_number"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def is_good(self, at: datetime) -> bool:
        """Whether a reader trusts what it signs at a moment."""
        return at < self.valid_until
