import uuid
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.models.contacts import ContactPoint
from symposia.directory.models.places import Institution, Territory
from symposia.directory.schemes import is_checked
from symposia.directory.spelling import plain_number, search_form
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel


class Profession(models.TextChoices):
    """What a clinician is licensed as; decides which credit systems apply."""

    PHYSICIAN = "physician", _("Physician")
    PHYSICIAN_ASSISTANT = "physician_assistant", _("Physician assistant")
    NURSE_PRACTITIONER = "nurse_practitioner", _("Nurse practitioner")
    NURSE = "nurse", _("Nurse")
    PHARMACIST = "pharmacist", _("Pharmacist")
    DENTIST = "dentist", _("Dentist")
    PSYCHOLOGIST = "psychologist", _("Psychologist")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    OPTOMETRIST = "optometrist", _("Optometrist")
    PODIATRIST = "podiatrist", _("Podiatrist")
    DIETITIAN = "dietitian", _("Dietitian")
    TECHNICIAN = "technician", _("Pharmacy technician")
    STUDENT = "student", _("Student or trainee")
    OTHER = "other", _("Other profession")


class Scheme(models.TextChoices):
    """Who numbers clinicians, and how the number is checked."""

    NPI = "npi", _("NPI (United States)")
    SMC = "smc", _("State medical council (India)")
    NMC = "nmc", _("National Medical Register (India)")
    LICENCE = "licence", _("Licence number")
    GMC = "gmc", _("GMC (United Kingdom)")
    RPPS = "rpps", _("RPPS (France)")
    AHPRA = "ahpra", _("AHPRA (Australia)")
    ORCID = "orcid", _("ORCID")
    OWN = "own", _("Own number")


