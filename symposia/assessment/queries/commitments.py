"""Commitments to change: what is open, what became of them, and the figures of an activity."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery

from symposia.activities.models import Activity
from symposia.assessment.models import (
    FEWEST_SHOWN,
    STAGES,
    Commitment,
    CommitmentResult,
    Kept,
)
from symposia.assessment.stages import stage_at
from symposia.registrations.models import Registration


@dataclass(frozen=True)
class Followed:
    """A commitment with what was said of it so far, and the stage that is asked about now."""

    commitment: Commitment
    results: tuple[CommitmentResult, ...]
    stage: int | None

    @property
    def is_asked(self) -> bool:
        """Whether the learner can say something now."""
        done = any(each.kept == Kept.DONE for each in self.results)
        return self.stage is not None and not done and self.stage not in self._reported

    @property
    def _reported(self) -> set[int]:
        return {each.stage for each in self.results}


def commitments_of(registration: Registration, at: datetime) -> list[Followed]:
    """What a learner wrote down, in order, with what became of it."""
    rows = Commitment.objects.of_registration(registration).select_related("objective")
    results: dict[Any, list[CommitmentResult]] = {}
    for each in CommitmentResult.objects.filter(commitment__registration=registration).order_by(
        "stage"
    ):
        results.setdefault(each.commitment_id, []).append(each)
    return [
        Followed(row, tuple(results.get(row.pk, ())), stage_at(row.given_at, at)) for row in rows
    ]


def registrations_to_ask(at: datetime) -> QuerySet[Any]:
    """Places with a commitment that is not done and not reported at its stage yet, each with when
    it was given as `committed_at`."""
    mine = Commitment.objects.filter(registration=OuterRef("pk")).order_by()
    settled = CommitmentResult.objects.filter(commitment=OuterRef("pk"), kept=Kept.DONE)
    waiting = mine.filter(~Exists(settled)).filter(_unreported(at))
    given = mine.values("registration").annotate(first=Min("given_at")).values("first")
    rows = Registration.objects.confirmed().with_people().filter(Exists(waiting))
    found: QuerySet[Any] = rows.annotate(committed_at=Subquery(given))
    return found


def _unreported(at: datetime) -> Q:
    """Commitments of which nothing was said at the stage they have come to."""
    found = Q(pk__in=[])
    for stage, later in zip(STAGES, (*STAGES[1:], 10_000), strict=True):
        said = CommitmentResult.objects.filter(commitment=OuterRef("pk"), stage=stage)
        from_, to = at - timedelta(days=later), at - timedelta(days=stage)
        found |= Q(given_at__gt=from_, given_at__lte=to) & ~Q(Exists(said))
    # In the first thirty days everything is still to come.
    return found | Q(given_at__gt=at - timedelta(days=STAGES[0]))


@dataclass(frozen=True)
class StageFigures:
    """What became of the commitments of an activity by one stage."""

    stage: int
    asked: int
    done: int
    partly: int
    not_done: int

    @property
    def answered(self) -> int:
        return self.done + self.partly + self.not_done


@dataclass(frozen=True)
class CommitmentFigures:
    """The commitments of an activity in numbers; nothing but counts while few people gave any."""

    people: int
    commitments: int
    stages: tuple[StageFigures, ...]
    barriers: tuple[tuple[str, int], ...]

    @property
    def is_shown(self) -> bool:
        return self.people >= FEWEST_SHOWN


def figures_of_commitments(activity: Activity, at: datetime) -> CommitmentFigures:
    """How many of the things that people wanted to change are changed after 30, 60 and 90 days."""
    rows = Commitment.objects.filter(activity=activity).values_list(
        *("pk", "given_at", "registration_id"),
        *("results__stage", "results__kept", "results__barriers"),
    )
    given: dict[Any, datetime] = {}
    said: list[tuple[Any, ...]] = []
    whose: set[Any] = set()
    for pk, given_at, registration, stage, kept, barriers in rows.order_by("pk"):
        given[pk] = given_at
        whose.add(registration)
        if stage is not None:
            said.append((stage, kept, barriers, registration))
    people = len(whose)
    if people < FEWEST_SHOWN:
        return CommitmentFigures(people, len(given), (), ())
    stages = [_stage(stage, list(given.values()), said, at) for stage in STAGES]
    return CommitmentFigures(people, len(given), tuple(filter(None, stages)), _barriers(said))


def _stage(
    stage: int, given_at: Sequence[datetime], said: Sequence[Any], at: datetime
) -> StageFigures | None:
    """The figures of one stage; nothing while fewer than three people have said anything at it."""
    asked = sum(each <= at - timedelta(days=stage) for each in given_at)
    here = [each for each in said if each[0] == stage]
    if len({each[3] for each in here}) < FEWEST_SHOWN:
        return None
    counts = Counter(each[1] for each in here)
    return StageFigures(stage, asked, counts[Kept.DONE], counts[Kept.PARTLY], counts[Kept.NOT])


def _barriers(said: Iterable[Any]) -> tuple[tuple[str, int], ...]:
    """How often each barrier was named by how many people; those of fewer than three are left
    out."""
    people: dict[str, set[Any]] = {}
    for _after, _kept, barriers, registration in said:
        for code in barriers:
            people.setdefault(code, set()).add(registration)
    counted = [(code, len(each)) for code, each in people.items() if len(each) >= FEWEST_SHOWN]
    return tuple(sorted(counted, key=lambda each: (-each[1], each[0])))
