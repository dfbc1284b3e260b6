import uuid
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician, Profession
from symposia.registrations.models import Registration
from symposia.shared.tenancy import Key, ReferenceModel, TenantModel


class Rounding(models.TextChoices):
    """How minutes between two steps of a credit system count."""

    NEAREST = "nearest", _("to the nearest step")
    DOWN = "down", _("down to a whole step")


class Confidence(models.TextChoices):
    SOURCED = "sourced", _("From the body's own publication")
    TO_VERIFY = "to_verify", _("To verify before use")


class CreditSystemQuerySet(models.QuerySet["CreditSystem"]):
    def in_force(self, on: date) -> Self:
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on
        ).order_by("name")


class CreditSystem(ReferenceModel):
    """What a body awards, to whom, in which steps and words: dated regulation, shipped as data."""

    # Code and the day from which it is valid: `ama_pra_1:2022-01-01`.
    key = models.CharField(max_length=60, primary_key=True)
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    body = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    minutes_per_credit = models.PositiveSmallIntegerField()
    step = models.DecimalField(max_digits=5, decimal_places=2)
    rounding = models.CharField(max_length=8, choices=Rounding)
    professions = ArrayField(models.CharField(max_length=20))
    # The body's wording with its variables in braces: designation, award, participation.
    statements = models.JSONField(default=dict)
    citation = models.TextField()
    confidence = models.CharField(max_length=10, choices=Confidence)

    objects: ClassVar[CreditSystemQuerySet] = CreditSystemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__gt=0), name="credit_system_has_a_step"),
        ]

    def __str__(self) -> str:
        return self.name

    def awards(self, profession: str) -> bool:
        """Whether the body awards its credit to this profession."""
        return profession in self.professions

    @property
    def is_to_verify(self) -> bool:
        return self.confidence == Confidence.TO_VERIFY

    @property
    def profession_names(self) -> list[str]:
        return [str(Profession(each).label) for each in self.professions]


class CreditOfferQuerySet(models.QuerySet["CreditOffer"]):
    def of(self, activity: Activity) -> Self:
        return self.select_related("system").filter(activity=activity).order_by("system__name")


class CreditOffer(TenantModel):
    """The most credit of one system that an activity may award; designated before it is held."""

    activity = Key(Activity)
    system = models.ForeignKey(CreditSystem, on_delete=models.PROTECT, related_name="+")
    learning_format = models.CharField(max_length=80)
    creditable_minutes = models.PositiveIntegerField()
    maximum = models.DecimalField(max_digits=7, decimal_places=2)
    offered_at = models.DateTimeField(default=timezone.now)
    # From here on the offer stands as it was certified.
    designated_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[CreditOfferQuerySet] = CreditOfferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "system"], name="one_offer_per_credit_system"
            ),
            models.CheckConstraint(condition=Q(maximum__gte=0), name="offer_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.maximum} {self.system_id}"

    @property
    def is_designated(self) -> bool:
        return self.designated_at is not None


class Reason(models.TextChoices):
    """Why an entry stands in the ledger of credit."""

    AWARD = "award", _("Claimed by the learner")
    CORRECTION = "correction", _("Corrected")
    REVOCATION = "revocation", _("Revoked")


class Basis(models.TextChoices):
    ATTENDED = "attended", _("Attended")


class CreditEntryQuerySet(models.QuerySet["CreditEntry"]):
    def visible_to(self, access: Access) -> Self:
        """Entries at activities and of clinicians within reach; no one else's learning."""
        return _within_reach(self, access)

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def of_registration(self, registration: Registration) -> Self:
        return self.filter(registration=registration).order_by("entered_at", "pk")

    def of_clinician(self, clinician: Clinician) -> Self:
        return self.filter(clinician=clinician)

    def total(self) -> Decimal:
        return self.aggregate(total=models.Sum("amount"))["total"] or Decimal(0)


class CreditEntry(TenantModel):
    """An amount of one credit system for one clinician, with the rule and the evidence behind it.

    The credit somebody holds is the sum of the entries; nothing is ever overwritten.
    """

    APPEND_ONLY = True

    clinician = Key(Clinician)
    activity = Key(Activity)
    registration = Key(Registration)
    offer = Key(CreditOffer)
    system = models.ForeignKey(CreditSystem, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=7, decimal_places=2)
    reason = models.CharField(max_length=10, choices=Reason)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.ATTENDED)
    evidence_minutes = models.PositiveIntegerField()
    # The rule as it was applied: system, step, rounding, the most that could be claimed.
    rule = models.JSONField()
    attested = models.BooleanField(default=False)
    explanation = models.TextField(blank=True)
    entered_at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    objects: ClassVar[CreditEntryQuerySet] = CreditEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "clinician", "activity", "system"],
                condition=Q(reason="award"),
                name="one_award_per_clinician_and_activity",
            ),
            models.CheckConstraint(
                condition=~Q(reason="award") | Q(amount__gt=0, attested=True),
                name="an_award_is_attested",
            ),
            models.CheckConstraint(
                condition=Q(reason="award") | ~Q(explanation=""),
                name="a_correction_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "registration"], name="credit_of_registration"),
            models.Index(
                fields=["organisation_id", "activity", "-entered_at"], name="credit_of_activity"
            ),
            models.Index(
                fields=["organisation_id", "clinician", "-entered_at"], name="credit_of_clinician"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.system_id}"


class CertificateKind(models.TextChoices):
    CREDIT = "credit", _("Certificate of credit")
    PARTICIPATION = "participation", _("Certificate of participation")
    ATTENDANCE = "attendance", _("Certificate of attendance")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, access: Access) -> Self:
        return _within_reach(self, access)

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def of_registration(self, registration: Registration) -> Self:
        return self.filter(registration=registration).order_by("-version")

    def latest(self) -> Self:
        """The last version of each number."""
        later = Certificate.objects.filter(replaces=OuterRef("pk"))
        return self.filter(~Exists(later))

    def without_file(self) -> Self:
        return self.filter(~Exists(CertificateFile.objects.filter(certificate=OuterRef("pk"))))

    def by_code(self, code: str) -> "Certificate | None":
        return self.filter(code=code).first()