class ClinicianQuerySet(Locking["Clinician"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_DIRECTORY
    ) -> "ClinicianQuerySet":
        """Everyone in the directory, or the clinicians of the own territories alone."""
        if access.everywhere(permission):
            return self
        mine = access.scopes(permission, "territory")
        if not mine:
            return self.none()
        reached = Territory.objects.visible_to(access, permission)
        return self.filter(territory__in=reached.values("pk"))

    def within(self, access: Access, permission: Permission) -> "ClinicianQuerySet":
        """Those one may see whom another right reaches too; one over activities adds no limit."""
        seen = self.visible_to(access)
        unlimited = access.everywhere(permission) or not access.scopes(permission, "territory")
        return seen if unlimited else seen.visible_to(access, permission)

    def active(self) -> "ClinicianQuerySet":
        return self.filter(deactivated_at=None)

    def search(self, text: str) -> "ClinicianQuerySet":
        """Those whose number this is, or else whose name has words beginning so."""
        if any(c.isdigit() for c in text):
            return self.by_number(text)
        return self.by_email(text) if "@" in text else self.search_names(text)

    def search_names(self, text: str) -> "ClinicianQuerySet":
        """Those whose name has words that begin with all of these."""
        words = search_form(text).split()
        if not words:
            return self.none()
        by_name = Q()
        for word in words:
            by_name &= Q(search_text__contains=f" {word}")
        return self.filter(by_name)

    def resembling(self, text: str) -> "ClinicianQuerySet":
        """Those whose name nearly reads so (a letter wrong, doubled, left out), nearest first."""
        wanted = search_form(text)
        near = TrigramWordSimilarity(wanted, "search_text")
        found = self.filter(TrigramWordSimilar(models.F("search_text"), wanted))
        return found.order_by(near.desc(), "pk")

    def by_number(self, text: str) -> "ClinicianQuerySet":
        return self.filter(pk__in=_with_number(text))

    def by_email(self, text: str) -> "ClinicianQuerySet":
        """Those whose address this is, or was before two records became one; the address that is
        used, or another one that somebody noted."""
        email = text.strip().lower()
        beside = ContactPoint.objects.of_kind("email").filter(value=email)
        ids = list(beside.values_list("clinician_id", flat=True)[:50])
        is_theirs = Q(email=email) | Q(pk__in=ids) if ids else Q(email=email)
        return self.now_of(Clinician.objects.filter(is_theirs))

    def of_user(self, user_id: uuid.UUID) -> "ClinicianQuerySet":
        return self.now_of(Clinician.objects.filter(user_id=user_id))

    def of_link(self, clinician_id: uuid.UUID) -> "ClinicianQuerySet":
        """Whoever a personal link was made for."""
        return self.now_of(Clinician.objects.filter(pk=clinician_id))

    def now_of(self, found: "ClinicianQuerySet") -> "ClinicianQuerySet":
        """The people found, each by the record that was kept of them."""
        return self.filter(pk__in=found.values(kept=Coalesce("merged_into_id", "pk")))

    def of_person(self, pk: uuid.UUID | models.OuterRef | None) -> "ClinicianQuerySet":
        """The record kept of somebody, and those that were found to be the same person: what is
        never rewritten still stands under these."""
        return self.filter(Q(pk=pk) | Q(merged_into=pk, merged_into__isnull=False))

    def of_people(self, kept: "ClinicianQuerySet") -> "ClinicianQuerySet":
        """The same of several people."""
        return self.filter(Q(pk__in=kept.values("pk")) | Q(merged_into__in=kept.values("pk")))

    def for_list(self) -> "ClinicianQuerySet":
        return self.select_related("institution", "territory").prefetch_related("identifiers")


def _with_number(text: str) -> "models.QuerySet[Identifier, uuid.UUID]":
    return Identifier.objects.filter(value=plain_number(text)).values_list(
        "clinician_id", flat=True
    )


# People stand by what search compares (de Vries after De Vos), whatever the database was made with.
IN_ORDER = "C"


class Clinician(TenantModel):
    """A healthcare professional of any profession in an organisation's directory."""

    NOT_HASHED = ("search_text",)

    full_name = models.CharField(max_length=200)
    display_name = models.CharField(max_length=200, blank=True)
    profession = models.CharField(max_length=20, choices=Profession, default=Profession.PHYSICIAN)
    credential = models.CharField(max_length=100, blank=True)
    specialty = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    # Without an index of its own: files bring millions of rows, and nobody asks by it alone.
    institution = Key(Institution, null=True, blank=True, db_index=False)
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=10, blank=True)
    zone = models.CharField(max_length=40, blank=True)
    territory = Key(Territory, null=True, blank=True, db_index=False)
    user = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    created_at = models.DateTimeField(default=timezone.now)
    deactivated_at = models.DateTimeField(null=True, blank=True)
    # The record that was kept when this one was found to be the same person.
    merged_into = Key("self", null=True, blank=True, db_index=False)
    # What search compares; every action and the import write it with the name.
    search_text = models.CharField(max_length=420, editable=False, db_collation=IN_ORDER)

    objects: ClassVar[ClinicianQuerySet] = ClinicianQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            GinIndex(
                fields=["search_text"], opclasses=["gin_trgm_ops"], name="clinician_name_trigrams"
            ),
            models.Index(fields=["organisation_id", "search_text"], name="clinicians_in_order"),
            models.Index(
                fields=["organisation_id", "email"],
                name="clinicians_by_email",
                condition=~Q(email=""),
            ),
            models.Index(
                fields=["organisation_id", "territory"],
                name="clinicians_of_a_territory",
                condition=Q(territory__isnull=False),
            ),
            models.Index(
                fields=["organisation_id", "merged_into"],
                name="clinicians_merged_into",
                condition=Q(merged_into__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(deactivated_at__isnull=False),
                name="who_was_merged_is_not_active",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
                name="nobody_is_merged_into_themselves",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "user"],
                name="one_clinician_per_user",
                condition=Q(user__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """How the person is addressed on screens and in mails."""
        return self.display_name or self.full_name

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None

    @property
    def is_merged(self) -> bool:
        """Whether another record was kept of the same person."""
        return self.merged_into_id is not None

    @property
    def as_kept(self) -> "Clinician":
        """The record that was kept of this person: this one, unless it was merged."""
        return self.merged_into or self

    @property
    def number(self) -> str:
        """The number people know the clinician by."""
        first = next(iter(self.identifiers.all()), None)
        return first.written or first.value if first else ""

    def remember_search_form(self) -> None:
        """Keep the searchable form in step with the names."""
        names = [self.full_name]
        if search_form(self.display_name) != search_form(self.full_name):
            names.append(self.display_name)
        self.search_text = search_form(*names)[:420]


class Identifier(TenantModel):
    """A number that some register knows a clinician by."""

    clinician = Key(Clinician, related_name="identifiers")
    scheme = models.CharField(max_length=10, choices=Scheme)
    issuer = models.CharField(max_length=80, blank=True)
    value = models.CharField(max_length=40)
    # As somebody wrote it, when that differs from the form that is compared.
    written = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "value", "scheme", "issuer"],
                name="one_clinician_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.written or self.value}"

    @property
    def is_checked(self) -> bool:
        """Whether its register says what a right number looks like."""
        return is_checked(self.scheme)
