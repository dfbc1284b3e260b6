from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from symposia.directory.models.people import IN_ORDER, Profession
from symposia.directory.spelling import plain_number, search_form
from symposia.shared.tenancy import ReferenceModel


class RegistryEntryQuerySet(models.QuerySet["RegistryEntry"]):
    def search(self, text: str) -> "RegistryEntryQuerySet":
        """The one with this number, or those whose name has words that begin with all of these."""
        if any(c.isdigit() for c in text):
            return self.filter(number=plain_number(text))
        words = search_form(text).split()
        by_name = Q()
        for word in words:
            by_name &= Q(search_text__contains=f" {word}")
        return self.filter(by_name).order_by("search_text", "number") if words else self.none()

    def by_number(self, number: str) -> "RegistryEntry | None":
        return self.filter(number=plain_number(number)).first()


class RegistryEntry(ReferenceModel):
    """What a public register (NPPES) says of a person; the same for every organisation here."""

    number = models.CharField(max_length=10, primary_key=True)
    full_name = models.CharField(max_length=200, blank=True)
    display_name = models.CharField(max_length=200, blank=True)
    profession = models.CharField(max_length=20, choices=Profession, blank=True)
    credential = models.CharField(max_length=100, blank=True)
    specialty = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    # The register gave the number up on this day: nobody practises under it.
    deactivated_on = models.DateField(null=True, blank=True)
    # The day of the file that said so last.
    told_on = models.DateField()
    search_text = models.CharField(max_length=420, editable=False, db_collation=IN_ORDER)

    objects: ClassVar[RegistryEntryQuerySet] = RegistryEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            GinIndex(
                fields=["search_text"], opclasses=["gin_trgm_ops"], name="registry_name_trigrams"
            )
        ]

    def __str__(self) -> str:
        return f"{self.called} ({self.number})"

    @property
    def called(self) -> str:
        return self.display_name or self.full_name

    @property
    def is_dead(self) -> bool:
        return self.deactivated_on is not None


class RegistryLoad(ReferenceModel):
    """A file of a public register that was read into this installation, and how far."""

    id = models.BigAutoField(primary_key=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    told_on = models.DateField()
    # Rows after the header that are in; a load that was broken off goes on behind them.
    rows_done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-begun_at"], name="registry_loads_latest")]

    def __str__(self) -> str:
        return self.file_name
