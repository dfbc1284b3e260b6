from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.credits.models.systems import Confidence
from symposia.directory.models import Clinician
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, ReferenceModel, TenantModel


class PackKind(models.TextChoices):
    """Who asks for credit."""

    BOARD = "board", _("Licensing board")
    COUNCIL = "council", _("Medical council")
    CERTIFICATION = "certification", _("Certifying board")
    OWN = "own", _("Own rule")


class PackFacts(models.Model):
    """What a board, council or hospital asks for in one cycle; a version is dated and stands."""

    name = models.CharField(max_length=160)
    authority = models.CharField(max_length=200)
    cycle_months = models.PositiveSmallIntegerField()
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    # How much of it must be of certain systems, which those are, and how the rule says so.
    core_hours = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    core_systems = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    core_words = models.CharField(max_length=120, blank=True)
    # Each a `tracking.TopicRule`: subject, hours or share of the whole, how often, for whom.
    topics = models.JSONField(default=list, blank=True)
    notes = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    citation = models.TextField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class RequirementPackQuerySet(models.QuerySet["RequirementPack"]):
    def in_force(self, on: date) -> Self:
        until = Q(valid_until=None) | Q(valid_until__gte=on)
        return self.filter(until, valid_from__lte=on).order_by("country", "name")


class RequirementPack(PackFacts, ReferenceModel):
    """A board's requirement as the product ships it: dated, cited, with how sure we are."""

    # Code and the day from which it is valid: `us_al:2025-10-01`.
    key = models.CharField(max_length=60, primary_key=True)
    code = models.SlugField(max_length=40)
    kind = models.CharField(max_length=14, choices=PackKind)
    country = models.CharField(max_length=2)
    # The licences it is about: MD, DO; none where it is about all.
    licences = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    equivalents = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence)

    objects: ClassVar[RequirementPackQuerySet] = RequirementPackQuerySet.as_manager()  # type: ignore[assignment]

    @property
    def is_to_verify(self) -> bool:
        return self.confidence == Confidence.TO_VERIFY


class OwnPackQuerySet(Locking["OwnPack"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_RULES) -> Self:
        """All of the organisation: a rule is no secret among whoever reads rules."""
        return self if access.holds(permission) else self.none()

    def in_force(self, on: date) -> Self:
        until = Q(valid_until=None) | Q(valid_until__gte=on)
        return self.filter(until, valid_from__lte=on).order_by("name", "pk")


class OwnPack(PackFacts, TenantModel):
    """What the organisation itself asks of its people: a hospital's rule, a board we do not ship.

    A later version ends the one before; who tracks it goes on with the later.
    """

    replaces = Key("self", null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by_name = models.CharField(max_length=200)

    objects: ClassVar[OwnPackQuerySet] = OwnPackQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "name", "valid_from"], name="one_own_pack_per_day"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "replaces"], name="an_own_pack_is_replaced_once"
            ),
            models.CheckConstraint(
                condition=Q(cycle_months__gt=0, hours__gte=0), name="an_own_pack_has_a_cycle"
            ),
        ]

    @property
    def kind(self) -> str:
        return str(PackKind.OWN)


class LicenceQuerySet(Locking["Licence"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_CREDITS) -> Self:
        """Of the clinicians whose credit somebody sees."""
        if not access.holds(permission):
            return self.none()
        seen = Clinician.objects.visible_to(access, permission)
        return self.filter(clinician__in=seen.values("pk"))

    def own_of(self, access: Access) -> Self:
        mine = Clinician.objects.of_user(access.user_id)
        return self.filter(clinician__in=Clinician.objects.of_people(mine).values("pk"))

    def of(self, clinician: Clinician) -> Self:
        whole = Clinician.objects.of_person(clinician.pk).values("pk")
        return self.filter(clinician__in=whole).with_packs().order_by("cycle_ends_on", "pk")

    def held(self) -> Self:
        return self.filter(ended_at=None)

    def with_packs(self) -> Self:
        return self.select_related("pack", "own_pack", "clinician__institution")


class Licence(TenantModel):
    """What somebody holds and has to renew: whose requirement, its number, the cycle that runs."""

    clinician = Key(Clinician)
    pack = models.ForeignKey(
        RequirementPack, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    own_pack = Key(OwnPack, null=True, blank=True)
    number = models.CharField(max_length=60, blank=True)
    cycle_starts_on = models.DateField()
    cycle_ends_on = models.DateField()
    # Subjects of the rule whose condition does not hold for this person, as they say themselves.
    left_out = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    stated_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[LicenceQuerySet] = LicenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pack__isnull=False, own_pack__isnull=True)
                | Q(pack__isnull=True, own_pack__isnull=False),
                name="a_licence_is_of_one_rule",
            ),
            models.CheckConstraint(
                condition=Q(cycle_ends_on__gt=F("cycle_starts_on")), name="a_cycle_ends_later"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "pack", "number"],
                condition=Q(ended_at__isnull=True, pack__isnull=False),
                name="a_licence_is_tracked_once",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "own_pack"],
                condition=Q(ended_at__isnull=True, own_pack__isnull=False),
                name="an_own_rule_is_tracked_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "cycle_ends_on"],
                name="licences_by_end_of_cycle",
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (str(self.asks), self.number)))

    @property
    def asks(self) -> Any:
        """The rule that is tracked: a shipped pack or one of the organisation's own."""
        return self.pack or self.own_pack


class CycleReminder(TenantModel):
    """That somebody was told, so many days before, that a cycle ends; each only once."""

    APPEND_ONLY = True

    licence = Key(Licence)
    cycle_ends_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "licence", "cycle_ends_on", "days"],
                name="one_reminder_per_cycle_and_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.days} days before {self.cycle_ends_on:%F}"


class ActivitySubjectQuerySet(models.QuerySet["ActivitySubject"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity).order_by("subject")


class ActivitySubject(TenantModel):
    """That so many hours of an activity are about a subject that boards ask for."""

    activity = Key(Activity)
    subject = models.SlugField(max_length=60)
    hours = models.DecimalField(max_digits=5, decimal_places=2)

    objects: ClassVar[ActivitySubjectQuerySet] = ActivitySubjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "subject"], name="one_line_per_subject"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_subject_has_hours"),
        ]

    def __str__(self) -> str:
        return self.subject
