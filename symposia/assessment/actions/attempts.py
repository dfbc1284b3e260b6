"""A learner takes a test: begins, answers, hands in. What was kept never changes."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import now

from symposia.assessment.drawing import draw, order_of
from symposia.assessment.events import AttemptFinished
from symposia.assessment.models import (
    AnswerSaved,
    Attempt,
    AttemptItem,
    AttemptResult,
    ItemScore,
    KnowledgeTest,
)
from symposia.assessment.policies.tests import (
    NO_TEST,
    objection_to_answering,
    objection_to_beginning,
    objection_to_choice,
    objection_to_handing_in,
)
from symposia.assessment.queries.attempts import AttemptAsked, attempt_asked
from symposia.assessment.queries.bank import asked_versions
from symposia.assessment.queries.tests import parts_of, pools_of, test_standing
from symposia.assessment.scoring import Chosen, percent_of, score
from symposia.assessment.standing import GRACE, is_over
from symposia.audit.actions import record, record_each
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import Refused, needed, refuse_if

_SEED_BITS = 48


@transaction.atomic
def begin_attempt(registration: Registration, purpose: str, *, by: Actor) -> Attempt:
    """Draw the questions of an attempt and start its clock."""
    registration = Registration.objects.select_related("activity").locked(registration.pk)
    standing = test_standing(registration.activity, registration, purpose)
    at = now()

    refuse_if(objection_to_beginning(registration, standing, at=at))
    standing = needed(standing, NO_TEST)

    minutes = standing.minutes
    attempt = Attempt.objects.create(
        activity_id=registration.activity_id,
        test=standing.test,
        registration=registration,
        number=standing.attempts_used + 1,
        seed=secrets.randbits(_SEED_BITS),
        started_at=at,
        ends_at=at + timedelta(minutes=minutes) if minutes else None,
    )
    _draw_items(attempt, standing.test)
    if attempt.ends_at:
        after = attempt.ends_at + GRACE - at + timedelta(seconds=1)
        defer_named("assessment.time_over", after=after, attempt_id=str(attempt.pk))
    record(by, "attempt.begun", attempt, details={"number": attempt.number})
    return attempt


def _draw_items(attempt: Attempt, test: KnowledgeTest) -> None:
    parts = parts_of(test)
    pools = pools_of(attempt.registration.activity, parts)
    drawn = draw(test, parts, pools, seed=attempt.seed)
    asked = asked_versions(drawn)
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            position=place,
            wording=asked[question_id].version,
            shown=order_of(
                asked[question_id].question.kind,
                asked[question_id].options,
                shuffles=test.shuffles_options,
                seed=attempt.seed,
                place=place,
            ),
        )
        for place, question_id in enumerate(drawn, start=1)
    )


@dataclass(frozen=True)
class Saving:
    """An answer as a page sends it: which question, what, under which id, as the how manieth."""

    position: int
    given: Chosen
    event_uuid: uuid.UUID = field(default_factory=uuid.uuid4)
    sequence: int | None = None


@transaction.atomic
def save_answer(attempt: Attempt, saving: Saving, *, by: Actor) -> None:
    """Keep an answer. The same one sent twice is kept once; one that a phone kept while it had no
    network does not overwrite a later one."""
    attempt, asked = _locked(attempt)
    at = now()
    item = next((i for i in asked.items if i.item.position == saving.position), None)

    if AnswerSaved.objects.filter(event_uuid=saving.event_uuid).exists():
        return
    is_answered = item is not None and not item.given.is_empty
    refuse_if(objection_to_answering(attempt, asked.result, is_answered=is_answered, at=at))
    _refuse_what_was_not_offered(asked, {saving.position: saving.given})

    _keep(asked, {saving.position: saving}, at, by=by)


@transaction.atomic
def hand_in_attempt(
    attempt: Attempt, given: Mapping[int, Chosen], *, anyway: bool = False, by: Actor
) -> AttemptResult:
    """Score an attempt with what was answered last. What comes after the time does not count."""
    attempt, asked = _locked(attempt)
    at = now()
    late = is_over(attempt, at)
    if not late:
        _refuse_what_was_not_offered(asked, given)
    new = {} if late else _changed(asked, given)
    left = sum(
        new[i.item.position].given.is_empty if i.item.position in new else i.given.is_empty
        for i in asked.items
    )

    refuse_if(objection_to_handing_in(asked.result, unanswered=left, anyway=anyway or late))

    if new:
        _keep(asked, new, at, by=by)
        asked = attempt_asked(attempt)
    return _score(attempt, asked, ran_out=late, at=at, by=by)


@transaction.atomic
def end_overdue_attempt(attempt: Attempt, *, by: Actor) -> AttemptResult | None:
    """Score an attempt whose time is over with what was kept until then; nothing to do where it
    was handed in."""
    attempt, asked = _locked(attempt)
    at = now()

    if asked.result is not None or not is_over(attempt, at):
        return None
    return _score(attempt, asked, ran_out=True, at=at, by=by)


def _locked(attempt: Attempt) -> tuple[Attempt, AttemptAsked]:
    """The attempt with its place held: one thing at a time happens to it."""
    Registration.objects.locked(attempt.registration_id)
    attempt = Attempt.objects.select_related("test").get(pk=attempt.pk)
    return attempt, attempt_asked(attempt)


def _refuse_what_was_not_offered(asked: AttemptAsked, given: Mapping[int, Chosen]) -> None:
    counts = {each.item.position: len(each.worded.options) for each in asked.items}
    for position, said in given.items():
        refuse_if(objection_to_choice(said.positions, counts.get(position, -1)))


def _changed(asked: AttemptAsked, given: Mapping[int, Chosen]) -> dict[int, Saving]:
    """The answers that are others than those kept; what stands is handed in as it stands."""
    kept = {each.item.position: each.given for each in asked.items}
    stands = asked.attempt.test.feedback == "at_once"
    return {
        position: Saving(position, said)
        for position, said in given.items()
        if said != kept[position] and not (stands and not kept[position].is_empty)
    }


def _keep(asked: AttemptAsked, savings: Mapping[int, Saving], at: datetime, *, by: Actor) -> None:
    items = {each.item.position: each.item for each in asked.items}
    kept = AnswerSaved.objects.bulk_create(
        AnswerSaved(
            event_uuid=each.event_uuid,
            item=items[position],
            sequence=asked.sequence + 1 if each.sequence is None else each.sequence,
            chosen=list(each.given.positions),
            text=each.given.text[:500],
            saved_at=at,
        )
        for position, each in savings.items()
    )
    record_each(by, "attempt.answered", kept)


def _score(
    attempt: Attempt, asked: AttemptAsked, *, ran_out: bool, at: datetime, by: Actor
) -> AttemptResult:
    if not asked.items:
        raise Refused(NO_TEST)
    points = [score(each.worded.key, each.given) for each in asked.items]
    percent, mark = percent_of(points), attempt.test.pass_mark
    ItemScore.objects.bulk_create(
        ItemScore(
            item=each.item,
            points=earned,
            chosen=list(each.given.positions),
            text=each.given.text[:500],
        )
        for each, earned in zip(asked.items, points, strict=True)
    )
    result = AttemptResult.objects.create(
        activity_id=attempt.activity_id,
        attempt=attempt,
        finished_at=at,
        ran_out=ran_out,
        points=sum(points, Decimal(0)),
        out_of=len(points),
        percent=percent,
        passed=percent >= mark if mark else None,
    )
    details = {"percent": str(percent), "passed": result.passed, "ran_out": ran_out}
    record(by, "attempt.finished", result, details=details)
    announce(
        AttemptFinished(
            attempt.registration_id,
            attempt.activity_id,
            attempt.test.purpose,
            result.passed,
            attempt.pk,
        )
    )
    return result
