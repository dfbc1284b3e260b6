import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Access, Permission
from symposia.activities.modes import Mode
from symposia.activities.wall import Subject, by_mode
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel
from symposia.shared.times import Interval
from symposia.shared.wall import WallTimeField


class Type(models.TextChoices):
    """The codes of the types; what each asks for is data (`types.json` and an own copy of it)."""

    COURSE = "course", _("Live course")
    CONFERENCE = "conference", _("Conference")
    WORKSHOP = "workshop", _("Workshop")
    WEBINAR = "webinar", _("Live webinar")
    HYBRID = "hybrid", _("Hybrid meeting")
    GRAND_ROUNDS = "grand_rounds", _("Grand rounds")
    HOSPITAL_MEETING = "hospital_meeting", _("Hospital meeting")
    JOURNAL_CLUB = "journal_club", _("Journal club")
    TUMOUR_BOARD = "tumour_board", _("Tumour board")
    COMMITTEE_LEARNING = "committee_learning", _("Committee learning")
    ROUND_TABLE = "round_table", _("Round table")
    ADVISORY_BOARD = "advisory_board", _("Advisory board")
    SPEAKER_PROGRAMME = "speaker_programme", _("Speaker programme")
    SYMPOSIUM = "symposium", _("Symposium")
    INTERNET_ENDURING = "internet_enduring", _("Internet enduring material")
    PRINT_ENDURING = "print_enduring", _("Print enduring material")
    JOURNAL_BASED = "journal_based", _("Journal-based CME")
    PI_CME = "pi_cme", _("Performance improvement CME")
    MANUSCRIPT_REVIEW = "manuscript_review", _("Manuscript review")
    TEST_ITEM_WRITING = "test_item_writing", _("Test-item writing")
    POINT_OF_CARE = "point_of_care", _("Internet point of care")
    FROM_TEACHING = "from_teaching", _("Learning from teaching")
    OTHER = "other", _("Other activity")


