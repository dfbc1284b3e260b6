from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Session
from symposia.activities.wall import of_activities
from symposia.registrations.models import Registration
from symposia.shared.counting import CountOf
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class PollKind(models.TextChoices):
    """How a poll is answered."""

    SINGLE = "single", _("One answer")
    MULTIPLE = "multiple", _("Several answers")
    SCALE = "scale", _("A scale of numbers")


class PollState(models.TextChoices):
    """Whether a poll is answered now."""

    PREPARED = "prepared", _("Prepared")
    OPEN = "open", _("Open now")
    CLOSED = "closed", _("Closed")


class AudiencePollQuerySet(Locking["AudiencePoll"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_EVALUATIONS
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))

    def of(self, session: Session) -> Self:
        """Those of a session in the order in which they were prepared."""
        return self.filter(session=session).order_by("made_at", "pk")

    def with_answers(self) -> Self:
        """Each with how many people answered."""
        answers = PollAnswer.objects.filter(poll=OuterRef("pk"))
        return self.annotate(answered=CountOf(answers.values("pk")))


class AudiencePoll(Stateful, TenantModel):
    """What a session asks its audience: prepared before, opened and closed by the moderator."""

    TRANSITIONS: ClassVar[Transitions] = {
        PollState.PREPARED: {PollState.OPEN},
        PollState.OPEN: {PollState.CLOSED},
        PollState.CLOSED: {PollState.OPEN},
    }

    activity = Key(Activity)
    session = Key(Session)
    kind = models.CharField(max_length=8, choices=PollKind)
    question = models.CharField(max_length=200)
    # What one may choose; of a scale the words of its ends, low and high, or none.
    options = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    # The highest number of a scale, which begins at one.
    highest = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=PollState, default=PollState.PREPARED.value)
    # Whether the room sees the results.
    is_shown = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by_name = models.CharField(max_length=200)

    objects: ClassVar[AudiencePollQuerySet] = AudiencePollQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "session"],
                condition=Q(state="open"),
                name="one_open_poll_per_session",
            ),
            models.CheckConstraint(
                condition=Q(kind="scale", highest__isnull=False)
                | ~Q(kind="scale") & Q(highest__isnull=True),
                name="a_scale_says_how_high_it_goes",
            ),
            models.CheckConstraint(
                condition=Q(state="prepared") | Q(opened_at__isnull=False),
                name="an_open_poll_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(is_shown=False) | ~Q(state="prepared"),
                name="results_follow_the_question",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation_id", "session", "made_at"], name="polls_of_session"),
            models.Index(fields=["organisation_id", "activity"], name="polls_of_an_activity"),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        return self.state == PollState.OPEN

    @property
    def is_multiple(self) -> bool:
        return self.kind == PollKind.MULTIPLE

    @property
    def asked_at(self) -> datetime:
        """Since when it is asked, as evidence of presence has it."""
        return self.opened_at or self.made_at

    @property
    def labels(self) -> list[str]:
        """What may be chosen, in its order; the numbers of a scale with the words of its ends."""
        if self.kind != PollKind.SCALE or not self.highest:
            return list(self.options)
        numbers = [str(number) for number in range(1, self.highest + 1)]
        if len(self.options) == 2:
            low, high = self.options
            numbers[0], numbers[-1] = f"{numbers[0]} · {low}", f"{numbers[-1]} · {high}"
        return numbers


class PollAnswerQuerySet(models.QuerySet["PollAnswer"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_EVALUATIONS
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))

    def to(self, poll: AudiencePoll) -> Self:
        return self.filter(poll=poll)


class PollAnswer(TenantModel):
    """What somebody answered to a poll; they may answer otherwise while it is open."""

    BEHIND = "learners"

    activity = Key(Activity)
    poll = Key(AudiencePoll)
    registration = Key(Registration)
    # The places of what was chosen among the labels, in their order.
    choices = ArrayField(models.PositiveSmallIntegerField())
    answered_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PollAnswerQuerySet] = PollAnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "poll", "registration"],
                name="one_answer_per_poll_and_place",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "activity"], name="poll_answers_of_activity")
        ]

    def __str__(self) -> str:
        return f"answered {self.answered_at:%F %T}"
