from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models.people import Clinician
from symposia.shared.rows import Locking, SeenWith
from symposia.shared.tenancy import Key, TenantModel


class Effect(models.TextChoices):
    """What a restriction does to whoever wants to ask the person."""

    NOBODY_ASKS = "nobody_asks", _("Nobody may ask")
    PAPER_FIRST = "paper_first", _("Only with a letter that allows it")


class RestrictionKindQuerySet(SeenWith["RestrictionKind"]):
    PERMISSION = Permission.VIEW_DIRECTORY
    IN_PART = True


class RestrictionKind(TenantModel):
    """A reason of the organisation's own why people are not asked; the usual ones come with the
    product."""

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)
    effect = models.CharField(max_length=12, choices=Effect)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_name = models.CharField(max_length=200)

    objects: ClassVar[RestrictionKindQuerySet] = RestrictionKindQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "code"], name="one_kind_of_restriction_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RestrictionQuerySet(Locking["PersonRestriction"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> Self:
        """Those of the clinicians one may see."""
        if access.everywhere(permission):
            return self
        return self.filter(clinician__in=Clinician.objects.visible_to(access, permission))

    def standing(self, on: date) -> Self:
        """Those that hold on a day."""
        open_end = Q(until_on=None) | Q(until_on__gte=on)
        return self.filter(open_end, ended_at=None, from_on__lte=on)

    def barring(self, on: date) -> Self:
        """Those that keep people from being asked on a day: a letter that allows it lifts one."""
        allowed = Q(effect=Effect.PAPER_FIRST) & ~Q(paper="")
        still = Q(paper_until=None) | Q(paper_until__gte=on)
        return self.standing(on).exclude(allowed & still)

    def of_people(self, clinicians: Iterable[Any]) -> Self:
        return self.filter(clinician__in=list(clinicians))

    def for_list(self) -> Self:
        return self.select_related("clinician")


class PersonRestriction(TenantModel):
    """Why somebody of the directory is not asked, or not without a letter, and for how long."""

    clinician = Key(Clinician)
    # The code of a kind, and what it was called when this was noted.
    kind = models.SlugField(max_length=40)
    kind_name = models.CharField(max_length=100)
    effect = models.CharField(max_length=12, choices=Effect)
    reason = models.TextField(blank=True)
    # Who says so: a register, the employer, the family.
    source = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    # The letter that allows it for a time.
    paper = models.CharField(max_length=200, blank=True)
    paper_until = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_reason = models.TextField(blank=True)

    objects: ClassVar[RestrictionQuerySet] = RestrictionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "clinician"],
                name="restrictions_that_stand",
                condition=Q(ended_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="somebody_is_restricted_until_a_later_day",
            ),
            models.CheckConstraint(
                condition=Q(effect=Effect.PAPER_FIRST) | Q(paper="", paper_until__isnull=True),
                name="a_letter_allows_what_needs_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clinician}: {self.kind_name}"

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None

    @property
    def needs_paper(self) -> bool:
        return self.effect == Effect.PAPER_FIRST
