"""Tests of an activity, and where each learner stands with them."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.activities.reading import Batch, read_together, rows_of
from symposia.assessment.models import (
    Allowance,
    Attempt,
    AttemptResult,
    BankQuestion,
    KnowledgeTest,
    PartOfTest,
    Purpose,
)
from symposia.assessment.standing import Standing, Tried, fold_standing
from symposia.registrations.models import Registration

_ORDER = {Purpose.PRE: 0, Purpose.POST: 1, Purpose.FOLLOW_UP: 2}


def rows_of_tests(activity_id: uuid.UUID) -> QuerySet[KnowledgeTest]:
    """The tests of an activity."""
    return KnowledgeTest.objects.of(activity_id)


read_together(Batch.RAIL, rows_of_tests)


def tests_of(activity: Activity) -> list[KnowledgeTest]:
    """The tests of an activity in the order in which they are taken."""
    rows: list[KnowledgeTest] = rows_of(activity.pk, rows_of_tests)
    return sorted(rows, key=lambda each: _ORDER[Purpose(each.purpose)])


def tests_taken(activity: Activity) -> list[KnowledgeTest]:
    """Those that learners can take, or could."""
    return [each for each in tests_of(activity) if each.state != "draft"]


def find_test(activity: Activity, purpose: str) -> KnowledgeTest | None:
    """The test of an activity for one purpose."""
    return next((each for each in tests_of(activity) if each.purpose == purpose), None)


def parts_of(test: KnowledgeTest) -> list[PartOfTest]:
    """What a test asks, in order."""
    rows = PartOfTest.objects.filter(test=test).select_related("question", "objective")
    return list(rows.order_by("position"))


def pools_of(activity: Activity, parts: Sequence[PartOfTest]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """What each pool may draw now, by the part's id: published questions with its tag and its
    objective that measure an objective of the activity or none."""
    pools = [part for part in parts if part.question_id is None]
    if not pools:
        return {}
    taken_on = {each.pk for each in objectives_of(activity)}
    wanted = Q()
    for part in pools:
        wanted |= _wanted(part)
    found = list(BankQuestion.objects.asked().filter(wanted))
    fitting = [q for q in found if q.objective_id is None or q.objective_id in taken_on]
    return {part.pk: [q.pk for q in fitting if _fits(part, q)] for part in pools}


def _wanted(part: PartOfTest) -> Q:
    wanted = Q(tags__contains=[part.tag]) if part.tag else Q()
    return wanted & Q(objective=part.objective_id) if part.objective_id else wanted


def _fits(part: PartOfTest, question: BankQuestion) -> bool:
    has_tag = not part.tag or part.tag in question.tags
    return has_tag and part.objective_id in {None, question.objective_id}


def standings_of(registration: Registration) -> dict[str, Standing]:
    """Where a learner stands with each test of the activity that can be taken, by purpose."""
    tests = tests_taken(registration.activity)
    return _fold(tests, [registration.pk])[registration.pk] if tests else {}


def test_standing(activity: Activity, registration: Registration, purpose: str) -> Standing | None:
    """Where a learner stands with one test; nothing where the activity has none of the kind."""
    test = find_test(activity, purpose)
    if test is None or test.state == "draft":
        return None
    return _fold([test], [registration.pk])[registration.pk][purpose]


def test_waited_for(activity: Activity) -> KnowledgeTest | None:
    """The post-test that credit of an activity waits for now."""
    test = find_test(activity, Purpose.POST)
    return test if test and test.is_required and test.is_open else None


def registrations_met(activity: Activity, purpose: str) -> frozenset[uuid.UUID]:
    """Who of an activity passed its test of that purpose, or handed it in where nobody can fail."""
    test = find_test(activity, purpose)
    if test is None:
        return frozenset()
    done = AttemptResult.objects.filter(attempt__test=test)
    done = done.filter(passed=True) if test.pass_mark else done
    return frozenset(done.values_list("attempt__registration_id", flat=True))


def with_test_met(activity: Activity, rows: QuerySet[Registration]) -> QuerySet[Any]:
    """Registrations with whether they did what credit waits for, as `test_met`: passed it, or
    handed it in where nobody can fail."""
    test = test_waited_for(activity)
    if test is None:
        return rows.annotate(test_met=Value(value=True))
    done = AttemptResult.objects.filter(attempt__test=test, attempt__registration=OuterRef("pk"))
    return rows.annotate(test_met=Exists(done.filter(passed=True) if test.pass_mark else done))


def _fold(
    tests: Sequence[KnowledgeTest], registration_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, dict[str, Standing]]:
    tried = _grouped(_tried(tests, registration_ids), lambda each: each.attempt)
    given = _grouped(_allowances(tests, registration_ids), lambda each: each)
    return {
        pk: {
            test.purpose: fold_standing(
                test, tried.get((test.pk, pk), ()), given.get((test.pk, pk), ())
            )
            for test in tests
        }
        for pk in registration_ids
    }


def _tried(tests: Sequence[KnowledgeTest], registrations: Sequence[uuid.UUID]) -> Iterable[Tried]:
    rows: QuerySet[Any] = Attempt.objects.filter(test__in=tests, registration__in=registrations)
    came_to = {name: F(f"results__{name}") for name in ("finished_at", "percent", "passed")}
    for each in rows.annotate(**came_to).order_by("number", "pk"):
        yield Tried(each, each.finished_at, each.percent, each.passed)


def _allowances(
    tests: Sequence[KnowledgeTest], registrations: Sequence[uuid.UUID]
) -> Iterable[Allowance]:
    return Allowance.objects.filter(test__in=tests, registration__in=registrations).order_by(
        "given_at", "pk"
    )


def _grouped(rows: Iterable[Any], of: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        about = of(row)
        found.setdefault((about.test_id, about.registration_id), []).append(row)
    return found
