import uuid
from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class State(models.TextChoices):
    """What somebody who was invited answered."""

    SENT = "sent", _("No answer yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
    ) -> Self:
        """Of activities whose people one may see, and of clinicians one may see; with another
        permission, of those alone that it reaches too."""
        return self.filter(
            activity__in=Activity.objects.visible_to(access, permission),
            clinician__in=Clinician.objects.within(access, permission),
        )

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def to_any_of(self, clinicians: Iterable[Clinician]) -> Self:
        return self.filter(clinician__in=[clinician.pk for clinician in clinicians])

    def standing(self) -> Self:
        """Those whose people expect the activity, or may still come."""
        return self.filter(state__in=[State.SENT, State.ACCEPTED])

    def to_tell(self, change: "CalendarChange") -> Self:
        """Those who expect the activity and do not know of the change. Whoever accepted has a
        place, and hears of its end from there."""
        waiting = self.standing().filter(activity=change.activity, sequence__lt=change.sequence)
        waiting = waiting.exclude(address="")  # handed over by chat: nobody can write to them
        gone = change.kind == ChangeKind.CANCELLED
        return waiting.exclude(state=State.ACCEPTED) if gone else waiting

    def stood_for_by(self, user_id: uuid.UUID) -> Self:
        """Those that somebody sent and still stands for, or took over from whoever left."""
        sent = Q(invited_by_id=user_id, taken_over_by=None)
        return self.filter(sent | Q(taken_over_by=user_id))

    def for_list(self) -> Self:
        return self.select_related("activity", "clinician", "clinician__institution")

    def with_names(self) -> Self:
        return self.select_related("clinician", "activity", "taken_over_by")

    def locked(self, pk: uuid.UUID) -> "Invitation":
        """The row itself, held until the transaction ends."""
        return self.with_names().select_for_update(of=("self",)).get(pk=pk)


class Invitation(Stateful, TenantModel):
    """A clinician asked to come to an activity, and the answer."""

    BEHIND = "learners"

    TRANSITIONS: ClassVar[Transitions] = {
        State.SENT: {State.ACCEPTED, State.DECLINED, State.WITHDRAWN},
        State.ACCEPTED: {State.DECLINED, State.WITHDRAWN},
        State.DECLINED: {State.ACCEPTED, State.WITHDRAWN},
        State.WITHDRAWN: {State.SENT},
    }

    activity = Key(Activity)
    clinician = Key(Clinician)
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    address = models.EmailField()
    invited_by_id = models.UUIDField(null=True)
    invited_by_name = models.CharField(max_length=200)
    # Who stands for it once whoever sent it has left: reads what is written back, and reminds.
    taken_over_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sent_at = models.DateTimeField(default=timezone.now)
    replied_at = models.DateTimeField(null=True, blank=True)
    # Of the calendar entry last sent; it rises with each change a calendar must follow.
    sequence = models.PositiveIntegerField(default=0)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "clinician"],
                name="one_invitation_per_clinician",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "state"], name="invitations_by_state"
            ),
            models.Index(
                fields=["organisation_id", "clinician"], name="invitations_of_a_clinician"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clinician} · {self.activity.number}"


class ChangeKind(models.TextChoices):
    """What changed of an activity that stands in calendars."""

    MOVED = "moved", _("Time or place changed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class CalendarChange(TenantModel):
    """A change of an activity that people's calendars must follow."""

    APPEND_ONLY = True

    activity = Key(Activity)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=ChangeKind)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "sequence"], name="one_change_per_sequence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity.number}: {self.sequence}"
