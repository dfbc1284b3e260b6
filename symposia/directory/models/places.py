import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.shared.rows import SeenWith
from symposia.shared.tenancy import Key, TenantModel

# How many levels of territories there are at most: area, region, territory.
TERRITORY_LEVELS = 3


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> "TerritoryQuerySet":
        """The territories a person works in, with all that lie inside them."""
        if access.everywhere(permission):
            return self
        mine = access.scopes(permission, "territory")
        return self.filter(Q(pk__in=mine) | Q(parent__in=mine) | Q(parent__parent__in=mine))

    def for_choice(self) -> "models.QuerySet[Territory, tuple[uuid.UUID, str]]":
        return self.order_by("name", "pk").values_list("pk", "name")


class Territory(TenantModel):
    """A part of the map that a representative or a manager answers for."""

    name = models.CharField(max_length=120)
    code = models.SlugField(max_length=40)
    parent = Key("self", null=True, blank=True)

    objects: ClassVar[TerritoryQuerySet] = TerritoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "code"], name="one_territory_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class InstitutionKind(models.TextChoices):
    """Where people work."""

    HOSPITAL = "hospital", _("Hospital")
    CLINIC = "clinic", _("Clinic or practice")
    UNIVERSITY = "university", _("University or school")
    PHARMACY = "pharmacy", _("Pharmacy")
    OTHER = "other", _("Other")


class InstitutionQuerySet(SeenWith["Institution"]):
    """Institutions hold nothing personal: whoever sees the directory sees them all."""

    PERMISSION = Permission.VIEW_DIRECTORY
    IN_PART = True

    def named(self, name: str, city: str) -> "Institution | None":
        return self.filter(name__iexact=name.strip(), city__iexact=city.strip()).first()


class Institution(TenantModel):
    """Where clinicians work."""

    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=12, choices=InstitutionKind, default=InstitutionKind.HOSPITAL
    )
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)

    objects: ClassVar[InstitutionQuerySet] = InstitutionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "name", "city"], name="one_institution_per_name_and_city"
            )
        ]

    def __str__(self) -> str:
        return self.name
