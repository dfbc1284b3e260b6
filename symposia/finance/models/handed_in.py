import uuid
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.finance.models.budgets import Posting
from symposia.shared.money import Money
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel

Row = TypeVar("Row", bound=models.Model)


class HandedInState(models.TextChoices):
    """What was handed in waits until finance accepts it or sends it back; whoever handed it in may
    take it back before that."""

    HANDED_IN = "handed_in", _("Waits for finance")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Sent back")
    WITHDRAWN = "withdrawn", _("Taken back")


H = HandedInState
# While something is one of these, the same is not handed in again.
STANDING = (H.HANDED_IN, H.ACCEPTED)


class HandedInQuerySet(models.QuerySet[Row]):
    def visible_to(self, access: Access) -> Self:
        """All of the activities whose money a person sees; of others those they handed in."""
        funded = Activity.objects.visible_to(access, Permission.VIEW_MONEY)
        near = Activity.objects.visible_to(access, Permission.VIEW_BILLS)
        own = Q(activity__in=near, handed_in_by_id=access.user_id)
        return self.filter(Q(activity__in=funded) | own)

    def postable_by(self, access: Access) -> Self:
        """Those of the activities whose money a person posts."""
        posted = Activity.objects.visible_to(access, Permission.POST_MONEY)
        return self.filter(activity__in=posted)

    def to_decide(self, access: Access) -> Self:
        """Those that wait for this person: of others, in activities whose money they post."""
        rows = self.postable_by(access).waiting()
        return rows.exclude(handed_in_by_id=access.user_id).order_by("handed_in_at", "pk")

    def of(self, activity: Activity | uuid.UUID) -> Self:
        return self.filter(activity=activity).order_by("-handed_in_at", "-pk")

    def waiting(self) -> Self:
        return self.filter(state=H.HANDED_IN)

    def standing(self) -> Self:
        return self.filter(state__in=STANDING)


class HandedIn(Stateful, TenantModel):
    """What an activity cost, handed to finance with the paper it stands on."""

    TRANSITIONS: ClassVar[Transitions] = {
        H.HANDED_IN: {H.ACCEPTED, H.RETURNED, H.WITHDRAWN},
        H.ACCEPTED: set(),
        H.RETURNED: set(),
        H.WITHDRAWN: set(),
    }

    number = models.CharField(max_length=20)
    activity = Key(Activity)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    file = Key("work.StoredFile")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=H, default=H.HANDED_IN)
    handed_in_at = models.DateTimeField(default=timezone.now)
    handed_in_by_id = models.UUIDField(null=True, blank=True)
    handed_in_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    # Why it was sent or taken back, or accepted although it is more than was estimated.
    decided_because = models.CharField(max_length=500, blank=True)
    # What was posted for it, of which line.
    posting = Key(Posting, null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_%(class)s_per_number"
            ),
            models.CheckConstraint(
                condition=Q(state="handed_in", decided_at__isnull=True)
                | (~Q(state="handed_in") & Q(decided_at__isnull=False)),
                name="a_decided_%(class)s_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(decided_because=""),
                name="a_returned_%(class)s_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="%(class)ss_of_activity"),
            models.Index(fields=["organisation_id", "state"], name="%(class)ss_by_state"),
        ]

    @property
    def amount(self) -> Money:
        return Money.from_minor(self.amount_minor, self.currency)


# What is above nothing and in a currency; and posted if, and only if, it is accepted.
ASKS_FOR_AMOUNT = Q(amount_minor__gt=0, currency__regex="^[A-Z]{3}$")
POSTED_ONCE_ACCEPTED = Q(state="accepted", posting__isnull=False) | (
    ~Q(state="accepted") & Q(posting__isnull=True)
)
