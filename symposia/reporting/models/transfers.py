import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import Subject, by_mode
from symposia.directory.models import Clinician, Institution
from symposia.finance.models import Posting
from symposia.reporting.models.kinds import Party, Telling, TransferKind
from symposia.shared.money import Money
from symposia.shared.refusals import Written
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


def of_money_everywhere(access: Access, permission: Permission = Permission.VIEW_MONEY) -> Q:
    """Rows that say who was given what: for whoever sees the money of the whole organisation, of
    each mode as far as the wall leaves them people."""

    def reach(held: Access) -> Q:
        return Q() if held.everywhere(permission) else Q(pk__in=[])

    return by_mode(access, permission, reach, subject=Subject.LEARNERS)


class CostShareQuerySet(models.QuerySet["CostShare"]):
    def standing(self) -> Self:
        """What was said last of each cost."""
        later = CostShare.objects.filter(
            posting=OuterRef("posting"), said_at__gt=OuterRef("said_at")
        )
        return self.filter(~Exists(later))


class CostShare(TenantModel):
    """Who had a cost, as somebody said it: one person, one organisation or people of the house a
    row, all rows of one moment together; what is said later stands instead."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    posting = Key(Posting)
    party = models.CharField(max_length=12, choices=Party)
    clinician = Key(Clinician, null=True, blank=True)
    institution = Key(Institution, null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    staff = models.PositiveIntegerField(default=0)
    # Out of a grant: how much the organiser paid this person, and how that came about.
    passed_on_minor = models.BigIntegerField(null=True, blank=True)
    directed = models.BooleanField(null=True, blank=True)
    learned_on = models.DateField(null=True, blank=True)
    said_at = models.DateTimeField()
    said_by_name = models.CharField(max_length=200)

    objects: ClassVar[CostShareQuerySet] = CostShareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(party="clinician", clinician__isnull=False)
                | Q(party="organisation", institution__isnull=False)
                | Q(party="outside") & ~Q(name="")
                | Q(party="staff"),
                name="a_share_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(passed_on_minor__isnull=True) | Q(passed_on_minor__gt=0),
                name="what_is_passed_on_is_something",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="cost_shares_of_activity"),
            models.Index(fields=["organisation_id", "posting"], name="cost_shares_of_posting"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_party_display())


class AttributedShareQuerySet(models.QuerySet["AttributedShare"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        return self.filter(of_money_everywhere(access, permission))

    def of(self, activity: Activity | uuid.UUID) -> Self:
        return self.filter(activity=activity).order_by("posting", "party", "name", "pk")

    def last_editions(self) -> Self:
        """The last edition of each share, nothing left of it or not."""
        later = AttributedShare.objects.filter(
            source_key=OuterRef("source_key"), edition__gt=OuterRef("edition")
        )
        return self.filter(~Exists(later))

    def standing(self) -> Self:
        """What holds now."""
        return self.last_editions().exclude(amount_minor=0)


class AttributedShare(TenantModel):
    """A part of a cost that somebody had; what is found later is a further edition."""

    APPEND_ONLY = True
    BEHIND = "learners"

    activity = Key(Activity)
    posting = Key(Posting)
    source_key = models.CharField(max_length=70)
    edition = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=14, choices=TransferKind)
    party = models.CharField(max_length=12, choices=Party)
    clinician = Key(Clinician, null=True, blank=True)
    institution = Key(Institution, null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    # How many people it is for; more than one of a group that nobody named.
    heads = models.PositiveIntegerField(default=1)
    amount_minor = models.BigIntegerField()
    whole_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    given_on = models.DateField()
    # The sentence that explains the figure, before it is translated, with its facts.
    because = models.JSONField(default=dict)
    directed = models.BooleanField(null=True, blank=True)
    learned_on = models.DateField(null=True, blank=True)
    attributed_at = models.DateTimeField(default=timezone.now)
    attributed_by_name = models.CharField(max_length=200)

    objects: ClassVar[AttributedShareQuerySet] = AttributedShareQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "source_key", "edition"], name="a_share_once_an_edition"
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0, currency__regex="^[A-Z]{3}$"),
                name="a_share_is_no_less_than_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="attributed_of_an_activity")
        ]

    def __str__(self) -> str:
        return f"{self.name or self.get_party_display()}, {self.amount}"

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)

    @property
    def why(self) -> str:
        """The sentence that explains the figure, in the reader's language."""
        return said_of(self.because)


def said_of(kept: dict[str, Any]) -> str:
    """A kept sentence in the reader's language."""
    return str(Written(**kept)) if kept else ""


class TransferState(models.TextChoices):
    """Whether there is anything left of a transfer."""

    STANDING = "standing", _("Stands")
    WITHDRAWN = "withdrawn", _("Nothing left")


class TransferQuerySet(Locking["TransferOfValue"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        return self.filter(of_money_everywhere(access, permission))

    def standing(self) -> Self:
        return self.filter(state=TransferState.STANDING)

    def of_clinician(self, clinician_id: uuid.UUID) -> Self:
        """What one person had, under whichever record."""
        people = Clinician.objects.of_person(clinician_id)
        return self.filter(clinician__in=people.values("pk"))

    def search(self, text: str) -> Self:
        exact = text.strip()
        named = Q(name__icontains=text) | Q(activity__title__icontains=text)
        return self.filter(named | Q(number__iexact=exact) | Q(activity__number__iexact=exact))


class TransferOfValue(Stateful, TenantModel):
    """What a recipient was given, as a scheme sees it: how it is told, and why."""

    BEHIND = "learners"
    TRANSITIONS: ClassVar[Transitions] = {
        TransferState.STANDING: {TransferState.WITHDRAWN},
        TransferState.WITHDRAWN: {TransferState.STANDING},
    }

    number = models.CharField(max_length=20)
    source_key = models.CharField(max_length=70)
    activity = Key(Activity)
    # The share that holds now; its editions before it are kept.
    share = Key(AttributedShare)
    kind = models.CharField(max_length=14, choices=TransferKind)
    party = models.CharField(max_length=12, choices=Party)
    clinician = Key(Clinician, null=True, blank=True)
    institution = Key(Institution, null=True, blank=True)
    name = models.CharField(max_length=200)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    given_on = models.DateField()
    state = models.CharField(max_length=9, choices=TransferState, default=TransferState.STANDING)
    scheme = models.CharField(max_length=14, blank=True)
    category = models.CharField(max_length=20, blank=True)
    # The year of the scheme, by the calendar year in which it begins.
    year = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=Telling, default=Telling.UNCLEAR)
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.JSONField(default=dict)
    judged_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[TransferQuerySet] = TransferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_transfer_per_number"
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "source_key"], name="one_transfer_per_share"
            ),
            models.CheckConstraint(
                condition=Q(state="standing", amount_minor__gt=0)
                | Q(state="withdrawn", amount_minor=0),
                name="a_transfer_that_stands_is_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "scheme", "year", "outcome"], name="transfers_by_year"
            ),
            models.Index(fields=["organisation_id", "clinician"], name="transfers_of_a_clinician"),
            models.Index(fields=["organisation_id", "activity"], name="transfers_of_an_activity"),
            models.Index(fields=["organisation_id", "-given_on"], name="transfers_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)

    @property
    def is_standing(self) -> bool:
        """Whether anything is left of it."""
        return self.state == TransferState.STANDING

    @property
    def why(self) -> str:
        """Why it is told so, or not at all."""
        return said_of(self.reason)
