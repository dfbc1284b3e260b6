from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.assessment.events import AttemptsAllowed, KnowledgeTestOpened
from symposia.assessment.models import (
    Allowance,
    Feedback,
    KnowledgeTest,
    PartOfTest,
    Purpose,
    StateOfTest,
)
from symposia.assessment.policies.tests import (
    HAS_TEST,
    PartFacts,
    objection_to_allowing,
    objection_to_changing_test,
    objection_to_closing_test,
    objection_to_opening_test,
    objection_to_parts,
    objection_to_requiring,
)
from symposia.assessment.queries.tests import parts_of, pools_of
from symposia.audit.actions import record
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class TestFacts:
    """How a test is taken and how it counts."""

    __test__ = False  # nothing that pytest should collect

    pass_mark: int | None = None
    attempts: int = 1
    wait_hours: int = 0
    minutes: int | None = None
    shuffles_questions: bool = True
    shuffles_options: bool = True
    feedback: str = Feedback.AT_END
    is_required: bool = False
    after_days: int = 0
    what_next: str = ""


@transaction.atomic
def make_test(activity: Activity, purpose: Purpose, *, by: Actor) -> KnowledgeTest:
    """Give an activity a pre-test, a post-test or a follow-up, as a draft that asks nothing yet."""
    activity = Activity.objects.locked(activity.pk)
    there = KnowledgeTest.objects.of(activity.pk).filter(purpose=purpose).exists()

    refuse_if(HAS_TEST if there else None)

    # A post-test says whether something was learned: credit waits for it unless told otherwise.
    is_post = purpose == Purpose.POST
    test = KnowledgeTest.objects.create(
        activity=activity, purpose=purpose, is_required=is_post, made_at=now()
    )
    record(by, "test.made", test, details={"activity": activity.number})
    return test


@transaction.atomic
def change_test(
    test: KnowledgeTest,
    facts: TestFacts,
    parts: Sequence[PartFacts],
    *,
    seen_version: int,
    by: Actor,
) -> KnowledgeTest:
    """Say what a test asks, how it is taken and how it counts, before anybody takes it."""
    test = KnowledgeTest.objects.locked(test.pk)

    refuse_if(objection_to_changing_test(test))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=test.version))
    refuse_if(objection_to_requiring(test, is_required=facts.is_required))
    refuse_if(objection_to_parts(parts, objectives_of(test.activity)))

    changes = put_values(test, asdict(facts))
    if _parts_said(parts) != _parts_kept(test):
        changes.append({"field": "parts", "was": "", "now": len(parts)})
        test.version += 0 if len(changes) > 1 else 1
        _write_parts(test, parts)
    if not changes:
        return test
    test.save()
    record(by, "test.changed", test, details={"changes": changes})
    return test


_Part = tuple[UUID | None, str, UUID | None, int]


def _parts_said(parts: Sequence[PartFacts]) -> list[_Part]:
    """What is said of each part, as it is kept."""
    return [
        (part.question.pk, "", None, 1)
        if part.question
        else (
            None,
            part.tag.strip().casefold(),
            part.objective.pk if part.objective else None,
            part.count,
        )
        for part in parts
    ]


def _parts_kept(test: KnowledgeTest) -> list[_Part]:
    return [(p.question_id, p.tag, p.objective_id, p.count) for p in parts_of(test)]


def _write_parts(test: KnowledgeTest, parts: Sequence[PartFacts]) -> None:
    PartOfTest.objects.filter(test=test).delete()
    PartOfTest.objects.bulk_create(
        PartOfTest(
            test=test,
            position=position,
            question_id=question,
            tag=tag,
            objective_id=objective,
            count=count,
        )
        for position, (question, tag, objective, count) in enumerate(_parts_said(parts), start=1)
    )


@transaction.atomic
def open_test(test: KnowledgeTest, *, by: Actor) -> KnowledgeTest:
    """Let learners take it; from now on it asks and counts as it does."""
    test = KnowledgeTest.objects.locked(test.pk)
    parts = parts_of(test)

    refuse_if(objection_to_opening_test(test, parts, pools_of(test.activity, parts)))

    test.move(StateOfTest.OPEN, version=test.version + 1)
    record(by, "test.opened", test)
    announce(KnowledgeTestOpened(test.activity_id, test.purpose))
    return test


@transaction.atomic
def close_test(test: KnowledgeTest, *, reason: str, by: Actor) -> KnowledgeTest:
    """Let nobody begin it any more, and credit wait for it no longer. What was begun goes on."""
    test = KnowledgeTest.objects.locked(test.pk)

    refuse_if(objection_to_closing_test(test))

    test.move(StateOfTest.CLOSED, version=test.version + 1)
    record(by, "test.closed", test, reason=reason)
    return test


@dataclass(frozen=True)
class Extra:
    """What is allowed beyond what a test allows everybody, and why."""

    minutes: int = 0
    attempts: int = 0
    reason: str = ""


@transaction.atomic
def allow_more(
    test: KnowledgeTest, registration: Registration, extra: Extra, *, by: Actor
) -> Allowance:
    """Give one learner more time for each attempt, or more attempts, for a reason."""
    test = KnowledgeTest.objects.locked(test.pk)

    refuse_if(objection_to_allowing(extra.minutes, extra.attempts, extra.reason))

    allowance = Allowance.objects.create(
        activity_id=test.activity_id,
        test=test,
        registration=registration,
        extra_minutes=extra.minutes,
        extra_attempts=extra.attempts,
        reason=extra.reason.strip(),
        given_at=now(),
        given_by_name=by.name,
    )
    record(by, "test.more_allowed", allowance, reason=allowance.reason)
    if extra.attempts and test.is_open:
        told = (registration.pk, test.activity_id, test.purpose, extra.attempts)
        announce(AttemptsAllowed(*told))
    return allowance
