from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class ContactKind(models.TextChoices):
    """By what somebody is reached."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    ADDRESS = "address", _("Postal address")


class ContactPointQuerySet(Locking["ContactPoint"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def of_people(self, clinicians: Iterable[Any]) -> Self:
        return self.filter(clinician__in=list(clinicians))

    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        begun = Q(from_on=None) | Q(from_on__lte=day)
        return self.filter(begun, Q(until_on=None) | Q(until_on__gte=day))

    def preferred_first(self) -> Self:
        """What somebody chose last before what was noted last."""
        return self.order_by(F("preferred_at").desc(nulls_last=True), "-added_at", "pk")

    def for_list(self) -> Self:
        return self.select_related("clinician")


class ContactPoint(TenantModel):
    """One of several ways to reach a clinician: an address, a number, an e-mail address, with what
    it is for, since when, who says so and whether somebody has tried it."""

    clinician = Key("directory.Clinician")
    kind = models.CharField(max_length=8, choices=ContactKind)
    # Of a postal address, its lines.
    value = models.TextField(max_length=600)
    # What people call it: practice, home, secretary.
    label = models.CharField(max_length=60, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    # When somebody chose it before others. Of e-mail and telephone what the record says is used.
    preferred_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by_name = models.CharField(max_length=200, blank=True)
    verified_how = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_name = models.CharField(max_length=200)

    objects: ClassVar[ContactPointQuerySet] = ContactPointQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "kind", "value"],
                name="one_contact_of_a_person_once",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="contact_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | ~Q(verified_how=""),
                name="a_verified_contact_says_how",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "value"],
                name="contacts_by_email",
                condition=Q(kind="email"),
            ),
            models.Index(
                fields=["organisation_id", "until_on"],
                name="contacts_that_end",
                condition=Q(until_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.one_line}"

    @property
    def one_line(self) -> str:
        return ", ".join(line.strip() for line in self.value.splitlines() if line.strip())

    def has_ended(self, day: date) -> bool:
        return self.until_on is not None and self.until_on < day

    def holds_on(self, day: date) -> bool:
        return not self.has_ended(day) and (self.from_on is None or self.from_on <= day)
