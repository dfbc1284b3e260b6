from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models.activities import Activity
from symposia.activities.models.sessions import Session, Venue
from symposia.activities.models.team import Contributor
from symposia.shared.money import Money
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel
from symposia.shared.wall import WallTimeField


class ArrangementKind(models.TextChoices):
    """What is arranged around an activity."""

    CATERING = "catering", _("Catering")
    TRAVEL = "travel", _("Travel")
    STAY = "stay", _("Stay")
    VENUE = "venue", _("Venue hire")
    EQUIPMENT = "equipment", _("Equipment hire")


class ArrangementState(models.TextChoices):
    """Something is planned, asked for, confirmed, delivered, or called off."""

    PLANNED = "planned", _("Planned")
    REQUESTED = "requested", _("Requested")
    CONFIRMED = "confirmed", _("Confirmed")
    DELIVERED = "delivered", _("Delivered")
    CANCELLED = "cancelled", _("Cancelled")


A = ArrangementState
# Somebody outside has been asked and counts on us.
BINDING = frozenset({A.REQUESTED, A.CONFIRMED})


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ACTIVITIES
    ) -> Self:
        """Those of the activities that a person may see."""
        return self.filter(activity__in=Activity.objects.visible_to(access, permission))

    def of(self, activity: Activity) -> Self:
        rows = self.filter(activity=activity)
        return rows.select_related("session", "venue", "contributor").order_by(
            "kind", "wall_starts", "pk"
        )

    def standing(self) -> Self:
        return self.exclude(state=A.CANCELLED)

    def search(self, text: str) -> Self:
        return self.filter(
            Q(title__icontains=text)
            | Q(supplier__icontains=text)
            | Q(person__icontains=text)
            | Q(activity__number__iexact=text.strip())
        )


class Arrangement(Stateful, TenantModel):
    """A meal, a journey, a night or a hire that is arranged for an activity, with what it costs."""

    TRANSITIONS: ClassVar[Transitions] = {
        A.PLANNED: {A.REQUESTED, A.CONFIRMED, A.CANCELLED},
        A.REQUESTED: {A.CONFIRMED, A.PLANNED, A.CANCELLED},
        A.CONFIRMED: {A.DELIVERED, A.CANCELLED},
        A.DELIVERED: set(),
        A.CANCELLED: set(),
    }

    activity = Key(Activity)
    kind = models.CharField(max_length=10, choices=ArrangementKind)
    title = models.CharField(max_length=200)
    supplier = models.CharField(max_length=200, blank=True)
    # What the supplier calls it: the number of an order or a booking.
    reference = models.CharField(max_length=120, blank=True)
    session = Key(Session, null=True, blank=True)
    venue = Key(Venue, null=True, blank=True)
    # Whom it is for; of somebody who is not a contributor the name is all that is known.
    contributor = Key(Contributor, null=True, blank=True)
    person = models.CharField(max_length=200, blank=True)
    wall_starts = WallTimeField(null=True, blank=True)
    wall_ends = WallTimeField(null=True, blank=True)
    heads = models.PositiveIntegerField(default=1)
    cost_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    notes = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=A, default=A.PLANNED)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ArrangementQuerySet] = ArrangementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(heads__gt=0), name="arrangement_is_for_somebody"),
            models.CheckConstraint(
                condition=Q(cost_minor__isnull=True) | Q(cost_minor__gte=0),
                name="arrangement_costs_no_less_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(wall_ends__isnull=True) | Q(wall_ends__gte=F("wall_starts")),
                name="arrangement_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="arrangements_of_activity")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def cost(self) -> Money | None:
        if self.cost_minor is None:
            return None
        return Money.from_minor(self.cost_minor, self.currency)

    @property
    def per_head(self) -> Money | None:
        return self.cost.shared_by(self.heads) if self.cost else None

    @property
    def nights(self) -> int:
        """Nights of a stay; nothing while its days are not known."""
        if self.kind != ArrangementKind.STAY or not (self.wall_starts and self.wall_ends):
            return 0
        return int((self.wall_ends.date() - self.wall_starts.date()).days)

    @property
    def per_night(self) -> Money | None:
        each = self.per_head
        return each.shared_by(self.nights) if each and self.nights else None

    @property
    def counts(self) -> bool:
        """Whether its cost is part of what the activity will cost."""
        return self.state != A.CANCELLED and bool(self.cost_minor)
