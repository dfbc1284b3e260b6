"""Polls of a session with what was answered: as numbers to the room, nobody by name."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Q

from symposia.activities.models import Session
from symposia.assessment.models import FEWEST_SHOWN
from symposia.learning.models import AudiencePoll, PollAnswer, PollKind, PollState
from symposia.registrations.models import Registration

_NUMBER: Any = {"output_field": IntegerField()}


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


def polls_read(
    polls: Sequence[AudiencePoll], registration: Registration | None = None
) -> list[PollRead]:
    """Polls with their results, and with what somebody answered to them: counted by the database,
    in as many statements for several as for one."""
    answers: Any = PollAnswer.objects.filter(poll__in=[each.pk for each in polls]).order_by()
    each_choice = answers.annotate(choice=Func(F("choices"), function="unnest", **_NUMBER))
    chosen = {
        (poll, choice): count
        for poll, choice, count in each_choice.values_list("poll", "choice").annotate(Count("pk"))
    }
    people = dict(answers.values_list("poll").annotate(Count("pk")))
    mine = answers.filter(registration=registration) if registration else answers.none()
    own = dict(mine.values_list("poll", "choices"))
    return [_read(each, chosen, people.get(each.pk, 0), own.get(each.pk)) for each in polls]


def poll_read(poll: AudiencePoll) -> PollRead:
    """A poll with its results."""
    return polls_read([poll])[0]


def _read(
    poll: AudiencePoll,
    chosen: Mapping[tuple[uuid.UUID, int], int],
    people: int,
    own: Sequence[int] | None,
) -> PollRead:
    counts = [chosen.get((poll.pk, place), 0) for place in range(len(poll.labels))]
    results = [
        Result(label, count, round(100 * count / people) if people else 0)
        for label, count in zip(poll.labels, counts, strict=True)
    ]
    mean = None
    if poll.kind == PollKind.SCALE and people:
        mean = round(sum(place * count for place, count in enumerate(counts, 1)) / people, 1)
    return PollRead(poll, results, people, mean, own)


def polls_in_room(session: Session, registration: Registration | None = None) -> list[PollRead]:
    """The poll that is open, and those whose results the room sees; the last first."""
    rows = AudiencePoll.objects.of(session).filter(Q(state=PollState.OPEN) | Q(is_shown=True))
    found = list(rows.order_by("-opened_at", "pk"))
    found.sort(key=lambda each: not each.is_open)
    return polls_read(found, registration) if found else []


def poll_in(session: Session, poll_id: uuid.UUID) -> AudiencePoll | None:
    """A poll of a session that somebody's page names."""
    return AudiencePoll.objects.of(session).filter(pk=poll_id).first()
