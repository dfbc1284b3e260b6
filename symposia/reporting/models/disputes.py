from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician, Institution
from symposia.reporting.models.kinds import OF_MONEY, Kind
from symposia.reporting.models.transfers import TransferOfValue, of_money_everywhere
from symposia.shared.rows import Locking, SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class DisputeState(models.TextChoices):
    """What became of a recipient's objection."""

    OPEN = "open", _("To be answered")
    CORRECTED = "corrected", _("Corrected")
    UPHELD = "upheld", _("Reported as it was")
    WITHDRAWN = "withdrawn", _("Taken back")


D = DisputeState


class DisputeQuerySet(Locking["TransferDispute"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        return self.filter(of_money_everywhere(access, permission))

    def open(self) -> Self:
        return self.filter(state=D.OPEN)


class TransferDispute(Stateful, TenantModel):
    """A recipient says that a transfer is not as it stands; answered by a day."""

    BEHIND = "learners"
    TRANSITIONS: ClassVar[Transitions] = {
        D.OPEN: {D.CORRECTED, D.UPHELD, D.WITHDRAWN},
        D.CORRECTED: set(),
        D.UPHELD: set(),
        D.WITHDRAWN: set(),
    }

    transfer = Key(TransferOfValue)
    activity = Key(Activity)
    clinician = Key(Clinician)
    words = models.CharField(max_length=1000)
    # The edition that was disputed: whether it was corrected is seen by a later one.
    edition = models.PositiveIntegerField()
    opened_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    state = models.CharField(max_length=9, choices=D, default=D.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)

    objects: ClassVar[DisputeQuerySet] = DisputeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "transfer"],
                condition=Q(state="open"),
                name="one_open_dispute_per_transfer",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | ~Q(state="open") & Q(answered_at__isnull=False),
                name="an_answered_dispute_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["corrected", "upheld"]) | ~Q(answer=""),
                name="an_answered_dispute_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "state", "due_on"], name="disputes_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id}: {self.words[:80]}"


class RecipientFactsQuerySet(SeenWith["RecipientFacts"]):
    PERMISSION = Permission.VIEW_MONEY


class RecipientFacts(TenantModel):
    """What the files of transfers ask of a recipient and nobody else does."""

    clinician = Key(Clinician, null=True, blank=True)
    institution = Key(Institution, null=True, blank=True)
    street = models.CharField(max_length=55, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    # A teaching hospital of the list of CMS, by its number there.
    hospital_number = models.CharField(max_length=10, blank=True)
    # What a body calls the kind of physician.
    body_type = models.CharField(max_length=60, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by_name = models.CharField(max_length=200)

    objects: ClassVar[RecipientFactsQuerySet] = RecipientFactsQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "clinician"],
                condition=Q(clinician__isnull=False),
                name="recipient_facts_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "institution"],
                condition=Q(institution__isnull=False),
                name="recipient_facts_once_an_institution",
            ),
            models.CheckConstraint(
                condition=Q(clinician__isnull=False, institution__isnull=True)
                | Q(clinician__isnull=True, institution__isnull=False),
                name="recipient_facts_are_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.clinician or self.institution)


class YearlyDueState(models.TextChoices):
    """How far what is owed of a year is."""

    OPEN = "open", _("To be reported")
    SENT = "sent", _("Handed in")
    WAIVED = "waived", _("Not to be reported")


Y = YearlyDueState


class YearlyDueQuerySet(SeenWith["YearlyDue"]):
    PERMISSION = Permission.VIEW_MONEY


class YearlyDue(Stateful, TenantModel):
    """What an organisation owes a scheme of one year, by which day, and how long it is kept."""

    TRANSITIONS: ClassVar[Transitions] = {
        Y.OPEN: {Y.SENT, Y.WAIVED},
        Y.SENT: {Y.OPEN},
        Y.WAIVED: {Y.OPEN},
    }

    kind = models.CharField(max_length=20, choices=[(k, k.label) for k in map(Kind, OF_MONEY)])
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    keep_until = models.DateField()
    rule = models.CharField(max_length=300)
    state = models.CharField(max_length=6, choices=Y, default=Y.OPEN)
    waived_because = models.CharField(max_length=500, blank=True)
    reckoned_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[YearlyDueQuerySet] = YearlyDueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "kind", "year"], name="one_yearly_due_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(state="waived") & ~Q(waived_because="")
                | ~Q(state="waived") & Q(waived_because=""),
                name="a_waived_year_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.year}"


class YearDeclarationQuerySet(SeenWith["YearDeclaration"]):
    PERMISSION = Permission.VIEW_MONEY


class YearDeclaration(TenantModel):
    """The executive head declares that the annual form of a year is right, by the file's hash."""

    APPEND_ONLY = True

    submission = Key("reporting.Submission")
    year = models.PositiveSmallIntegerField()
    words = models.TextField()
    # The hash of the file that was declared.
    sha256 = models.CharField(max_length=64)
    declared_at = models.DateTimeField(default=timezone.now)
    declared_by_id = models.UUIDField()
    declared_by_name = models.CharField(max_length=200)
    position = models.CharField(max_length=120)

    objects: ClassVar[YearDeclarationQuerySet] = YearDeclarationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "submission", "sha256"], name="a_file_is_declared_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.declared_by_name}, {self.year}"
