from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.credits.models.ledger import CreditEntry, within_reach
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.tenancy import Key, TenantModel


class CertificateKind(models.TextChoices):
    """What a certificate says of its holder."""

    CREDIT = "credit", _("Certificate of credit")
    PARTICIPATION = "participation", _("Certificate of participation")
    ATTENDANCE = "attendance", _("Certificate of attendance")


class Standing(models.TextChoices):
    """What became of a version of a certificate; the first that holds is said."""

    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")
    EXPIRED = "expired", _("Expired")
    WAITING = "waiting", _("Being made")
    VALID = "valid", _("Valid")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_CREDITS) -> Self:
        return self.filter(within_reach(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def of_registration(self, registration: Registration) -> Self:
        return self.filter(registration=registration).order_by("-version")

    def current_versions(self) -> Self:
        """The last version of each number."""
        later = Certificate.objects.filter(replaces=OuterRef("pk"))
        return self.filter(~Exists(later))

    def with_facts(self) -> Self:
        """With what a list shows beside each: its people, its file, and what became of it."""
        revoked = Revocation.objects.filter(certificate=OuterRef("pk"))
        later = Certificate.objects.filter(replaces=OuterRef("pk"))
        made = CertificateFile.objects.filter(certificate=OuterRef("pk"))
        return self.select_related("clinician", "activity", "entry__system").annotate(
            is_revoked=Exists(revoked),
            is_replaced=Exists(later),
            is_made=Exists(made),
            standing=Case(
                When(is_revoked=True, then=Value(Standing.REVOKED)),
                When(is_replaced=True, then=Value(Standing.REPLACED)),
                When(valid_until__lt=local_day(), then=Value(Standing.EXPIRED)),
                When(is_made=False, then=Value(Standing.WAITING)),
                default=Value(Standing.VALID),
                output_field=models.CharField(choices=Standing.choices),
            ),
        )

    def holding(self) -> Self:
        """The first version of each number that was not revoked in any: a name spelled right is no
        later achievement."""
        revoked = Revocation.objects.values("certificate__registration")
        return self.filter(version=1).exclude(registration__in=revoked)

    def void(self) -> Self:
        """Versions that hold no longer: revoked, or replaced by a later one."""
        later = Certificate.objects.filter(replaces=OuterRef("pk"))
        revoked = Revocation.objects.filter(certificate=OuterRef("pk"))
        return self.filter(Q(Exists(later)) | Q(Exists(revoked)))

    def search(self, text: str) -> Self:
        """Those whose number this is, or whose holder's name or number."""
        holders = Clinician.objects.of_people(Clinician.objects.search(text)).values("pk")
        return self.filter(Q(number__iexact=text.strip()) | Q(clinician__in=holders))

    def without_file(self) -> Self:
        return self.filter(~Exists(CertificateFile.objects.filter(certificate=OuterRef("pk"))))

    def by_code(self, code: str) -> "Certificate | None":
        return self.filter(code=code).first()


class Certificate(TenantModel):
    """A line of the register of certificates: a number, a version and exactly what is printed."""

    APPEND_ONLY = True
    BEHIND = "learners"
    # Of one that was read with its facts.
    standing: str

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
    # The last day it is good for, on the calendar of the organisation; nothing: without end.
    valid_until = models.DateField(null=True)

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

    def get_standing_display(self) -> str:
        """What became of it, in words; of one that was read with its facts."""
        return str(Standing(self.standing).label)

    def is_expired(self, today: date) -> bool:
        return self.valid_until is not None and self.valid_until < today


class CertificateTerm(TenantModel):
    """For how many months the certificates of an activity are good; nothing, and most have no such
    row: without end."""

    activity = Key(Activity)
    months = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity"], name="one_term_per_activity"
            ),
            models.CheckConstraint(
                condition=Q(months=None) | Q(months__gte=1, months__lte=120),
                name="a_term_is_of_ten_years_at_most",
            ),
        ]

    def __str__(self) -> str:
        return str(self.months)


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
