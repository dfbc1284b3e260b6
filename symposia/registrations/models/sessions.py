import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Session
from symposia.activities.wall import of_activities
from symposia.registrations.models.registrations import Registration
from symposia.registrations.models.registrations import State as PlaceState
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class SessionPlacesQuerySet(Locking["SessionPlaces"]):
    def of(self, activity: Activity) -> Self:
        """Those of an activity, in the order of its agenda."""
        return (
            self.filter(activity=activity)
            .select_related("session")
            .order_by("session__starts_at", "session__position", "session")
        )

    def held(self, activity: Activity) -> dict[uuid.UUID, "SessionPlaces"]:
        """All of an activity by their session, held until the transaction ends in the order of
        their keys; the count of the activity, or its registration, is held before."""
        rows = self.filter(activity=activity).select_related("session").order_by("pk")
        return {each.session_id: each for each in rows.select_for_update(of=("self",))}

    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))


class SessionPlaces(TenantModel):
    """How many places a session has of its own, a workshop inside a congress, and how many of them
    are taken. A session without such a row is open to everybody at the activity."""

    KEEPS_HISTORY = False
    NOT_HASHED = ("taken", "waiting")

    activity = Key(Activity)
    # A session that is taken off the plan takes its places with it; nobody has chosen yet.
    session = Key(Session, on_delete=models.CASCADE)
    capacity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    objects: ClassVar[SessionPlacesQuerySet] = SessionPlacesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "session"], name="one_count_of_places_per_session"
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")), name="no_more_places_than_the_session_has"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "activity"], name="session_places_of_an_activity"
            )
        ]

    def __str__(self) -> str:
        return str(self.session)

    @property
    def left(self) -> int:
        return self.capacity - self.taken

    @property
    def is_full(self) -> bool:
        """Whether somebody who chooses it now waits."""
        return self.left <= self.waiting

    def count(self, **more: int) -> None:
        """Add to the counts of a row that is held; the database checks the capacity again."""
        for name, number in more.items():
            setattr(self, name, getattr(self, name) + number)
        self.save(update_fields=list(more))


class ChoiceState(models.TextChoices):
    """What became of a wish for a place in a session."""

    CONFIRMED = "confirmed", _("Place confirmed")
    QUEUED = "queued", _("On the waitlist")
    ENDED = "ended", _("Given up")


class SessionChoiceQuerySet(models.QuerySet["SessionChoice"]):
    def of(self, registration: Registration) -> Self:
        return self.filter(registration=registration)

    def current(self) -> Self:
        return self.exclude(state=ChoiceState.ENDED)

    def on_the_agenda(self) -> Self:
        """With their sessions, as they follow each other."""
        return self.select_related("session").order_by("session__starts_at", "session__position")

    def line(self, session_id: uuid.UUID) -> Self:
        """Those who wait for a place of a session and have one at the activity, the longest
        first."""
        waiting = self.filter(session=session_id, state=ChoiceState.QUEUED)
        return waiting.filter(registration__state=PlaceState.CONFIRMED).order_by("asked_at", "pk")

    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
    ) -> Self:
        """Those of registrations within reach."""
        found = Registration.objects.visible_to(access, permission)
        return self.filter(registration__in=found.values("pk"))


class SessionChoice(Stateful, TenantModel):
    """Somebody's place in a session that has places of its own, or the wish for one."""

    BEHIND = "learners"

    TRANSITIONS: ClassVar[Transitions] = {
        ChoiceState.QUEUED: {ChoiceState.CONFIRMED, ChoiceState.ENDED},
        ChoiceState.CONFIRMED: {ChoiceState.ENDED},
        ChoiceState.ENDED: set(),
    }

    activity = Key(Activity)
    registration = Key(Registration)
    session = Key(Session)
    state = models.CharField(max_length=10, choices=ChoiceState)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SessionChoiceQuerySet] = SessionChoiceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration", "session"],
                condition=~Q(state="ended"),
                name="one_current_choice_per_session",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="a_place_in_a_session_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False),
                name="a_choice_given_up_says_since_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "session", "asked_at", "id"],
                condition=Q(state="queued"),
                name="the_waitlist_of_a_session",
            ),
            models.Index(
                fields=["organisation_id", "activity"], name="session_choices_of_an_activity"
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)

    @property
    def is_confirmed(self) -> bool:
        return self.state == ChoiceState.CONFIRMED

    @property
    def is_queued(self) -> bool:
        return self.state == ChoiceState.QUEUED
