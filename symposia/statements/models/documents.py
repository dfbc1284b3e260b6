import uuid
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.shared.tenancy import Key, TenantModel


class DocumentKind(models.TextChoices):
    """About what a document is."""

    STATE = "state", _("State of somebody in an activity")
    ACTIVITY = "activity", _("Profile of an activity")
    AGENT = "agent", _("Profile of somebody")


class DocumentQuerySet(models.QuerySet["Document"]):
    def locked_at(self, place: uuid.UUID) -> "Document | None":
        """The document at a place as it is now, held until the transaction ends."""
        return self.select_for_update().filter(place=place).first()

    def of(self, owner: uuid.UUID) -> Self:
        return self.filter(owner=owner)


class Document(TenantModel):
    """What an activity provider keeps for later: bytes with a media type, under a name of its own.

    It changes as often as a lesson is left, so no history of it is kept.
    """

    KEEPS_HISTORY = False

    kind = models.CharField(max_length=8, choices=DocumentKind)
    # Made from kind, activity and agent; `place` from these, the registration and the name.
    owner = models.UUIDField()
    place = models.UUIDField()
    registration = models.UUIDField(null=True, blank=True)
    name = models.TextField()
    content_type = models.CharField(max_length=200)
    content = models.BinaryField()
    etag = models.CharField(max_length=64)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by_name = models.CharField(max_length=200)

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "place"], name="one_document_per_place"
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "owner", "changed_at"], name="documents_of_an_owner"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Attachment(TenantModel):
    """What came with a statement, kept once under its hash (SHA-2, as the statement names it)."""

    APPEND_ONLY = True
    KEEPS_HISTORY = False

    sha2 = models.CharField(max_length=128)
    content_type = models.CharField(max_length=200)
    file = Key("work.StoredFile")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "sha2"], name="one_attachment_per_hash"
            )
        ]

    def __str__(self) -> str:
        return self.sha2
