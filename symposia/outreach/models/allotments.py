from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class AllotmentState(models.TextChoices):
    """Whether invitations of an allotment can still be sent."""

    OPEN = "open", _("Open")
    GIVEN_BACK = "given_back", _("Given back")


class AllotmentQuerySet(Locking["Allotment"]):
    def visible_to(self, access: Access) -> Self:
        """Of activities that one plans, and the own ones."""
        reached = Activity.objects.visible_to(access, Permission.INVITE)
        own = self.filter(representative_id=access.user_id, activity__in=reached)
        return self.planned_by(access) | own

    def planned_by(self, access: Access) -> Self:
        """Of activities that one plans: what is allotted to oneself alone one only sees."""
        planned = Activity.objects.visible_to(access, Permission.PLAN_ACTIVITIES)
        return self.filter(activity__in=planned)

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def open(self) -> Self:
        return self.filter(state=AllotmentState.OPEN)

    def for_list(self) -> Self:
        return self.select_related("activity", "representative")


class Allotment(Stateful, TenantModel):
    """How many invitations of an activity a representative may send, until which day."""

    TRANSITIONS: ClassVar[Transitions] = {
        AllotmentState.OPEN: {AllotmentState.GIVEN_BACK},
        AllotmentState.GIVEN_BACK: set(),
    }

    activity = Key(Activity)
    representative = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    until_on = models.DateField()
    state = models.CharField(max_length=10, choices=AllotmentState, default=AllotmentState.OPEN)
    # What was not used when it ended.
    given_back = models.PositiveIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[AllotmentQuerySet] = AllotmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "representative"],
                name="one_open_allotment_per_representative",
                condition=Q(state="open"),
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="an_allotment_is_of_some"),
        ]

    def __str__(self) -> str:
        return f"{self.representative} · {self.activity.number}"


class ApprovedClinician(TenantModel):
    """A clinician on the list that is approved for a representative; without a list, all."""

    allotment = Key(Allotment, related_name="approved")
    clinician = Key(Clinician)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "allotment", "clinician"],
                name="approved_once_per_allotment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.clinician}"
