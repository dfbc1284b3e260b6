"""Cases as they are kept: the draft, its versions, and how far learners are in them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from symposia.accounts.permissions import Access, Permission
from symposia.learning.cases.document import CaseDocument
from symposia.learning.cases.walking import Taken, Walk, walked
from symposia.learning.models import (
    Case,
    CaseMove,
    CaseQuerySet,
    CaseResult,
    CaseRun,
    CaseVersion,
    Lesson,
    MoveKind,
)
from symposia.registrations.models import Registration


def cases_seen(access: Access, permission: Permission) -> CaseQuerySet:
    """The cases that a person may see, with the lesson they are."""
    return Case.objects.visible_to(access, permission).with_lesson()


def case_of(lesson: Lesson) -> Case:
    """The case of a lesson of that kind. Raises DoesNotExist where it is none."""
    return Case.objects.with_lesson().get(lesson=lesson)


def versions_of(case: Case) -> list[CaseVersion]:
    """What was published of a case, the latest first, without what it is made of."""
    return list(CaseVersion.objects.filter(case=case).order_by("-number").defer("content"))


def versions_seen(case: Case) -> QuerySet[CaseVersion]:
    """The versions of a case that somebody sees."""
    return CaseVersion.objects.filter(case=case)


def latest_version(case: Case) -> CaseVersion | None:
    """What was published last."""
    return CaseVersion.objects.filter(case=case).order_by("-number").first()


def best_percents(registration: Registration) -> dict[uuid.UUID, int]:
    """The best score of a learner in each case that was brought to an end, by lesson."""
    rows = CaseResult.objects.filter(run__registration=registration).order_by()
    return dict(rows.values_list("run__lesson").annotate(best=Max("percent")))


@dataclass(frozen=True)
class Playing:
    """A run of a learner as it stands: its version, the way so far, and how it ended."""

    run: CaseRun
    document: CaseDocument
    walk: Walk
    moves: Sequence[CaseMove]
    result: CaseResult | None

    @property
    def is_over(self) -> bool:
        return self.walk.is_over


def playing(run: CaseRun) -> Playing:
    """A run with everything that was done in it."""
    moves = list(CaseMove.objects.filter(run=run).order_by("position"))
    document = run.case_version.document
    walk = walked(document, _taken_in(moves))
    result = CaseResult.objects.filter(run=run).first() if walk.is_over else None
    return Playing(run, document, walk, moves, result)


def _taken_in(moves: Iterable[CaseMove]) -> list[Taken]:
    """What was done, as the document is walked by it."""
    return [
        Taken(each.step_code, each.choice_code, each.kind == MoveKind.DECIDED) for each in moves
    ]


def latest_run(registration: Registration, lesson: Lesson) -> CaseRun | None:
    """What a learner began last of a case."""
    return CaseRun.objects.of(registration, lesson).first()
