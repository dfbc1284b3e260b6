import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models.people import Clinician
from symposia.directory.models.places import Institution
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel

_DAYS = Func(
    F("from_on"),
    F("until_on"),
    Value("[]"),
    function="DATERANGE",
    output_field=DateRangeField(),
)


class AffiliationQuerySet(Locking["Affiliation"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> Self:
        """Those of the clinicians one may see."""
        if access.everywhere(permission):
            return self
        return self.filter(clinician__in=Clinician.objects.visible_to(access, permission))

    def of(self, clinician: Clinician) -> Self:
        return self.filter(clinician=clinician)

    def of_people(self, clinicians: Iterable[Any]) -> Self:
        return self.filter(clinician__in=list(clinicians))

    def at(self, institution_id: uuid.UUID) -> Self:
        return self.filter(institution_id=institution_id)

    def primary(self) -> Self:
        return self.filter(is_primary=True)

    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        begun = Q(from_on=None) | Q(from_on__lte=day)
        return self.filter(begun, Q(until_on=None) | Q(until_on__gte=day))

    def meeting(self, from_on: date | None, until_on: date | None) -> Self:
        """Those whose days meet these."""
        rows = self
        if from_on:
            rows = rows.filter(Q(until_on=None) | Q(until_on__gte=from_on))
        if until_on:
            rows = rows.filter(Q(from_on=None) | Q(from_on__lte=until_on))
        return rows

    def for_list(self) -> Self:
        return self.select_related("clinician", "institution")

    def latest_first(self) -> Self:
        """What goes on before what has ended; of each the later first."""
        until, begun = F("until_on").desc(nulls_first=True), F("from_on").desc(nulls_last=True)
        return self.order_by("-is_primary", until, begun, "pk")


class Affiliation(TenantModel):
    """Where a clinician works or worked, as what, from when until when; several at once, one of
    them the primary one on each day."""

    # The same post at the same place stands once on a day: the actions hold this, and a merge knows
    # it. An index of it would cost more than all else of an import.
    KEPT_APART: ClassVar[tuple[ExclusionConstraint, ...]] = (
        ExclusionConstraint(
            name="one_affiliation_of_a_kind_on_a_day",
            expressions=[
                *((F("clinician"), "="), (F("institution"), "=")),
                *((F("role"), "="), (F("department"), "=")),
                (_DAYS, "&&"),
            ],
        ),
    )

    clinician = Key(Clinician)
    institution = Key(Institution)
    role = models.CharField(max_length=120, blank=True)
    department = models.CharField(max_length=120, blank=True)
    # None: nobody knows since when.
    from_on = models.DateField(null=True, blank=True)
    # The last day; none while it goes on.
    until_on = models.DateField(null=True, blank=True)
    is_primary = models.BooleanField(default=False)
    # Who says so: the person, a letter, a file.
    source = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_name = models.CharField(max_length=200)

    objects: ClassVar[AffiliationQuerySet] = AffiliationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "clinician"], name="affiliations_of_a_person"),
            models.Index(fields=["organisation_id", "institution"], name="affiliations_at_a_place"),
            models.Index(
                fields=["organisation_id", "from_on"],
                name="primary_places_that_begin",
                condition=Q(is_primary=True, from_on__isnull=False),
            ),
            models.Index(
                fields=["organisation_id", "until_on"],
                name="primary_places_that_end",
                condition=Q(is_primary=True, until_on__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="affiliation_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="one_primary_affiliation_on_a_day",
                index_type="GIST",
                expressions=[
                    (F("organisation_id"), "="),
                    (F("clinician"), "="),
                    (_DAYS, "&&"),
                ],
                condition=Q(is_primary=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clinician}: {self.institution}"

    @property
    def post(self) -> str:
        """As what, and where in the house."""
        return ", ".join(filter(None, (self.role, self.department)))

    @property
    def told(self) -> dict[str, object]:
        """What the journal says of it."""
        return {
            "clinician": self.clinician_id,
            "institution": self.institution_id,
            "from": self.from_on,
            "until": self.until_on,
            "primary": self.is_primary,
        }

    def holds_on(self, day: date) -> bool:
        begun = self.from_on is None or self.from_on <= day
        return begun and not self.has_ended(day)

    def has_ended(self, day: date) -> bool:
        return self.until_on is not None and self.until_on < day
