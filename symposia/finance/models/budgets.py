import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.shared.money import Money
from symposia.shared.tenancy import Key, TenantModel


class Category(models.TextChoices):
    """What money of an activity is spent on."""

    VENUE = "venue", _("Venue")
    MEALS = "meals", _("Meals")
    FACULTY = "faculty", _("Faculty fees")
    TRAVEL = "travel", _("Travel and lodging")
    TECHNOLOGY = "technology", _("Audio, video, stream")
    MATERIALS = "materials", _("Materials")
    OTHER = "other", _("Other")


class Kind(models.TextChoices):
    """What a posting does."""

    ESTIMATE = "estimate", _("Estimate")
    COMMITMENT = "commitment", _("Commitment")
    ACTUAL = "actual", _("Actual")
    REVERSAL = "reversal", _("Reversal")


class Account(models.TextChoices):
    """Three amounts of a line, and for each the side that balances it."""

    ESTIMATE = "estimate", _("Estimate of the line")
    COMMITMENT = "commitment", _("Commitment of the line")
    ACTUAL = "actual", _("Actual of the line")
    ENVELOPE = "envelope", _("Envelope of the organisation")
    PROMISED = "promised", _("Promised to others")
    PAYABLE = "payable", _("Payable")


# The account of a line that a kind of posting debits, and the account it credits.
SIDES: dict[str, tuple[Account, Account]] = {
    Kind.ESTIMATE: (Account.ESTIMATE, Account.ENVELOPE),
    Kind.COMMITMENT: (Account.COMMITMENT, Account.PROMISED),
    Kind.ACTUAL: (Account.ACTUAL, Account.PAYABLE),
}


class BudgetLineQuerySet(QuerySet["BudgetLine"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity).order_by("position", "pk")

    def written_by_hand(self) -> Self:
        """Those that follow nothing else."""
        return self.filter(arrangement=None, agreement=None)


class BudgetLine(TenantModel):
    """One thing that an activity spends money on."""

    activity = Key(Activity)
    category = models.CharField(max_length=12, choices=Category)
    description = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    # The meal, journey, stay or hire that it follows; such a line is not written by hand.
    arrangement = Key("activities.Arrangement", null=True, blank=True)
    # The agreement whose fee it is; not written by hand either.
    agreement = Key("activities.Agreement", null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = BudgetLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "arrangement"],
                condition=Q(arrangement__isnull=False),
                name="one_budget_line_per_arrangement",
            ),
            models.UniqueConstraint(
                fields=["organisation_id", "agreement"],
                condition=Q(agreement__isnull=False),
                name="one_budget_line_per_agreement",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="budget_lines_of_activity")
        ]

    def __str__(self) -> str:
        return self.description


class PostingQuerySet(QuerySet["Posting"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(line__activity=activity).order_by("-posted_at", "-pk")

    def standing(self, kind: str) -> Self:
        """Those of a kind that no later posting took back."""
        taken_back = Posting.objects.exclude(reverses=None).values("reverses")
        return self.filter(kind=kind).exclude(pk__in=taken_back)


class Posting(TenantModel):
    """One event of money: its entries balance, and only a reversal takes it back."""

    APPEND_ONLY = True

    line = Key(BudgetLine)
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=300)
    # Who was paid and the paper that proves it: an invoice, a receipt, a contract.
    paid_to = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    reverses = Key("self", null=True, blank=True)
    posted_at = models.DateTimeField(default=timezone.now)
    # The day of the books it belongs to, on the organisation's calendar.
    booked_on = models.DateField()
    posted_by_name = models.CharField(max_length=200)

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "reverses"],
                condition=Q(reverses__isnull=False),
                name="one_reversal_per_posting",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False)
                | (~Q(kind="reversal") & Q(reverses__isnull=True)),
                name="a_reversal_names_what_it_reverses",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "line"], name="postings_of_a_line"),
            models.Index(fields=["organisation_id", "-posted_at"], name="postings_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"


class BudgetEntryQuerySet(QuerySet["BudgetEntry"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(posting__line__activity=activity)

    def summed(self) -> QuerySet["BudgetEntry", Any]:
        """Line, account and minor units."""
        rows = self.order_by().values_list("posting__line", "account")
        return rows.annotate(Sum("amount_minor"))

    def totals(self) -> dict[tuple[uuid.UUID, str], int]:
        """Minor units by line and account."""
        return {(line, account): amount for line, account, amount in self.summed()}


class BudgetEntry(TenantModel):
    """One side of a posting in minor units: debits above zero, credits below."""

    APPEND_ONLY = True

    posting = Key(Posting, related_name="entries")
    account = models.CharField(max_length=10, choices=Account)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    objects = BudgetEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_minor=0), name="budget_entry_is_never_zero"),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="budget_entry_has_its_currency"
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "posting"], name="entries_of_a_posting")]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)
