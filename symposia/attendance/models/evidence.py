import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, Session
from symposia.activities.models import State as ActivityState
from symposia.attendance.models.people import UnmatchedPerson
from symposia.registrations.models import Registration
from symposia.shared.tenancy import Key, TenantModel
from symposia.work.models import Import

# From opening for registration until the books close, evidence may come in.
DOOR_STATES = (
    ActivityState.OPEN,
    ActivityState.RUNNING,
    ActivityState.HELD,
    ActivityState.RECONCILING,
)


class Kind(models.TextChoices):
    """What one observation says."""

    IN = "in", _("Check-in")
    OUT = "out", _("Check-out")
    WALK_IN = "walk_in", _("Walk-in")
    MARK = "mark", _("Marked present")
    SPAN = "span", _("There from and until")
    UNDO = "undo", _("Taken back")


class Source(models.TextChoices):
    """How an observation was made."""

    SCAN = "scan", _("Ticket scanned")
    TYPED = "typed", _("Code typed")
    DESK = "desk", _("Found by name at the door")
    MANUAL = "manual", _("Entered by the office")
    SELF = "self", _("Checked in by oneself")
    CODE = "code", _("Session code claimed")
    SHEET = "sheet", _("Signed on the list")
    IMPORT = "import", _("Taken from a file")
    VIRTUAL = "virtual", _("Log of the online meeting")
    POLL = "poll", _("Answered a presence check")


# The device of what representatives enter in the field.
FIELD = "field"
# The device on which people sign a row of a list at the door.
TABLET = "Tablet"

# What was seen through a connection, not in the room.
ONLINE = frozenset({Source.VIRTUAL, Source.POLL})


class PresenceEvidenceQuerySet(models.QuerySet["PresenceEvidence"]):
    def of(self, activity: Activity) -> Self:
        return self.filter(activity=activity)

    def of_registration(self, registration: Registration) -> Self:
        return self.filter(registration=registration)

    def of_person(self, person: UnmatchedPerson) -> Self:
        """What was seen of somebody before it was known who it is."""
        return self.filter(person=person, registration=None)

    def undoing(self, read: "uuid.UUID | OuterRef", by: "uuid.UUID | OuterRef | None") -> Self:
        """What takes a reading back: the office, or whoever made it."""
        own = Q(by_id__isnull=True) if by is None else Q(by_id=by)
        return self.filter(Q(source=Source.MANUAL) | own, undoes=read)

    def in_order(self) -> Self:
        return self.order_by("occurred_at", "event_uuid")

    def latest_first(self) -> Self:
        return self.order_by("-server_time", "-pk")


class PresenceEvidence(TenantModel):
    """One observation of a clinician at an activity. Minutes are folded from the set of them."""

    APPEND_ONLY = True
    BEHIND = "learners"
    # Known only to the statement that writes the row; follows from the rows before it.
    NOT_HASHED = ("changed_presence",)

    # Made by the device: the same observation sent twice is one.
    event_uuid = models.UUIDField()
    activity = Key(Activity)
    # Whose: a place at the activity, or somebody of whom nobody knows yet who it is. What was kept
    # of that person is kept once more under the place that turned out to be theirs, naming both.
    registration = Key(Registration, null=True, blank=True)
    person = Key(UnmatchedPerson, null=True, blank=True)
    session = Key(Session, null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)
    source = models.CharField(max_length=8, choices=Source)
    # The observation that an `undo` takes back.
    undoes = models.UUIDField(null=True, blank=True)
    # What counts; the two clocks it was read from stay beside it.
    occurred_at = models.DateTimeField()
    # The end of a span: of a connection, a line of a list.
    ends_at = models.DateTimeField(null=True, blank=True)
    device_time = models.DateTimeField(null=True, blank=True)
    server_time = models.DateTimeField(default=timezone.now)
    # Seconds by which the device's clock was behind ours when it told of the observation.
    clock_offset = models.IntegerField(null=True, blank=True)
    device = models.CharField(max_length=40, blank=True)
    sequence = models.PositiveIntegerField(null=True, blank=True)
    by_id = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    # The file it was read from, which is kept.
    taken_from = Key(Import, null=True, blank=True)
    # Whether it brought somebody in or out who was not; a second scan of a ticket did not.
    changed_presence = models.BooleanField(default=True)

    objects: ClassVar[PresenceEvidenceQuerySet] = PresenceEvidenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "event_uuid"], name="one_observation_per_event_uuid"
            ),
            models.CheckConstraint(
                condition=Q(kind="undo", undoes__isnull=False)
                | (~Q(kind="undo") & Q(undoes__isnull=True)),
                name="an_undo_names_what_it_takes_back",
            ),
            models.CheckConstraint(
                condition=Q(registration__isnull=False) | Q(person__isnull=False),
                name="evidence_is_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind="span", ends_at__gt=F("occurred_at"))
                | (~Q(kind="span") & Q(ends_at__isnull=True)),
                name="a_span_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "registration", "occurred_at"],
                name="evidence_of_a_registration",
            ),
            models.Index(
                fields=["organisation_id", "activity", "-server_time"],
                name="evidence_of_an_activity",
            ),
            models.Index(
                fields=["organisation_id", "person"],
                condition=Q(person__isnull=False),
                name="evidence_of_the_unmatched",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_at:%F %T}"


class Standing(TenantModel):
    """Whether a registered clinician is inside now: derived from the evidence, one row each.

    Two doors that scan one ticket at the same moment meet at this row; one of them is first.
    """

    KEEPS_HISTORY = False

    activity = Key(Activity)
    registration = Key(Registration)
    is_inside = models.BooleanField()
    event_uuid = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "registration"], name="one_standing_per_registration"
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="standings_of_an_activity")
        ]

    def __str__(self) -> str:
        return f"inside: {self.is_inside}"
