"""Tests of activities: made, opened, closed; more time for one learner; results."""

import uuid
from typing import Annotated, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.assessment.actions.tests import (
    Extra,
    TestFacts,
    allow_more,
    change_test,
    close_test,
    make_test,
    open_test,
)
from symposia.assessment.lists.results import TEST_RESULTS
from symposia.assessment.models import BankQuestion, Feedback, KnowledgeTest, Purpose
from symposia.assessment.policies.tests import PartFacts
from symposia.assessment.queries.tests import find_test, parts_of, tests_of
from symposia.curriculum.models import Objective
from symposia.registrations.models import Registration

router = Router(tags=["tests"])
list_route(router, TEST_RESULTS, "/results")
_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS
_WORDS = r"^[^\x00]*$"


class PartIn(Schema):
    """One question, or so many drawn from those with a tag, an objective, or both."""

    question: uuid.UUID | None = None
    tag: str = Field("", max_length=40, pattern=_WORDS)
    objective: uuid.UUID | None = None
    count: int = Field(1, ge=1, le=100)


class TestIn(Schema):
    """How a test is taken, how it counts and what it asks; `seen_version` as it was read."""

    model_config = ConfigDict(extra="forbid")

    pass_mark: int | None = Field(None, ge=1, le=100)
    attempts: int = Field(1, ge=1, le=20)
    wait_hours: int = Field(0, ge=0, le=2000)
    minutes: int | None = Field(None, ge=1, le=1000)
    shuffles_questions: bool = True
    shuffles_options: bool = True
    feedback: Feedback = Feedback.AT_END
    is_required: bool = False
    after_days: int = Field(0, ge=0, le=1000)
    what_next: str = Field("", max_length=500, pattern=_WORDS)
    parts: list[PartIn] = Field(default_factory=list, max_length=100)
    seen_version: int = Field(ge=1, le=2_000_000_000)


class ClosingIn(Schema):
    """Why nobody begins the test any more."""

    reason: str = Field(min_length=1, max_length=2000, pattern=_WORDS)


class AllowanceIn(Schema):
    """What one learner is allowed beyond everybody else, and why."""

    registration: uuid.UUID
    minutes: int = Field(0, ge=0, le=600)
    attempts: int = Field(0, ge=0, le=10)
    reason: str = Field(min_length=1, max_length=500, pattern=_WORDS)


class TestPartOut(Schema):
    question: uuid.UUID | None
    tag: str
    objective: uuid.UUID | None
    count: int


class TestOut(Schema):
    """A test as it stands."""

    id: uuid.UUID
    purpose: str
    state: str
    pass_mark: int | None
    attempts: int
    wait_hours: int
    minutes: int | None
    shuffles_questions: bool
    shuffles_options: bool
    feedback: str
    is_required: bool
    after_days: int
    what_next: str
    parts: list[TestPartOut]
    version: int


class AllowanceOut(Schema):
    id: uuid.UUID
    extra_minutes: int
    extra_attempts: int
    reason: str


_Purpose = Annotated[Purpose, Field(description="Before, after, or long after the activity.")]


@router.get("/{uuid:activity_pk}", response=list[TestOut], operation_id="tests_of_activity")
@allowed(_VIEW)
def listed(request: Any, activity_pk: uuid.UUID) -> list[dict[str, Any]]:
    """The tests of an activity."""
    return [_out(each) for each in tests_of(_activity(request, activity_pk, _VIEW))]


@router.post(
    "/{uuid:activity_pk}/purposes/{purpose}",
    response={201: TestOut},
    operation_id="make_knowledge_test",
)
@allowed(_MANAGE)
def make(request: Any, activity_pk: uuid.UUID, purpose: _Purpose) -> Status[Any]:
    """Give an activity a test, as a draft that asks nothing yet."""
    activity = _activity(request, activity_pk, _MANAGE)
    return Status(201, _out(make_test(activity, purpose, by=request.actor)))


@router.put(
    "/{uuid:activity_pk}/purposes/{purpose}",
    response=TestOut,
    operation_id="change_knowledge_test",
)
@allowed(_MANAGE)
def change(request: Any, activity_pk: uuid.UUID, purpose: _Purpose, body: TestIn) -> dict[str, Any]:
    """Say what it asks, how it is taken and how it counts, before anybody takes it."""
    test = _test(request, activity_pk, purpose)
    facts = TestFacts(**body.dict(exclude={"parts", "seen_version"}))
    parts = [_part(request, each) for each in body.parts]
    seen = body.seen_version
    return _out(change_test(test, facts, parts, seen_version=seen, by=request.actor))


@router.post(
    "/{uuid:activity_pk}/purposes/{purpose}/opening",
    response=TestOut,
    operation_id="open_knowledge_test",
)
@allowed(_MANAGE)
def open_(request: Any, activity_pk: uuid.UUID, purpose: _Purpose) -> dict[str, Any]:
    """Let learners take it."""
    return _out(open_test(_test(request, activity_pk, purpose), by=request.actor))


@router.post(
    "/{uuid:activity_pk}/purposes/{purpose}/closing",
    response=TestOut,
    operation_id="close_knowledge_test",
)
@allowed(_MANAGE)
def close(
    request: Any, activity_pk: uuid.UUID, purpose: _Purpose, body: ClosingIn
) -> dict[str, Any]:
    """Let nobody begin it any more; credit waits for it no longer."""
    test = _test(request, activity_pk, purpose)
    return _out(close_test(test, reason=body.reason, by=request.actor))


@router.post(
    "/{uuid:activity_pk}/purposes/{purpose}/allowances",
    response={201: AllowanceOut},
    operation_id="allow_more_at_test",
)
@allowed(_MANAGE)
def allow(
    request: Any, activity_pk: uuid.UUID, purpose: _Purpose, body: AllowanceIn
) -> Status[Any]:
    """Give one learner more time or attempts."""
    activity = _activity(request, activity_pk, Permission.VIEW_CREDITS)
    people = Registration.objects.of(activity).confirmed()
    registration = get_object_or_404(people, pk=body.registration)
    extra = Extra(body.minutes, body.attempts, body.reason)
    test = _test(request, activity_pk, purpose)
    return Status(201, allow_more(test, registration, extra, by=request.actor))


def _activity(request: Any, pk: uuid.UUID, permission: Permission) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, permission), pk=pk)


def _test(
    request: Any, activity_pk: uuid.UUID, purpose: Purpose, permission: Permission = _MANAGE
) -> KnowledgeTest:
    test = find_test(_activity(request, activity_pk, permission), purpose)
    if test is None:
        raise Http404
    return test


def _part(request: Any, body: PartIn) -> PartFacts:
    questions = BankQuestion.objects.visible_to(request.access)
    objectives = Objective.objects.visible_to(request.access)
    return PartFacts(
        get_object_or_404(questions, pk=body.question) if body.question else None,
        body.tag,
        get_object_or_404(objectives, pk=body.objective) if body.objective else None,
        body.count,
    )


def _out(test: KnowledgeTest) -> dict[str, Any]:
    names = [name for name in TestOut.model_fields if name != "parts"]
    parts = [
        {
            "question": part.question_id,
            "tag": part.tag,
            "objective": part.objective_id,
            "count": part.count,
        }
        for part in parts_of(test)
    ]
    return {name: getattr(test, name) for name in names} | {"parts": parts}
