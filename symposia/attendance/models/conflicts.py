from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.activities.wall import of_activities
from symposia.attendance.models.people import UnmatchedPerson
from symposia.registrations.models import Registration
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class ConflictKind(models.TextChoices):
    """What does not fit together in the evidence of an activity."""

    UNMATCHED = "unmatched", _("Nobody knows who this is")
    TWO_TICKETS = "two_tickets", _("One person with two places")
    NO_CHECK_OUT = "no_check_out", _("No check-out")
    BOTH_PLACES = "both_places", _("In the room and online at once")
    CLOCK = "clock", _("The clock of the device was wrong")
    BEFORE_PLACE = "before_place", _("Seen before there was a place")
    NO_PLACE = "no_place", _("Seen without a place")
    CHECKS = "checks", _("Presence checks not answered")
    TOLD_LATE = "told_late", _("Told long after it happened")


class ConflictState(models.TextChoices):
    """Whether somebody still has to decide."""

    OPEN = "open", _("To be decided")
    DECIDED = "decided", _("Decided")
    GONE = "gone", _("No longer so")


class ConflictQuerySet(Locking["Conflict"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_ATTENDANCE
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))

    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def open(self) -> Self:
        return self.filter(state=ConflictState.OPEN)

    def similar_to(self, like: "Conflict") -> Self:
        """Those of the same kind for which the same is proposed for the same reason."""
        return self.filter(kind=like.kind, proposal=like.proposal, because=like.because)

    def with_people(self) -> Self:
        return self.select_related(
            "activity",
            "registration__clinician",
            "other__clinician",
            "person",
            "candidate__clinician__institution",
        )


class Conflict(Stateful, TenantModel):
    """Something in the evidence that a person decides, with what the product proposes and why."""

    BEHIND = "learners"
    # Who somebody could be is found anew while it is open.
    NOT_HASHED = ("proposal", "because", "candidate_id")
    TRANSITIONS: ClassVar[Transitions] = {
        ConflictState.OPEN: {ConflictState.DECIDED, ConflictState.GONE},
        ConflictState.DECIDED: {ConflictState.OPEN},
        ConflictState.GONE: {ConflictState.OPEN},
    }

    activity = Key(Activity)
    kind = models.CharField(max_length=12, choices=ConflictKind)
    # The observations it is about: other evidence is another conflict.
    fingerprint = models.CharField(max_length=64)
    registration = Key(Registration, null=True, blank=True)
    other = Key(Registration, null=True, blank=True)
    person = Key(UnmatchedPerson, null=True, blank=True)
    # Whose place the product thinks it is.
    candidate = Key(Registration, null=True, blank=True)
    # The instants the sentence speaks of.
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    seconds = models.IntegerField(null=True, blank=True)
    evidence = models.JSONField(default=list)
    proposal = models.CharField(max_length=12)
    because = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=ConflictState, default=ConflictState.OPEN)
    found_at = models.DateTimeField(default=timezone.now)
    choice = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    # The observations that the decision added: taken back when it is undone.
    written = models.JSONField(default=list)

    objects: ClassVar[ConflictQuerySet] = ConflictQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "kind", "fingerprint"],
                name="one_conflict_per_set_of_observations",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | (~Q(choice="") & Q(decided_at__isnull=False)),
                name="a_decided_conflict_says_how",
            ),
            models.CheckConstraint(
                condition=Q(registration__isnull=False) | Q(person__isnull=False),
                name="a_conflict_is_about_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity"],
                condition=Q(state="open"),
                name="open_conflicts_of_an_activity",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_open(self) -> bool:
        return self.state == ConflictState.OPEN


class Reconciliation(TenantModel):
    """Somebody signed that the attendance of an activity is right: who, when, what it amounted
    to. Evidence that comes later asks for another signature."""

    APPEND_ONLY = True

    activity = Key(Activity)
    signed_at = models.DateTimeField(default=timezone.now)
    signed_by_id = models.UUIDField(null=True, blank=True)
    signed_by_name = models.CharField(max_length=200)
    statement = models.CharField(max_length=300)
    people = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    decisions = models.PositiveIntegerField()
    # Over the minutes of everybody: two signatures under the same minutes show the same.
    minutes_hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation_id", "activity", "-signed_at"],
                name="signatures_of_attendance",
            )
        ]

    def __str__(self) -> str:
        return self.statement