class Certificate(TenantModel):
    """A line of the register of certificates: a number, a version and exactly what is printed."""

    APPEND_ONLY = True

    number = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=14, choices=CertificateKind)
    clinician = Key(Clinician)
    activity = Key(Activity)
    registration = Key(Registration)
    entry = Key(CreditEntry, null=True)
    replaces = Key("self", null=True)
    reason = models.CharField(max_length=300, blank=True)
    # What the paper says, word for word; a later change elsewhere does not reach it.
    printed = models.JSONField()
    # 128 bits of chance after the organisation's own letters; whoever has it may check the paper.
    code = models.CharField(max_length=40)
    issued_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[CertificateQuerySet] = CertificateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number", "version"], name="one_certificate_per_version"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "code"], name="one_certificate_per_code"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "replaces"], name="a_certificate_is_replaced_once"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "registration", "version"],
                name="one_certificate_per_registration",
            ),
            models.CheckConstraint(
                condition=Q(version=1, replaces__isnull=True)
                | Q(version__gt=1, replaces__isnull=False),
                name="a_later_version_names_the_earlier",
            ),
            models.CheckConstraint(
                condition=Q(kind="credit", entry__isnull=False)
                | (~Q(kind="credit") & Q(entry__isnull=True)),
                name="only_a_certificate_of_credit_has_credit",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "-issued_at"],
                name="certificates_of_activity",
            )
        ]

    def __str__(self) -> str:
        return self.number if self.version == 1 else f"{self.number} v{self.version}"


class CertificateFile(TenantModel):
    """The PDF of a certificate as it was made: where it lies and the hash of its bytes."""

    APPEND_ONLY = True

    certificate = Key(Certificate, related_name="files")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "certificate"], name="one_file_per_certificate"
            )
        ]

    def __str__(self) -> str:
        return self.sha256


class Revocation(TenantModel):
    """That a certificate is no longer valid; the public check says so, never why."""

    APPEND_ONLY = True

    certificate = Key(Certificate, related_name="revocations")
    reason = models.CharField(max_length=300)
    revoked_at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "certificate"], name="one_revocation_per_certificate"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_revocation_says_why"),
        ]

    def __str__(self) -> str:
        return f"revoked {self.revoked_at:%F}"


def _within_reach(rows: models.QuerySet, access: Access) -> "models.QuerySet":  # type: ignore[type-arg]
    if access.everywhere(Permission.VIEW_CREDITS):
        return rows
    if not access.holds(Permission.VIEW_CREDITS):
        return rows.none()
    reachable: set[uuid.UUID] = set(access.scopes(Permission.VIEW_CREDITS, "activity"))
    clinicians = Clinician.objects.visible_to(access).values("pk")
    return rows.filter(Q(activity__in=reachable) | Q(clinician__in=clinicians))
