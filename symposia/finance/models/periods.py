"""Months and quarters of the books: open until they are closed, opened again by two people."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.finance.models.budgets import Posting
from symposia.shared.guards import guard
from symposia.shared.proposals import BY_TWO, WAITING_ONE, Proposal, ProposalQuerySet
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class PeriodKind(models.TextChoices):
    """How long a period of the books is."""

    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")


class PeriodState(models.TextChoices):
    """Its tasks are worked off, then it is closed; two people open it again."""

    CLOSING = "closing", _("Being closed")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Opened again")


class BooksPeriodQuerySet(Locking["BooksPeriod"]):
    def visible_to(self, access: Access, permission: Permission = Permission.VIEW_MONEY) -> Self:
        """All of them for whoever sees the money of the whole organisation."""
        return self if access.everywhere(permission) else self.none()

    def around(self, day: date) -> Self:
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def touching(self, first: date, last: date) -> Self:
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class BooksPeriod(Stateful, TenantModel):
    """A month or quarter of the books; while it is closed nothing is posted on its days."""

    TRANSITIONS: ClassVar[Transitions] = {
        PeriodState.CLOSING: {PeriodState.CLOSED},
        PeriodState.CLOSED: {PeriodState.REOPENED},
        PeriodState.REOPENED: {PeriodState.CLOSED},
    }

    kind = models.CharField(max_length=7, choices=PeriodKind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=PeriodState, default=PeriodState.CLOSING)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by_name = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=200, blank=True)
    # Why it was closed although something was still open.
    closed_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[BooksPeriodQuerySet] = BooksPeriodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "starts_on"], name="one_period_begins_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="a_books_period_has_days"
            ),
            models.CheckConstraint(
                condition=Q(state="closing") | Q(closed_at__isnull=False),
                name="a_closed_period_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m}" if self.kind == PeriodKind.MONTH else self.quarter

    @property
    def quarter(self) -> str:
        return f"{self.starts_on.year} Q{(self.starts_on.month + 2) // 3}"

    @property
    def is_closed(self) -> bool:
        return self.state == PeriodState.CLOSED


class PeriodReopeningQuerySet(ProposalQuerySet["PeriodReopening"]):
    def of(self, period: BooksPeriod) -> Self:
        return self.filter(period=period).order_by("-proposed_at", "-pk")


class PeriodReopening(Proposal):
    """Somebody asks that a closed period opens again, and why; a second person agrees or not."""

    period = Key(BooksPeriod)
    reason = models.CharField(max_length=300)

    objects: ClassVar[PeriodReopeningQuerySet] = PeriodReopeningQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=BY_TWO, name="two_people_reopen_a_period"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_reopening_says_why"),
            models.UniqueConstraint(
                fields=["organisation_id", "period"],
                condition=WAITING_ONE,
                name="one_waiting_reopening_per_period",
            ),
        ]

    def __str__(self) -> str:
        return self.reason


# What a policy asks beforehand, the database asks of each row.
FUNCTION = """
CREATE OR REPLACE FUNCTION symposia_books_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM finance_booksperiod WHERE organisation_id = NEW.organisation_id
      AND state = 'closed' AND NEW.booked_on BETWEEN starts_on AND ends_on) THEN
    RAISE EXCEPTION 'the books of % are closed', NEW.booked_on USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""


@guard
def books_open(model: type[TenantModel]) -> Iterator[str]:
    """Nothing is posted on a day of a closed period."""
    if model is not Posting:
        return
    table = model._meta.db_table
    yield FUNCTION
    yield f'DROP TRIGGER IF EXISTS books_open ON "{table}"'
    yield (
        f'CREATE TRIGGER books_open BEFORE INSERT ON "{table}" FOR EACH ROW '
        f"EXECUTE FUNCTION symposia_books_open()"
    )
