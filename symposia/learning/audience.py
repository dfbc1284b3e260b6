"""Questions of a session, as the room, its faculty and the office read them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q
from django.utils.timezone import now

from symposia.activities.models import Activity, Session
from symposia.attendance.asking import open_checks
from symposia.attendance.models import CheckAnswer, PresenceCheck
from symposia.learning.audience_polls import PollRead, polls_in_room, polls_read
from symposia.learning.audience_rules import closes_at, opens_at, takes_part_online
from symposia.learning.models import (
    AudiencePoll,
    AudienceQuestion,
    AudienceQuestionQuerySet,
    QuestionState,
    QuestionVote,
)
from symposia.registrations.models import Registration
from symposia.shared.counting import CountOf

# So many questions stand on one page of the room; the list has them all.
SHOWN = 50
ON_SCREEN = 5


@dataclass(frozen=True)
class Room:
    """What somebody in the room sees of a session: as little of others as they wish."""

    session: Session
    activity: Activity
    polls: Sequence[PollRead]
    # Those the room sees, most wanted first; then what was answered.
    questions: Sequence[AudienceQuestion]
    answered: Sequence[AudienceQuestion]
    # What whoever looks has asked and the room does not see, or sees as another.
    own: Sequence[AudienceQuestion]
    checks: Sequence[tuple[PresenceCheck, CheckAnswer | None]]
    more: int

    @property
    def is_over(self) -> bool:
        return now() >= closes_at(self.session)

    @property
    def is_early(self) -> bool:
        return now() < opens_at(self.session)

    @property
    def is_open(self) -> bool:
        return not (self.is_over or self.is_early)


def room_of(session: Session, registration: Registration | None = None) -> Room:
    """What the page of a session shows to somebody with a place, or its screen to everybody."""
    at = now()
    asked: Any = AudienceQuestion.objects.of(session).with_votes().seen_by(registration)
    asked = asked.select_related("merged_into").order_by("-votes", "asked_at", "pk")
    rows = list(asked.filter(_of_the_room() | Q(is_own=True)))
    shown = [each for each in rows if each.state == QuestionState.SHOWN]
    online = registration and takes_part_online(session.activity, registration.attending)
    return Room(
        session=session,
        activity=session.activity,
        polls=polls_in_room(session, registration),
        questions=shown[:SHOWN],
        answered=[each for each in rows if each.is_answered][:SHOWN],
        own=[each for each in rows if each.is_own and each.state not in _IN_ROOM],
        checks=open_checks(registration, at=at) if registration and online else (),
        more=max(0, len(shown) - SHOWN),
    )


_IN_ROOM = (QuestionState.SHOWN, QuestionState.ANSWERED)


def _of_the_room() -> Q:
    return Q(state__in=_IN_ROOM)


@dataclass(frozen=True)
class Queue:
    """What the moderator of a session works through."""

    waiting: Sequence[AudienceQuestion]
    shown: Sequence[AudienceQuestion]
    done: Sequence[AudienceQuestion]
    polls: Sequence[PollRead]


def queue_of(session: Session) -> Queue:
    """All questions of a session, the unseen as they came, the shown by votes; and its polls."""
    rows = list(
        AudienceQuestion.objects.of(session)
        .with_votes()
        .select_related("merged_into")
        .order_by("asked_at", "pk")
    )
    by_votes = sorted(rows, key=lambda each: -each.votes)  # type: ignore[attr-defined]  # annotated
    done = [each for each in rows if not each.is_unanswered]
    return Queue(
        waiting=[each for each in rows if each.state == QuestionState.WAITING],
        shown=[each for each in by_votes if each.state == QuestionState.SHOWN],
        done=done[::-1],
        polls=polls_read(list(AudiencePoll.objects.of(session))),
    )


@dataclass(frozen=True)
class Hour:
    """A session with how much of its audience waits."""

    session: Session
    waiting: int
    shown: int
    unanswered: int
    polls: int

    @property
    def takes_questions(self) -> bool:
        return opens_at(self.session) <= now() < closes_at(self.session)

    @property
    def is_over(self) -> bool:
        return now() >= closes_at(self.session)

    @property
    def to_follow_up(self) -> int:
        """What nobody has answered of a session that has ended."""
        return self.unanswered if now() >= self.session.ends_at else 0


def hours_of(activity: Activity) -> list[Hour]:
    """The sessions of an activity that have an audience, in the order of the agenda."""
    asked = AudienceQuestion.objects.filter(session=OuterRef("pk"))
    polls = AudiencePoll.objects.filter(session=OuterRef("pk"))
    sessions = Session.objects.of(activity).filter(is_break=False)
    found: Any = sessions.annotate(
        waiting=CountOf(asked.filter(state=QuestionState.WAITING).values("pk")),
        shown=CountOf(asked.filter(state=QuestionState.SHOWN).values("pk")),
        unanswered=CountOf(asked.unanswered().values("pk")),
        polls=CountOf(polls.values("pk")),
    )
    return [Hour(each, each.waiting, each.shown, each.unanswered, each.polls) for each in found]


def session_of_audience(activity_id: uuid.UUID, session_id: uuid.UUID) -> Session | None:
    """A session of an activity, with it."""
    rows = Session.objects.filter(activity=activity_id, pk=session_id)
    return rows.select_related("activity").first()


def session_by_id(session_id: uuid.UUID) -> Session | None:
    """The session that the code on a screen names."""
    return Session.objects.select_related("activity").filter(pk=session_id).first()


def first_session(activity: Activity) -> Session | None:
    """The session that a question of no room is about: the first that teaches."""
    rows = Session.objects.of(activity).filter(is_break=False)
    return rows.order_by("is_marketing", "starts_at", "pk").first()


def question_in(session: Session, question_id: uuid.UUID) -> AudienceQuestion | None:
    """A question of a session that somebody's page names."""
    rows = AudienceQuestion.objects.of(session).select_related("session__activity")
    return rows.filter(pk=question_id).first()


def votes_for(question: AudienceQuestion) -> int:
    """How many stand behind a question."""
    return QuestionVote.objects.filter(question=question).count()


def others_of(question: AudienceQuestion) -> list[AudienceQuestion]:
    """The questions that one can be joined with."""
    rows = AudienceQuestion.objects.of(question.session).exclude(pk=question.pk)
    alone = rows.exclude(state__in=[QuestionState.MERGED, QuestionState.HIDDEN])
    found: Any = alone.with_votes()
    return list(found.order_by("-votes", "asked_at", "pk"))


def for_faculty(activity: Activity) -> list[AudienceQuestion]:
    """What faculty may answer: the questions that the room saw, and of sessions that have ended
    those too that nobody looked at."""
    rows: Any = AudienceQuestion.objects.filter(activity=activity).with_votes()
    ended = Q(state=QuestionState.WAITING, session__ends_at__lte=now())
    found = rows.filter(_of_the_room() | ended).select_related("session")
    return list(found.order_by("session__starts_at", "session", "-votes", "asked_at", "pk"))


def follow_ups(rows: AudienceQuestionQuerySet, *, at: datetime) -> AudienceQuestionQuerySet:
    """Of some questions those that nobody answered before their session ended."""
    return rows.unanswered().filter(session__ends_at__lte=at)
