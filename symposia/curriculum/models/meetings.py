from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.models import User
from symposia.accounts.permissions import Permission
from symposia.shared.rows import SeenWith
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class MeetingState(models.TextChoices):
    """A review is planned, then held with minutes or called off."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class ItemKind(models.TextChoices):
    """What a point of the agenda is about."""

    ACTION = "action", _("Open action")
    GAP = "gap", _("Gap")
    REVIEW = "review", _("Citation to review")
    SURVEY = "survey", _("Needs survey")
    OUTCOME = "outcome", _("Outcome")
    PLAN = "plan", _("Plan")
    RULES = "rules", _("Rule change")
    NEWS = "news", _("Accreditor news")
    POLICY = "policy", _("Policy to review")
    EXPIRING = "expiring", _("Expiring material")
    OWN = "own", _("Other")


class MeetingQuerySet(SeenWith["Meeting"]):
    PERMISSION = Permission.VIEW_CURRICULUM

    def search(self, text: str) -> Self:
        return self.filter(Q(number__iexact=text.strip()) | Q(title__icontains=text))

    def held_before(self, meeting: "Meeting") -> "Meeting | None":
        """The last meeting that took place before this one."""
        earlier = self.filter(state=MeetingState.HELD, on__lte=meeting.on).exclude(pk=meeting.pk)
        return earlier.order_by("-on", "-pk").first()


class Meeting(Stateful, TenantModel):
    """A review of the curriculum: its agenda, its minutes, what was decided and who does what."""

    TRANSITIONS: ClassVar[Transitions] = {
        MeetingState.PLANNED: {MeetingState.HELD, MeetingState.CANCELLED},
        MeetingState.HELD: set(),
        MeetingState.CANCELLED: set(),
    }

    number = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    on = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    # The next one is planned so many months later once this one is held; empty: it is not.
    next_after_months = models.PositiveSmallIntegerField(null=True, blank=True, default=1)
    present = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    chair = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField(default=timezone.now)
    held_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "number"], name="one_meeting_per_number"
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(minutes="") & Q(held_at__isnull=False),
                name="a_held_meeting_has_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED


class AgendaItem(TenantModel):
    """A point of a meeting's agenda, and what was decided on it."""

    meeting = Key(Meeting, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind)
    title = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    decision = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "meeting", "subject_type", "subject_id"],
                condition=Q(subject_id__isnull=False),
                name="one_point_per_subject",
            )
        ]
        indexes = [models.Index(fields=["organisation_id", "meeting"], name="points_of_a_meeting")]

    def __str__(self) -> str:
        return self.title


class AgreedActionQuerySet(SeenWith["AgreedAction"]):
    PERMISSION = Permission.VIEW_CURRICULUM

    def search(self, text: str) -> Self:
        return self.filter(Q(text__icontains=text) | Q(owner__full_name__icontains=text))

    def open(self) -> Self:
        return self.filter(done_at=None)


class AgreedAction(TenantModel):
    """What somebody promised at a meeting to do, until when."""

    meeting = Key(Meeting, related_name="actions")
    item = Key(AgendaItem, null=True, blank=True)
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    agreed_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.TextField(blank=True)

    objects: ClassVar[AgreedActionQuerySet] = AgreedActionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "due_on"], name="actions_by_due_day")]

    def __str__(self) -> str:
        return self.text
