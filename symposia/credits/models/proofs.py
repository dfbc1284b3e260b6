import hashlib
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.credits.models.numbered import Numbered
from symposia.shared.tenancy import TenantModel


class KeyKind(models.TextChoices):
    """What a key makes: the proof inside a badge, or the token around one."""

    PROOF = "proof", _("Inside the badge (Ed25519)")
    TOKEN = "token", _("Around the badge, as a JWT (RSA)")


class KeyQuerySet(Numbered["IssuerKey"]):
    """The list of keys is for whoever looks after the organisation; the public halves are
    published. The present one signs now; there is none before the first certificate was issued."""

    def present(self, kind: KeyKind = KeyKind.PROOF) -> "IssuerKey | None":
        return self.filter(kind=kind).order_by("-number").first()


class IssuerKey(TenantModel):
    """A key by which an organisation signs badges; what an earlier one signed stays valid. The
    keys of each kind are numbered on their own."""

    APPEND_ONLY = True

    kind = models.CharField(max_length=5, choices=KeyKind, default=KeyKind.PROOF)
    number = models.PositiveSmallIntegerField()
    # The public half: of Ed25519 as Multikey (`z6Mk…`), of RSA as JWK.
    public_key = models.TextField()
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
                fields=["organisation_id", "kind", "number"], name="one_issuer_key_per_number"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")),
                name="a_later_issuer_key_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def public_half(self) -> str:
        """What tells it from others in one line: the Multikey, or the hash of the JWK."""
        if self.kind == KeyKind.PROOF:
            return self.public_key
        return f"SHA-256 {hashlib.sha256(self.public_key.encode()).hexdigest()[:16]}"

    @property
    def signs(self) -> str:
        """What it makes, in words."""
        return str(KeyKind(self.kind).label)


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
