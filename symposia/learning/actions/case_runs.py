"""A learner goes through a case: begins, asks, decides. What was done never changes."""

import uuid
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.learning.actions.studying import Told, keep_studying
from symposia.learning.case_rules import (
    CASE_NOT_READY,
    NOT_BEGUN,
    objection_to_asking,
    objection_to_deciding,
)
from symposia.learning.cases.document import CaseOutcome
from symposia.learning.cases.reading import Playing, latest_run, playing
from symposia.learning.cases.walking import Passed, after_deciding, leads_to, percent_of
from symposia.learning.events import CaseEnded
from symposia.learning.models import CaseMove, CaseResult, CaseRun, EntryKind, Lesson, MoveKind
from symposia.learning.policies import objection_to_studying
from symposia.learning.queries import place_held
from symposia.learning.standing import standing_of
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if


@transaction.atomic
def begin_case_run(registration: Registration, lesson: Lesson, *, by: Actor) -> CaseRun:
    """Begin a case, or go on with what was begun and is not at its end."""
    registration = _may_play(registration, lesson)
    latest = latest_run(registration, lesson)
    if latest and not playing(latest).is_over:
        return latest

    run = CaseRun.objects.create(
        activity_id=lesson.activity_id,
        registration=registration,
        lesson=lesson,
        case_version=needed(lesson.case, CASE_NOT_READY),
        number=latest.number + 1 if latest else 1,
        begun_at=now(),
    )
    record(by, "case_run.begun", run, details={"number": run.number})
    keep_studying(registration, lesson, [Told(uuid.uuid4(), EntryKind.HEARD, run.begun_at)], by=by)
    return run


@transaction.atomic
def ask_for_finding(
    registration: Registration, lesson: Lesson, step: str, finding: str, *, by: Actor
) -> Playing:
    """Ask for a finding at a step. The same asked for twice is asked for once."""
    registration = _may_play(registration, lesson)
    now_playing = _playing(registration, lesson)
    if _is_known(now_playing, MoveKind.ASKED, step, finding):
        return now_playing
    refuse_if(objection_to_asking(now_playing.walk, step, finding))

    move = _moved(now_playing, MoveKind.ASKED, step, finding)
    record(by, "case_finding.asked", move)
    keep_studying(registration, lesson, [_studied(now_playing, move.at)], by=by)
    return playing(now_playing.run)


@transaction.atomic
def decide_in_case(
    registration: Registration, lesson: Lesson, step: str, option: str, *, by: Actor
) -> Playing:
    """Decide at a step and come to the next one. The same answer sent twice is one; at an end the
    case has its score, and the lesson is done where that is enough."""
    registration = _may_play(registration, lesson)
    before = _playing(registration, lesson)
    if _is_known(before, MoveKind.DECIDED, step, option):
        return before
    refuse_if(objection_to_deciding(before.walk, step, option))

    move = _moved(before, MoveKind.DECIDED, step, option)
    record(by, "case_step.decided", move)
    told = [_studied(before, move.at)]
    after = playing(before.run)
    here = after.walk.here
    if here.step.ending:
        result = _end(before.run, here, here.step.ending, move.at, by=by)
        after = replace(after, result=result)
        told.append(Told(uuid.uuid4(), EntryKind.DONE, move.at))
    # Where the score or the time is not enough, the page says so and the way stays.
    keep_studying(registration, lesson, told, by=by)
    return after


def _may_play(registration: Registration, lesson: Lesson) -> Registration:
    """The place, held, of somebody who may study this lesson now."""
    held = place_held(registration.pk)
    refuse_if(objection_to_studying(standing_of(held), lesson, at=now()))
    return held


def _playing(registration: Registration, lesson: Lesson) -> Playing:
    return playing(needed(latest_run(registration, lesson), NOT_BEGUN))


def _is_known(known: Playing, kind: str, step: str, choice: str) -> bool:
    done = {(each.kind, each.step_code, each.choice_code) for each in known.moves}
    return (kind, step, choice) in done


def _moved(before: Playing, kind: MoveKind, step: str, choice: str) -> CaseMove:
    here = before.walk.here
    option = here.step.option(choice) if kind == MoveKind.DECIDED else None
    return CaseMove.objects.create(
        activity_id=before.run.activity_id,
        run=before.run,
        position=len(before.moves) + 1,
        kind=kind,
        step_code=step,
        choice_code=choice,
        next_code=leads_to(option, after_deciding(here.patient, option)) if option else "",
        at=now(),
    )


def _studied(before: Playing, at: datetime) -> Told:
    """The time since what was done before; a moment that a device tells of too counts once."""
    since = before.moves[-1].at if before.moves else before.run.begun_at
    return Told(uuid.uuid4(), EntryKind.HEARD, at, (at - since).total_seconds())


def _end(
    run: CaseRun, after: Passed, ending: CaseOutcome, at: datetime, *, by: Actor
) -> CaseResult:
    result = CaseResult.objects.create(
        activity_id=run.activity_id,
        run=run,
        ending_code=after.step.code,
        outcome=ending,
        points=after.patient.points,
        percent=percent_of(after.patient.points, run.case_version.best),
        minutes=after.patient.minutes,
        ended_at=at,
    )
    record(by, "case_run.ended", result, details={"percent": result.percent})
    announce(CaseEnded(run.pk, run.registration_id, run.lesson_id, result.percent))
    return result
