"""Cases: written and published as documents, gone through step by step, and the ways taken."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from symposia.accounts.permissions import Permission
from symposia.api.case_out import (
    CaseAskingIn,
    CaseCheckIn,
    CaseDecisionIn,
    CaseDraftIn,
    CaseOut,
    CasePathsOut,
    CaseProblemOut,
    CasePublicationIn,
    CaseRunIn,
    CaseRunOut,
    case_out,
    problems_out,
    run_out,
)
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.learning.actions.case_runs import (
    ask_for_finding,
    begin_case_run,
    decide_in_case,
)
from symposia.learning.actions.cases import publish_case, write_case
from symposia.learning.cases.paths import paths_in
from symposia.learning.cases.reading import (
    Playing,
    cases_seen,
    latest_run,
    playing,
    versions_seen,
)
from symposia.learning.lists import CASE_RUNS
from symposia.learning.models import Case, CaseRun, Lesson
from symposia.registrations.models import Registration

router = Router(tags=["courses"])
list_route(router, CASE_RUNS, "/runs")
SEES, PLANS = Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.PLAN_ACTIVITIES
FIGURES, OFFICE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_REGISTRATIONS


@router.get("/{uuid:lesson_pk}", response=CaseOut, operation_id="case")
@allowed(SEES)
def show(request: Any, lesson_pk: uuid.UUID) -> dict[str, Any]:
    """A case with what is to be mended and its versions."""
    return case_out(_case(request, lesson_pk, SEES))


@router.put("/{uuid:lesson_pk}", response=CaseOut, operation_id="write_case")
@allowed(PLANS)
def write(request: Any, lesson_pk: uuid.UUID, body: CaseDraftIn) -> dict[str, Any]:
    """Keep the draft of a case, with whatever is not right yet."""
    case = _case(request, lesson_pk, PLANS)
    return case_out(
        write_case(case, body.content, seen_version=body.seen_version, by=request.actor)
    )


@router.post("/checks", response=list[CaseProblemOut], operation_id="check_case")
@allowed(PLANS)
def check(request: Any, body: CaseCheckIn) -> list[dict[str, Any]]:
    """Look at a case without keeping it: what would be to mend."""
    return problems_out(body.content)


@router.post("/{uuid:lesson_pk}/versions", response={201: CaseOut}, operation_id="publish_case")
@allowed(PLANS)
def publish(request: Any, lesson_pk: uuid.UUID, body: CasePublicationIn) -> Status[dict[str, Any]]:
    """Freeze the draft as the next version."""
    case = _case(request, lesson_pk, PLANS)
    publish_case(case, seen_version=body.seen_version, by=request.actor)
    return Status(201, case_out(case))


@router.get(
    "/{uuid:lesson_pk}/paths/{int:number}", response=CasePathsOut, operation_id="case_paths"
)
@allowed(FIGURES)
def paths(request: Any, lesson_pk: uuid.UUID, number: int) -> dict[str, Any]:
    """How many learners went which way through a version."""
    case = _case(request, lesson_pk, FIGURES)
    if not 0 < number < 32_768:
        raise Http404
    version = get_object_or_404(versions_seen(case), number=number)
    found = paths_in(version, CaseRun.objects.visible_to(request.access, FIGURES))
    return {
        "version": number,
        "begun": found.begun,
        "percent": found.percent,
        "steps": [
            {
                "step": each.step.code,
                "title": each.step.title,
                "came": each.came,
                "left": each.left,
                "ways": [
                    {"option": option.code, "learners": each.by(option.code)}
                    for option in each.step.options
                ],
            }
            for each in found.steps
        ],
    }


@router.get(
    "/{uuid:lesson_pk}/runs/{uuid:registration_pk}",
    response=CaseRunOut,
    operation_id="case_run",
)
@allowed(Permission.VIEW_ATTENDANCE)
def run(request: Any, lesson_pk: uuid.UUID, registration_pk: uuid.UUID) -> dict[str, Any]:
    """Where a learner is in a case."""
    lesson = _lesson(request, lesson_pk, Permission.VIEW_ATTENDANCE)
    place = _place(request, registration_pk, lesson, Permission.VIEW_ATTENDANCE)
    found = latest_run(place, lesson)
    if found is None:
        raise Http404
    return run_out(playing(found))


@router.post("/{uuid:lesson_pk}/runs", response={201: CaseRunOut}, operation_id="begin_case_run")
@allowed(OFFICE)
def begin(request: Any, lesson_pk: uuid.UUID, body: CaseRunIn) -> Status[dict[str, Any]]:
    """Begin a case for a learner, or go on with what they began."""

    def act(place: Registration, lesson: Lesson) -> Playing:
        return playing(begin_case_run(place, lesson, by=request.actor))

    return Status(201, _play(request, lesson_pk, body, act))


@router.post(
    "/{uuid:lesson_pk}/findings", response={201: CaseRunOut}, operation_id="ask_for_finding"
)
@allowed(OFFICE)
def asking(request: Any, lesson_pk: uuid.UUID, body: CaseAskingIn) -> Status[dict[str, Any]]:
    """Ask for a finding; the same twice is once."""

    def act(place: Registration, lesson: Lesson) -> Playing:
        return ask_for_finding(place, lesson, body.step, body.finding, by=request.actor)

    return Status(201, _play(request, lesson_pk, body, act))


@router.post(
    "/{uuid:lesson_pk}/decisions", response={201: CaseRunOut}, operation_id="decide_in_case"
)
@allowed(OFFICE)
def deciding(request: Any, lesson_pk: uuid.UUID, body: CaseDecisionIn) -> Status[dict[str, Any]]:
    """Decide; the same answer twice is one."""

    def act(place: Registration, lesson: Lesson) -> Playing:
        return decide_in_case(place, lesson, body.step, body.option, by=request.actor)

    return Status(201, _play(request, lesson_pk, body, act))


def _play(
    request: Any,
    lesson_pk: uuid.UUID,
    body: CaseRunIn,
    act: Callable[[Registration, Lesson], Playing],
) -> dict[str, Any]:
    lesson = _lesson(request, lesson_pk, OFFICE)
    return run_out(act(_place(request, body.registration, lesson, OFFICE), lesson))


def _case(request: Any, lesson_pk: uuid.UUID, permission: Permission) -> Case:
    return get_object_or_404(cases_seen(request.access, permission), lesson=lesson_pk)


def _lesson(request: Any, pk: uuid.UUID, permission: Permission) -> Lesson:
    rows = Lesson.objects.visible_to(request.access, permission).cases()
    return get_object_or_404(rows.with_content(), pk=pk)


def _place(request: Any, pk: uuid.UUID, lesson: Lesson, permission: Permission) -> Registration:
    rows = Registration.objects.visible_to(request.access, permission).of(lesson.activity)
    return get_object_or_404(rows.with_people(), pk=pk)
