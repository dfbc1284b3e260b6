"""Polls of a session with what was answered: as numbers to the room, nobody by name."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from symposia.activities.models import Session
from symposia.assessment.models import FEWEST_SHOWN
from symposia.learning.models import AudiencePoll, PollAnswer, PollKind, PollState
from symposia.registrations.models import Registration


@dataclass(frozen=True)
class Result:
    """How many chose one answer of a poll."""

    label: str
    people: int
    percent: int


@dataclass(frozen=True)
class PollRead:
    """A poll with what was answered: nobody by name."""

    poll: AudiencePoll
    results: Sequence[Result]
    people: int
    # Of a scale.
    mean: float | None = None
    # What whoever looks has chosen.
    own: Sequence[int] | None = None

    @property
    def are_few(self) -> bool:
        """Whether so few answered that a bar could name one of them (ADR 0027)."""
        return self.people < FEWEST_SHOWN

    @property
    def is_seen(self) -> bool:
        """Whether the room sees its results."""
        return self.poll.is_shown and not self.are_few

    @property
    def answers(self) -> list[tuple[int, str, bool]]:
        """What may be chosen, and whether whoever looks has chosen it."""
        own = self.own or ()
        return [(place, label, place in own) for place, label in enumerate(self.poll.labels)]

    @property
    def own_words(self) -> str:
        """What whoever looks has chosen, in its words."""
        labels = self.poll.labels
        return ", ".join(labels[place] for place in self.own or () if place < len(labels))


def poll_read(poll: AudiencePoll, registration: Registration | None = None) -> PollRead:
    """A poll with its results, and with what somebody answered to it."""
    answers = PollAnswer.objects.to(poll).values_list("registration", "choices")
    said = dict(answers)
    chosen = Counter(choice for choices in said.values() for choice in choices)
    people = len(said)
    results = [
        Result(label, chosen[place], round(100 * chosen[place] / people) if people else 0)
        for place, label in enumerate(poll.labels)
    ]
    mean = None
    if poll.kind == PollKind.SCALE and people:
        mean = round(sum((place + 1) * count for place, count in chosen.items()) / people, 1)
    own = said.get(registration.pk) if registration else None
    return PollRead(poll, results, people, mean, own)


def polls_in_room(session: Session, registration: Registration | None = None) -> list[PollRead]:
    """The poll that is open, and those whose results the room sees; the last first."""
    rows = AudiencePoll.objects.of(session).filter(Q(state=PollState.OPEN) | Q(is_shown=True))
    found = [poll_read(each, registration) for each in rows.order_by("-opened_at", "pk")]
    return sorted(found, key=lambda each: not each.poll.is_open)


def poll_in(session: Session, poll_id: uuid.UUID) -> AudiencePoll | None:
    """A poll of a session that somebody's page names."""
    return AudiencePoll.objects.of(session).filter(pk=poll_id).first()
