import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.learning.events import ContentCompleted, LessonCompleted, StudyBegun
from symposia.learning.folding import Span, believed, merged, span_of, uncovered
from symposia.learning.models import Confirmation, EntryKind, Lesson, Progress, StudyEntry
from symposia.learning.notice import notice_of
from symposia.learning.policies import (
    objection_to_being_done,
    objection_to_confirming,
    objection_to_studying,
)
from symposia.learning.queries import place_held
from symposia.learning.standing import Standing, standing_of
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, Refused, refuse_if


@dataclass(frozen=True)
class Told:
    """What a device tells: until when, for how long, where in the lesson, what of a video."""

    event_uuid: uuid.UUID
    kind: str
    at: datetime
    seconds: float = 0
    place: int = 0
    watched_from: float | None = None
    watched_to: float | None = None


@dataclass(frozen=True)
class Heard:
    """What became of one thing that was told: kept, or refused and why."""

    event_uuid: uuid.UUID
    objection: Objection | None = None


@transaction.atomic
def confirm_start(registration: Registration, *, seen: str, by: Actor) -> Confirmation:
    """Keep what a learner was shown before the start, exactly as it was, once it is confirmed."""
    standing = standing_of(place_held(registration.pk))
    notice = notice_of(standing.activity)
    at = now()

    refuse_if(objection_to_confirming(standing, shown=notice.sha256, seen=seen, at=at))

    kept = Confirmation.objects.create(
        activity=standing.activity,
        registration=registration,
        shown=notice.as_json(),
        sha256=notice.sha256,
        confirmed_at=at,
    )
    record(by, "study.begun", kept, details={"sha256": kept.sha256})
    announce(StudyBegun(registration.pk, registration.activity_id))
    return kept


@transaction.atomic
def keep_studying(
    registration: Registration, lesson: Lesson, told: Sequence[Told], *, by: Actor
) -> list[Heard]:
    """Keep what a device tells of studying a lesson, each thing once, however late it comes.

    A moment counts once, also where two devices tell of it; of a video counts what was played.
    """
    standing = standing_of(place_held(registration.pk))
    known = set(
        StudyEntry.objects.of(registration)
        .filter(event_uuid__in=[each.event_uuid for each in told])
        .values_list("event_uuid", flat=True)
    )
    heard = []
    for each in sorted(told, key=lambda one: one.at):
        is_known = each.event_uuid in known
        answer = Heard(each.event_uuid) if is_known else _hear(standing, lesson, each, by=by)
        if answer.objection is None:
            known.add(each.event_uuid)
        heard.append(answer)
    return heard


@transaction.atomic
def complete_lesson(registration: Registration, lesson: Lesson, *, by: Actor) -> Progress:
    """Say that one is done with a lesson."""
    told = Told(uuid.uuid4(), EntryKind.DONE, now())
    (heard,) = keep_studying(registration, lesson, [told], by=by)
    if heard.objection:
        raise Refused(heard.objection)
    return Progress.objects.get(registration=registration, lesson=lesson)


def _hear(standing: Standing, lesson: Lesson, told: Told, *, by: Actor) -> Heard:
    """One thing for itself: what is refused keeps nothing else back."""
    confirmed = standing.confirmation
    since = confirmed.confirmed_at if confirmed else told.at
    told = replace(told, at=max(since, min(told.at, now())))
    if objection := objection_to_studying(standing, lesson, at=told.at):
        return Heard(told.event_uuid, objection)
    progress = standing.progress.get(lesson.pk)
    is_end = told.kind == EntryKind.DONE
    if is_end and (objection := objection_to_being_done(standing, lesson)):
        return Heard(told.event_uuid, objection)
    entry = _entry(standing, lesson, told, since)
    progress = _fold(standing, lesson, entry, by=by)
    if is_end and progress.completed_at is None:
        _complete(standing, lesson, progress, told.at, by=by)
    return Heard(told.event_uuid)


def _entry(standing: Standing, lesson: Lesson, told: Told, since: datetime) -> StudyEntry:
    """Write down what was told, and how much of it counts."""
    span = span_of(told.at, told.seconds, since)
    seconds = round(uncovered(span, _known_spans(standing.registration, span)))
    played = None
    if lesson.is_watched and told.watched_from is not None and told.watched_to is not None:
        lasts = float(lesson.seconds or 0)
        played = believed(told.watched_from, told.watched_to, seconds, lasts)
    return StudyEntry.objects.create(
        event_uuid=told.event_uuid,
        activity=standing.activity,
        registration=standing.registration,
        lesson=lesson,
        kind=told.kind,
        from_at=span[0],
        at=span[1],
        seconds=seconds,
        place=max(0, told.place),
        watched_from=played[0] if played else None,
        watched_to=played[1] if played else None,
    )


def _known_spans(registration: Registration, span: Span) -> list[Span]:
    rows = StudyEntry.objects.of(registration).filter(at__gt=span[0], from_at__lt=span[1])
    return list(rows.values_list("from_at", "at"))


def _fold(standing: Standing, lesson: Lesson, entry: StudyEntry, *, by: Actor) -> Progress:
    """Add an entry to what is known of the lesson; the latest moment says where to resume."""
    progress = standing.progress.get(lesson.pk)
    is_new = progress is None
    if progress is None:
        progress = Progress(
            activity=standing.activity,
            registration=standing.registration,
            lesson=lesson,
            begun_at=entry.from_at,
            heard_at=entry.from_at,
        )
        standing.progress[lesson.pk] = progress
    progress.seconds += entry.seconds
    if entry.watched_to is not None and entry.watched_from is not None:
        stretch = (entry.watched_from, entry.watched_to)
        progress.watched = [list(each) for each in merged([*progress.watched, stretch])]
    if entry.at >= progress.heard_at and entry.kind == EntryKind.HEARD:
        progress.heard_at, progress.place = entry.at, entry.place
    progress.save()
    if is_new:
        record(by, "lesson.begun", progress, details={"title": lesson.title})
    return progress


def _complete(
    standing: Standing, lesson: Lesson, progress: Progress, at: datetime, *, by: Actor
) -> None:
    progress.completed_at = at
    progress.save(update_fields=["completed_at"])
    place = standing.registration
    record(by, "lesson.completed", progress, details={"title": lesson.title})
    announce(LessonCompleted(lesson.pk, place.pk, place.activity_id))
    if standing.is_complete and lesson.is_required:
        record(by, "content.completed", progress, details={"lessons": len(standing.required)})
        announce(ContentCompleted(place.pk, place.activity_id))
