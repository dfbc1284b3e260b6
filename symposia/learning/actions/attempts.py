import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.learning.actions.studying import Heard, Told, keep_studying
from symposia.learning.events import PackageAttemptEnded
from symposia.learning.models import (
    Completion,
    EntryKind,
    Lesson,
    Package,
    PackageAttempt,
    PackageCommit,
)
from symposia.learning.package_rules import (
    NO_PACKAGE,
    objection_to_attempt,
    objection_to_commit,
    objection_to_committing,
)
from symposia.learning.packages import latest_attempt, package_of
from symposia.learning.policies import objection_to_studying
from symposia.learning.queries import place_held
from symposia.learning.scorm.outcomes import better, outcome_of, outcome_of_all
from symposia.learning.standing import standing_of
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, needed, refuse_if


@dataclass(frozen=True)
class Committed:
    """What a package tells: its whole document, and that it is the next thing of its attempt."""

    event_uuid: uuid.UUID
    number: int
    # What it follows; nothing where it is the first of its attempt.
    after: uuid.UUID | None
    item: str
    cmi: Mapping[str, Any]
    at: datetime
    is_end: bool = False


@transaction.atomic
def begin_package_attempt(
    registration: Registration, lesson: Lesson, *, by: Actor
) -> PackageAttempt:
    """Begin with the package of a lesson, or begin again after an outcome or with a new version."""
    registration = place_held(registration.pk)
    latest, package = latest_attempt(registration, lesson), package_of(lesson)

    refuse_if(objection_to_studying(standing_of(registration), lesson, at=now()))
    refuse_if(objection_to_attempt(package, latest))

    attempt = PackageAttempt.objects.create(
        activity=registration.activity,
        registration=registration,
        lesson=lesson,
        package=needed(package, NO_PACKAGE),
        number=latest.number + 1 if latest else 1,
    )
    details = {"lesson": lesson.title, "number": attempt.number, "version": attempt.package.number}
    record(by, "package_attempt.begun", attempt, details=details)
    return attempt


@transaction.atomic
def keep_commits(attempt: PackageAttempt, told: Sequence[Committed], *, by: Actor) -> list[Heard]:
    """Keep what a package tells of its own attempt, each thing once and in its order.

    A tab that is behind overwrites nothing: its next number was taken by another one.
    """
    registration = place_held(attempt.registration_id)
    latest = needed(latest_attempt(registration, attempt.lesson_id), NO_PACKAGE)
    # As it stands now; one that was overtaken tells nothing more.
    attempt = latest if latest == attempt else attempt
    standing = standing_of(registration)
    lesson = next((each for each in standing.lessons if each.pk == attempt.lesson_id), None)
    closed = NO_PACKAGE if lesson is None else _closed(attempt, lesson, latest)
    known = _known(attempt, told)
    heard = []
    for each in sorted(told, key=lambda one: one.number):
        at = max(attempt.begun_at, min(each.at, now()))
        objection = None if each.event_uuid in known else closed
        if each.event_uuid not in known and lesson is not None:
            objection = (
                closed
                or objection_to_studying(standing, lesson, at=at)
                or objection_to_commit(
                    attempt, number=each.number, after=each.after, item=each.item
                )
            )
            if objection is None:
                _keep(attempt, each, at, by=by)
        heard.append(Heard(each.event_uuid, objection))
    if lesson is not None and attempt.is_done and not standing.is_done(lesson):
        _finish(registration, lesson, by=by)
    return heard


def _closed(attempt: PackageAttempt, lesson: Lesson, latest: PackageAttempt) -> Objection | None:
    return objection_to_committing(attempt, latest=latest, package=package_of(lesson))


def _known(attempt: PackageAttempt, told: Sequence[Committed]) -> set[uuid.UUID]:
    wanted = [each.event_uuid for each in told]
    rows = PackageCommit.objects.filter(attempt=attempt, event_uuid__in=wanted)
    return set(rows.values_list("event_uuid", flat=True))


def _keep(attempt: PackageAttempt, told: Committed, at: datetime, *, by: Actor) -> None:
    """Write the commit down, and fold it into how the attempt stands."""
    package = attempt.package
    item = next(each for each in package.opened if each["id"] == told.item)
    said = outcome_of(package.standard, item, told.cmi)
    was = attempt.states.get(told.item, {}).get("completion", Completion.OPEN)
    completion = better(was, said.completion)
    PackageCommit.objects.create(
        event_uuid=told.event_uuid,
        activity_id=attempt.activity_id,
        attempt=attempt,
        number=told.number,
        item=told.item,
        cmi=dict(told.cmi),
        completion=completion,
        score=said.score,
        is_end=told.is_end,
        at=at,
    )
    attempt.states[told.item] = {
        "cmi": dict(told.cmi),
        **asdict(said),
        "completion": completion,
        # A sitting that ended without a word is gone on with.
        "is_suspended": said.is_suspended or not told.is_end,
    }
    attempt.version, attempt.tip = told.number, told.event_uuid
    attempt.item, attempt.heard_at = told.item, at
    _fold(attempt, package, at, by=by)


def _fold(attempt: PackageAttempt, package: Package, at: datetime, *, by: Actor) -> None:
    whole, was = outcome_of_all(package.opened, attempt.states), attempt.completion
    attempt.score, attempt.seconds = whole.score, whole.seconds
    attempt.completion = whole.completion
    if was != attempt.completion:
        attempt.ended_at = at if attempt.is_over else None
    attempt.save()
    if was == attempt.completion:
        return
    details = {"completion": str(attempt.completion), "percent": attempt.percent}
    record(by, "package_attempt.judged", attempt, details=details)
    if attempt.is_over:
        ids = (attempt.pk, attempt.lesson_id, attempt.registration_id, attempt.activity_id)
        announce(PackageAttemptEnded(*ids, str(attempt.completion)))


def _finish(registration: Registration, lesson: Lesson, *, by: Actor) -> None:
    """The lesson is done with the package, unless it asks for more: time, say."""
    keep_studying(registration, lesson, [Told(uuid.uuid4(), EntryKind.DONE, now())], by=by)
