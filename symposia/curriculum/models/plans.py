from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.shared.money import Money
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class PlanState(models.TextChoices):
    """A plan is written, asked for, approved, and ended; returned, it is written again."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("In approval")
    RETURNED = "returned", _("Returned for change")
    APPROVED = "approved", _("Approved")
    ENDED = "ended", _("Ended")


class PlanQuerySet(SeenWith["Plan"]):
    PERMISSION = Permission.VIEW_CURRICULUM

    def search(self, text: str) -> Self:
        return self.filter(
            Q(number__iexact=text.strip())
            | Q(title__icontains=text)
            | Q(therapy_area__icontains=text)
            | Q(product__icontains=text)
        )

    def living(self) -> Self:
        """Those that are not ended, each annual plan before its parts."""
        return self.exclude(state=PlanState.ENDED).order_by("starts_on", "number", "pk")

    def annual(self) -> Self:
        """Those that may have parts."""
        return self.living().filter(parent=None)

    def parts_of(self, plan: "Plan") -> Self:
        return self.filter(parent=plan).order_by("starts_on", "number", "pk")


class Plan(Stateful, TenantModel):
    """A period's intended activities with an envelope: of a year, or of a part of one."""

    TRANSITIONS: ClassVar[Transitions] = {
        PlanState.DRAFT: {PlanState.SUBMITTED, PlanState.ENDED},
        PlanState.SUBMITTED: {PlanState.APPROVED, PlanState.RETURNED, PlanState.ENDED},
        PlanState.RETURNED: {PlanState.SUBMITTED, PlanState.ENDED},
        PlanState.APPROVED: {PlanState.RETURNED, PlanState.ENDED},
        PlanState.ENDED: set(),
    }

    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    therapy_area = models.CharField(max_length=120, blank=True)
    # Of a company's plan: what it is about. Education of a provider names none.
    product = models.CharField(max_length=120, blank=True)
    parent = Key("self", null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    envelope_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    approved_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    # Whoever ever wrote it or changed it, and therefore never signs it.
    prepared_by = ArrayField(models.UUIDField(), default=list, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PlanQuerySet] = PlanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_plan_per_number"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_plan_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(envelope_minor__gte=0), name="an_envelope_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="a_plan_has_its_currency"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_on__isnull=False),
                name="an_approved_plan_says_when",
            ),
        ]
        indexes = [models.Index(fields=["organisation_id", "parent"], name="parts_of_a_plan")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def envelope(self) -> Money:
        return Money.from_minor(self.envelope_minor, self.currency)

    @property
    def in_planning(self) -> bool:
        return self.state in {PlanState.DRAFT, PlanState.RETURNED}

    @property
    def is_approved(self) -> bool:
        return self.state == PlanState.APPROVED

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class PlanningRule(TenantModel):
    """Whether an activity needs an approved plan, and how long before; a change is a new row."""

    APPEND_ONLY = True

    needs_plan = models.BooleanField()
    # 0: any time before. 1: approved before the month of the activity begins. 2: a month earlier.
    months_ahead = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField()
    set_at = models.DateTimeField(default=timezone.now)
    set_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(months_ahead__lte=6), name="a_plan_is_due_at_most_half_a_year_ahead"
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "-set_at"], name="planning_rule_latest")]

    def __str__(self) -> str:
        return f"{self.needs_plan}, {self.months_ahead}"
