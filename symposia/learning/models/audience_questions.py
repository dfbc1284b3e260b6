from typing import ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, Session
from symposia.activities.wall import of_activities
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.counting import CountOf
from symposia.shared.rows import Locking
from symposia.shared.states import Stateful, Transitions
from symposia.shared.tenancy import Key, TenantModel


class QuestionState(models.TextChoices):
    """What has become of a question to a session."""

    WAITING = "waiting", _("Waiting for the moderator")
    SHOWN = "shown", _("Shown to the room")
    HIDDEN = "hidden", _("Not shown")
    MERGED = "merged", _("Joined with another")
    ANSWERED = "answered", _("Answered")


# Of these somebody still waits for an answer.
UNANSWERED = (QuestionState.WAITING, QuestionState.SHOWN)


class AudienceQuestionQuerySet(Locking["AudienceQuestion"]):
    def visible_to(
        self, access: Access, permission: Permission = Permission.VIEW_EVALUATIONS
    ) -> Self:
        """Those of activities within reach."""
        return self.filter(of_activities(access, permission))

    def of(self, session: Session) -> Self:
        return self.filter(session=session)

    def unanswered(self) -> Self:
        """Those for which somebody still waits: medical affairs has dealt with the others."""
        return self.filter(state__in=UNANSWERED, medical_answers=None)

    def with_votes(self) -> Self:
        """Each with how many stand behind it."""
        votes = QuestionVote.objects.filter(question=OuterRef("pk"))
        return self.annotate(votes=CountOf(votes.values("pk")))

    def seen_by(self, registration: Registration | None) -> Self:
        """Each with whether somebody asked it, or stands behind it."""
        votes = QuestionVote.objects.filter(question=OuterRef("pk"), registration=registration)
        is_own = When(registration=registration, then=Value(value=True)) if registration else None
        return self.annotate(
            is_own=Case(*filter(None, [is_own]), default=Value(value=False)),
            is_backed=Exists(votes),
        )


class AudienceQuestion(Stateful, TenantModel):
    """A question to whoever teaches in a session. Who asked is kept, whatever the room is told."""

    BEHIND = "learners"
    TRANSITIONS: ClassVar[Transitions] = {
        QuestionState.WAITING: {
            QuestionState.SHOWN,
            QuestionState.HIDDEN,
            QuestionState.MERGED,
            QuestionState.ANSWERED,
        },
        QuestionState.SHOWN: {QuestionState.HIDDEN, QuestionState.MERGED, QuestionState.ANSWERED},
        QuestionState.HIDDEN: {QuestionState.SHOWN},
        QuestionState.MERGED: set(),
        QuestionState.ANSWERED: set(),
    }

    activity = Key(Activity)
    session = Key(Session)
    # The place of whoever asked; without one it was faculty or the office.
    registration = Key(Registration, null=True, blank=True)
    # As they were called when they asked.
    asker_name = models.CharField(max_length=200)
    # Whether the room is told the name.
    is_named = models.BooleanField(default=False)
    text = models.CharField(max_length=500)
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=8, choices=QuestionState, default=QuestionState.WAITING.value
    )
    # Why the room does not see it; the asker reads it.
    hidden_because = models.CharField(max_length=300, blank=True)
    # The question whose answer answers this one too.
    merged_into = Key("self", null=True, blank=True)
    # In writing; an answer that was given in the room may have none.
    answer = models.TextField(blank=True)
    answered_in_room = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    # Since when it is one for those who answer medical questions about products.
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_by_name = models.CharField(max_length=200, blank=True)
    # By when medical affairs answers.
    due_on = models.DateField(null=True, blank=True)
    # Whoever asked after the event, through a representative: no room saw it, or ever does.
    clinician = Key(Clinician, null=True, blank=True)

    objects: ClassVar[AudienceQuestionQuerySet] = AudienceQuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
                name="a_joined_question_says_with_which",
            ),
            models.CheckConstraint(
                condition=~Q(state="hidden") | ~Q(hidden_because=""),
                name="a_hidden_question_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False),
                name="an_answered_question_says_since_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation_id", "session", "state"], name="questions_of_a_session"
            ),
            models.Index(
                fields=["organisation_id", "activity", "-asked_at"], name="questions_of_an_activity"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_answered(self) -> bool:
        return self.state == QuestionState.ANSWERED

    @property
    def is_unanswered(self) -> bool:
        return self.state in UNANSWERED

    @property
    def name_shown(self) -> str:
        """What the room and faculty are told of who asked."""
        return self.asker_name if self.is_named else str(_("Without a name"))


class QuestionVoteQuerySet(models.QuerySet["QuestionVote"]):
    def by(self, registration: Registration) -> Self:
        return self.filter(registration=registration)


class QuestionVote(TenantModel):
    """Somebody wants a question answered too: once, until they take it back."""

    BEHIND = "learners"

    session = Key(Session)
    activity = Key(Activity)
    question = Key(AudienceQuestion)
    registration = Key(Registration)
    voted_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[QuestionVoteQuerySet] = QuestionVoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "question", "registration"],
                name="one_vote_per_question_and_place",
            )
        ]
        indexes = [
            models.Index(fields=["organisation_id", "session"], name="votes_of_a_session"),
        ]

    def __str__(self) -> str:
        return f"voted {self.voted_at:%F %T}"
