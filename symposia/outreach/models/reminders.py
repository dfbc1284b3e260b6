from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician, Segment
from symposia.notifications.models import Delivery
from symposia.shared.rows import Locking
from symposia.shared.tenancy import Key, TenantModel

_PEOPLE = Permission.VIEW_PEOPLE_OF_ACTIVITY
# Later than this nobody remembers what it was about.
MOST_HOURS = 24 * 365
_DAY = 24


class Trigger(models.TextChoices):
    """What is still open when somebody is reminded; whoever has done it hears nothing."""

    INVITATION = "invitation", _("Invitation without an answer")
    PLACE = "place", _("Place confirmed")
    OFFER = "offer", _("Offered place not taken yet")
    START = "start", _("Activity about to begin")
    EVALUATION = "evaluation", _("Evaluation not answered")
    SESSION = "session", _("Sessions not evaluated")
    DISCLOSURE = "disclosure", _("Disclosure owed")
    COMMITMENT = "commitment", _("Commitment to change, not done yet")


# Counted back from the start, or from the end of an offer; the others from when it began.
BACKWARDS = frozenset({Trigger.OFFER, Trigger.START, Trigger.DISCLOSURE})


class ReminderQuerySet(Locking["Reminder"]):
    def visible_to(self, access: Access, permission: Permission = _PEOPLE) -> Self:
        """Those of the organisation, and those of activities whose people one may see."""
        if not access.holds(permission):
            return self.none()
        seen = Activity.objects.visible_to(access, permission)
        return self.filter(Q(activity=None) | Q(activity__in=seen))

    def for_list(self) -> Self:
        return self.select_related("activity", "segment")

    def concerning(self, activity: Activity) -> Self:
        """Those of everybody's activities, and its own."""
        return self.filter(Q(activity=None) | Q(activity=activity))

    def switched_on(self) -> Self:
        return self.filter(on_since__isnull=False)

    def in_order(self) -> Self:
        return self.order_by("trigger", "hours", "pk")


class Reminder(TenantModel):
    """Who is written to again, so many hours from what, while it is not done."""

    trigger = models.CharField(max_length=12, choices=Trigger)
    hours = models.PositiveSmallIntegerField()
    # Of one activity; without it of every activity of the organisation.
    activity = Key(Activity, null=True)
    # Only whoever belongs to it; without it everybody whom the trigger concerns.
    segment = Key(Segment, null=True)
    # Reaches nobody whose hour had passed when it was switched on. Empty: it is off.
    on_since = models.DateTimeField(null=True)
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ReminderQuerySet] = ReminderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "trigger", "hours", "activity", "segment"],
                name="one_reminder_per_moment",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=MOST_HOURS), name="a_reminder_has_its_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_trigger_display()}, {self.moment_in_words}"

    @property
    def is_on(self) -> bool:
        return self.on_since is not None

    @property
    def is_backwards(self) -> bool:
        return self.trigger in BACKWARDS

    @property
    def offset(self) -> timedelta:
        """How far from the moment it leaves."""
        return timedelta(hours=-self.hours if self.is_backwards else self.hours)

    @property
    def moment_in_words(self) -> str:
        """`3 days before`, `36 hours after`."""
        in_days, n = self.hours % _DAY == 0, self.hours
        if in_days:
            n //= _DAY
            before = ngettext("%(n)d day before", "%(n)d days before", n)
            after = ngettext("%(n)d day after", "%(n)d days after", n)
        else:
            before = ngettext("%(n)d hour before", "%(n)d hours before", n)
            after = ngettext("%(n)d hour after", "%(n)d hours after", n)
        return (before if self.is_backwards else after) % {"n": n}


class ReminderPauseQuerySet(models.QuerySet["ReminderPause"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)


class ReminderPause(TenantModel):
    """An activity to whose people one of the organisation's reminders does not go."""

    reminder = Key(Reminder, related_name="pauses")
    activity = Key(Activity)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ReminderPauseQuerySet] = ReminderPauseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "reminder", "activity"],
                name="paused_once_per_activity",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reminder} · {self.activity.number}"


class RemindedQuerySet(models.QuerySet["Reminded"]):
    def visible_to(self, access: Access, permission: Permission = _PEOPLE) -> Self:
        """Of activities whose people one may see, and of clinicians one may see."""
        reached = Clinician.objects.within(access, permission)
        whom = Q(clinician__in=reached)
        if access.everywhere(permission):
            whom |= Q(clinician=None)
        return self.filter(whom, activity__in=Activity.objects.visible_to(access, permission))


class Reminded(TenantModel):
    """That a reminder reached somebody, or why it did not: once for each moment."""

    BEHIND = "learners"
    APPEND_ONLY = True

    reminder = Key(Reminder)
    activity = Key(Activity)
    # The invitation, place or request that was open, and the moment that was counted from.
    subject_id = models.UUIDField()
    moment = models.DateTimeField()
    name = models.CharField(max_length=200)
    clinician = Key(Clinician, null=True)
    delivery = Key(Delivery, null=True)
    # In the words somebody read when it was decided.
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[RemindedQuerySet] = RemindedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "reminder", "subject_id", "moment"],
                name="reminded_once_per_moment",
            ),
            models.CheckConstraint(
                condition=Q(delivery__isnull=True, why__gt="") | Q(delivery__isnull=False, why=""),
                name="written_to_or_why_not",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity", "-at"], name="reminded_of_activity")
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.activity_id}"
