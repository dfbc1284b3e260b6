from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.credits.models.numbered import Numbered
from symposia.shared.tenancy import TenantModel


class PaperColour(models.TextChoices):
    """The colour of what stands out on a certificate; each reads well on white."""

    PETROL = "#0b5563", _("Petrol")
    NAVY = "#1f3a6d", _("Navy")
    PLUM = "#5a2a5e", _("Plum")
    FOREST = "#1f5a36", _("Forest")
    BRICK = "#8a2f22", _("Brick")
    INK = "#1b2426", _("Ink")


class PaperSize(models.TextChoices):
    """What certificates are cut to."""

    BY_COUNTRY = "", _("As usual in our country")
    A4 = "a4", _("A4")
    LETTER = "us-letter", _("US Letter")


class DesignQuerySet(Numbered["CertificateDesign"]):
    """The present one says how certificates look from now on; without any, as the product has
    them."""


class CertificateDesign(TenantModel):
    """A version of how an organisation's certificates look; what a body says is never in it."""

    APPEND_ONLY = True

    number = models.PositiveSmallIntegerField()
    colour = models.CharField(max_length=7, choices=PaperColour, default=PaperColour.PETROL)
    paper = models.CharField(max_length=12, choices=PaperSize, blank=True)
    # Empty: the language of the organisation.
    language = models.CharField(max_length=8, blank=True)
    # A sentence of the house below what the body says, with {name}, {title}, {date}, {provider}.
    said = models.CharField(max_length=300, blank=True)
    # JPEG in base 64, drawn anew from what was handed in.
    logo = models.TextField(blank=True)
    # At most two of name, role and picture of the signature.
    signers = models.JSONField(default=list)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[DesignQuerySet] = DesignQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_design_per_number"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
