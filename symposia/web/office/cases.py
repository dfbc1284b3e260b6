"""A case in the office: its steps as cards, what is to be mended, its map, a try, its versions."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.learning.actions.cases import publish_case, write_case
from symposia.learning.case_rules import objection_to_removing_step
from symposia.learning.cases.document import (
    MINUTES,
    POINTS,
    CaseDocument,
    CaseStep,
    sha256_of,
)
from symposia.learning.cases.editing import with_step_at, without_step
from symposia.learning.cases.problems import Problem, problems_of
from symposia.learning.cases.reading import cases_seen, versions_of
from symposia.learning.cases.trying import tried, way_in, way_of
from symposia.learning.cases.walking import explored
from symposia.learning.models import Case
from symposia.learning.policies import objection_to_authoring
from symposia.learning.texts import blocks_of
from symposia.shared.refusals import refuse_if
from symposia.web.case_map import case_drawn
from symposia.web.case_player import OUTCOME_TONES, QUALITY_TONES, scene_of
from symposia.web.gates import requires
from symposia.web.office.asking import do, seen_in
from symposia.web.requests import UserRequest

SEES, PLANS = Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.PLAN_ACTIVITIES
PAGE, PREVIEW = "office/cases/case.html", "office/cases/preview.html"


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The steps as cards with their options in place, and what is to be mended, in words."""
    case = case_or_404(request, pk, SEES)
    document = case.document
    problems, versions = problems_of(document), versions_of(case)
    objection = objection_to_authoring(case.activity)
    context = {
        "case": case,
        "lesson": case.lesson,
        "document": document,
        "problems": [(each, document.step(each.step)) for each in problems],
        "cards": cards_of(document, problems),
        "drawn": case_drawn(document, wrong=frozenset(each.step for each in problems)),
        "versions": versions,
        "is_changed": not versions or versions[0].sha256 != sha256_of(document),
        "best": explored(document).best if not problems else None,
        "objection": objection,
        "may_author": request.access.holds(PLANS) and objection is None,
        "sees_paths": request.access.holds(Permission.VIEW_EVALUATIONS),
    }
    return render(request, PAGE, context)


def cards_of(document: CaseDocument, problems: list[Problem]) -> list[dict[str, Any]]:
    """What the card of each step says: its problems, its options, and what leads to it."""
    return [
        {
            "step": step,
            "problems": [each for each in problems if each.step == step.code],
            "blocks": blocks_of(step.text),
            "options": [
                (o, QUALITY_TONES[o.quality], _leads(document, o), blocks_of(o.rationale))
                for o in step.options
            ],
            "tone": OUTCOME_TONES[step.ending] if step.ending else "",
            "is_first": step == document.start,
        }
        for step in document.steps
    ]


def _leads(document: CaseDocument, option: Any) -> list[tuple[Any, CaseStep | None]]:
    """Where an option leads: each condition with its step, and the step without any."""
    turns = [(_condition(document, each), document.step(each.to)) for each in option.turns]
    return [*turns, ("", document.step(option.to))]


def _condition(document: CaseDocument, turn: Any) -> str:
    value = document.value(turn.value)
    named = {MINUTES: _("minutes passed"), POINTS: _("points")}.get(turn.value, "")
    return f"{value.label if value else named} {turn.compare.label} {turn.than}"


@require_GET
@requires(SEES)
def preview(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Go through the draft as a learner would; nothing of it is kept."""
    case = case_or_404(request, pk, SEES)
    document, way = case.document, way_in(request.GET.get("way", ""))
    walk = tried(document, way)
    context = {
        "case": case,
        "lesson": case.lesson,
        "scene": scene_of(document, walk) if walk else None,
        "way": way_of(way),
    }
    return render(request, PREVIEW, context)


@require_POST
@requires(PLANS)
def publish(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Freeze the case as its next version."""
    case = case_or_404(request, pk, PLANS)
    seen = seen_in(request)
    done = _("Published. A reviewer looks at it; learners who began go on as they began.")
    return do(
        request,
        lambda: publish_case(case, seen_version=seen, by=request.actor),
        reverse("case", args=[pk]),
        done,
    )


@require_POST
@requires(PLANS)
def step_remove(request: UserRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    """Take a step out; what led there is to be mended."""
    case = case_or_404(request, pk, PLANS)

    def act() -> None:
        refuse_if(objection_to_removing_step(case.document, code))
        _write(request, case, without_step(case.document, code))

    return do(request, act, reverse("case", args=[pk]))


@require_POST
@requires(PLANS)
def step_shift(request: UserRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    """One place up or down; the case begins with the first."""
    case = case_or_404(request, pk, PLANS)
    codes = [each.code for each in case.document.steps]
    place = codes.index(code) + 1 if code in codes else 1
    place += -1 if request.POST.get("shift") == "-1" else 1
    document = with_step_at(case.document, code, max(1, place))
    back = reverse("case", args=[pk])
    return do(request, lambda: _write(request, case, document), f"{back}#step-{code}")


def _write(request: UserRequest, case: Case, document: CaseDocument) -> None:
    write_case(case, document, seen_version=seen_in(request), by=request.actor)


def case_or_404(request: UserRequest, pk: uuid.UUID, permission: Permission) -> Case:
    """The case of a lesson, where one may see it."""
    return get_object_or_404(cases_seen(request.access, permission), lesson=pk)