class DeliveryForm(models.TextChoices):
    """Whether people meet in a room, on the screen, or both."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class State(models.TextChoices):
    """How far an activity is, from the first draft to closed books."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_APPROVAL = "in_approval", _("In approval")
    RETURNED = "returned", _("Returned for change")
    APPROVED = "approved", _("Approved")
    OPEN = "open", _("Open for registration")
    RUNNING = "running", _("Running")
    HELD = "held", _("Held")
    RECONCILING = "reconciling", _("Closing the books")
    CLOSED = "closed", _("Closed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


S = State
# Facts of the plan may still change without a new approval.
PLANNING = frozenset({S.DRAFT, S.RETURNED})
# People are, or will be, asked to come.
UPCOMING = frozenset({S.APPROVED, S.OPEN, S.RUNNING, S.POSTPONED})
OVER = frozenset({S.HELD, S.RECONCILING, S.CLOSED})
# The signatures are given, and its day stands or has been.
APPROVED_ON = frozenset({S.APPROVED, S.OPEN, S.RUNNING}) | OVER
# It took place, or never will: nobody is asked, judged or engaged any more.
PAST = OVER | {S.CANCELLED}
# Nothing is owed, booked or offered any more.
ENDED = frozenset({S.CLOSED, S.CANCELLED})


def _within(territories: Iterable[uuid.UUID]) -> Q:
    """Those of the territories, and of what lies in them."""
    return (
        Q(territory__in=territories)
        | Q(territory__parent__in=territories)
        | Q(territory__parent__parent__in=territories)
    )


class ActivityQuerySet(Locking["Activity"]):
    def visible_to(
        self,
        access: Access,
        permission: Permission = Permission.VIEW_ACTIVITIES,
        *,
        subject: Subject | None = None,
    ) -> Self:
        """All, those of the own activities, or those of the own territories and of none; of each
        mode as far as the wall leaves it, also where the rows are about another `subject`."""

        def reach(held: Access) -> Q:
            if held.everywhere(permission):
                return Q()
            territories = held.scopes(permission, "territory")
            near = Q(pk__in=held.scopes(permission, "activity"))
            around = Q(territory__isnull=True) | _within(territories)
            return near | around if territories else near

        return self.filter(by_mode(access, permission, reach, field="mode", subject=subject))

    def answered_for_by(self, access: Access, permission: Permission) -> Self:
        """What somebody answers for: all of it for the whole organisation, else what they own, the
        own activities and those of the own territories, never those of none."""
        seen = self.visible_to(access, permission)
        if access.everywhere(permission):
            return seen
        own = Q(owner=access.user_id) | Q(pk__in=access.scopes(permission, "activity"))
        return seen.filter(own | _within(access.scopes(permission, "territory")))

    def search(self, text: str) -> Self:
        return self.filter(
            Q(number__iexact=text.strip())
            | Q(title__icontains=text)
            | Q(city__icontains=text)
            | Q(venue_name__icontains=text)
            | Q(product__icontains=text)
        )

    def not_over(self, at: datetime) -> Self:
        return self.filter(ends_at__gt=at).exclude(state__in=ENDED)

    def under(self, plan_ids: Iterable[uuid.UUID]) -> Self:
        """Those that belong to any of these plans, the first of them first."""
        return self.filter(plan__in=list(plan_ids)).order_by("starts_at", "pk")


class Activity(Stateful, TenantModel):
    """What is planned, approved, funded, attended, credited and reported as one."""

    TRANSITIONS: ClassVar[Transitions] = {
        S.DRAFT: {S.SUBMITTED, S.CANCELLED},
        S.SUBMITTED: {S.IN_APPROVAL, S.RETURNED, S.CANCELLED},
        S.IN_APPROVAL: {S.APPROVED, S.RETURNED, S.CANCELLED},
        S.RETURNED: {S.SUBMITTED, S.CANCELLED},
        S.APPROVED: {S.OPEN, S.POSTPONED, S.CANCELLED},
        S.OPEN: {S.RUNNING, S.POSTPONED, S.CANCELLED},
        S.RUNNING: {S.HELD},
        S.HELD: {S.RECONCILING},
        S.RECONCILING: {S.CLOSED},
        S.CLOSED: set(),
        S.POSTPONED: {S.APPROVED, S.CANCELLED},
        S.CANCELLED: set(),
    }

    # Each change that it tells of has a line of its own in the journal.
    NOT_HASHED = ("prepared_by",)

    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    # Of a company's meeting: what it is about. Accredited education names none.
    product = models.CharField(max_length=120, blank=True)
    mode = models.CharField(max_length=12, choices=Mode)
    type = models.CharField(max_length=20, choices=Type)
    # The wall time at the venue is what people agreed on; the instants follow from it.
    wall_starts = WallTimeField()
    wall_ends = WallTimeField()
    zone = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    delivery = models.CharField(max_length=10, choices=DeliveryForm)
    venue_name = models.CharField(max_length=200, blank=True)
    venue_address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    online_address = models.URLField(max_length=500, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    expected_attendance = models.PositiveIntegerField(default=0)
    territory = Key("directory.Territory", null=True, blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    plan = Key("curriculum.Plan", null=True, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    # Whoever ever changed what is signed, and therefore never signs it.
    prepared_by = ArrayField(models.UUIDField(), default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[ActivityQuerySet] = ActivityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_activity_per_number"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                name="activity_capacity_is_a_number_of_places",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "-starts_at"], name="activity_latest"),
            models.Index(fields=["organisation_id", "state", "starts_at"], name="activity_state"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def interval(self) -> Interval:
        return Interval(self.starts_at, self.ends_at)

    @property
    def is_independent(self) -> bool:
        return self.mode == Mode.INDEPENDENT

    @property
    def in_planning(self) -> bool:
        return self.state in PLANNING

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_upcoming(self) -> bool:
        return self.state in UPCOMING

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def is_over_at(self, at: datetime) -> bool:
        """Whether nothing is left to come to: it has ended, or did so without taking place."""
        return at >= self.ends_at or self.is_over

    @property
    def is_approved_on(self) -> bool:
        return self.state in APPROVED_ON

    @property
    def is_past(self) -> bool:
        return self.state in PAST

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


class ActivityObjective(TenantModel):
    """A promise of a gap's objective that this activity takes on."""

    activity = Key(Activity, related_name="objective_links")
    objective = Key("curriculum.Objective")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "activity", "objective"],
                name="one_objective_once_per_activity",
            )
        ]

    def __str__(self) -> str:
        return str(self.objective_id)


class ActivityStep(TenantModel):
    """One move of an activity along its states: when, by whom and why."""

    APPEND_ONLY = True

    activity = Key(Activity, related_name="steps")
    from_state = models.CharField(max_length=12, choices=State, blank=True)
    to_state = models.CharField(max_length=12, choices=State)
    at = models.DateTimeField(default=timezone.now)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "activity", "at"], name="steps_of_an_activity")
        ]

    def __str__(self) -> str:
        return f"{self.from_state} -> {self.to_state}"
