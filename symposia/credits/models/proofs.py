from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.shared.rows import Locking
from symposia.shared.tenancy import TenantModel


class KeyQuerySet(Locking["IssuerKey"]):
    def visible_to(self, access: Access) -> Self:
        """The list of keys is for whoever looks after the organisation; the public halves are
        published."""
        return self if access.holds(Permission.MANAGE_ORGANISATION) else self.none()

    def present(self) -> "IssuerKey | None":
        """The key that signs now; nothing before the first certificate was issued."""
        return self.order_by("-number").first()


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


class PaperKeyQuerySet(Locking["PaperKey"]):
    def visible_to(self, access: Access) -> Self:
        """Who signs the papers is for whoever looks after the organisation."""
        return self if access.holds(Permission.MANAGE_ORGANISATION) else self.none()

    def present(self) -> "PaperKey | None":
        """The certificate that signs papers now; nothing before the first was issued."""
        return self.order_by("-number").first()


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
