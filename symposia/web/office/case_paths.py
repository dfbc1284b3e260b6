"""Which ways learners took through a case: the map with figures, and the same step by step."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.assessment.models import FEWEST_SHOWN
from symposia.learning.cases.paths import Gone, Paths, paths_in
from symposia.learning.cases.reading import versions_of
from symposia.learning.models import CaseRun
from symposia.web.case_map import case_drawn
from symposia.web.case_player import OUTCOME_TONES, QUALITY_TONES
from symposia.web.gates import requires
from symposia.web.office.cases import case_or_404
from symposia.web.requests import UserRequest

SEES = Permission.VIEW_EVALUATIONS
PAGE = "office/cases/paths.html"


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """How many went where in a version; what single people did is not told."""
    case = case_or_404(request, pk, SEES)
    versions = versions_of(case)
    context: dict[str, Any] = {
        "case": case,
        "lesson": case.lesson,
        "versions": versions,
        "fewest": FEWEST_SHOWN,
        "sees_runs": request.access.holds(Permission.VIEW_ATTENDANCE),
    }
    if versions:
        wanted = request.GET.get("version", "")
        version = next((each for each in versions if str(each.number) == wanted), versions[0])
        paths = paths_in(version, CaseRun.objects.visible_to(request.access, SEES))
        context |= {
            "paths": paths,
            "rows": [
                (each, OUTCOME_TONES.get(each.step.ending or "", ""), _options(each))
                for each in paths.steps
            ],
            "drawn": _drawn(paths),
        }
    return render(request, PAGE, context)


def _options(gone: Gone) -> list[tuple[Any, str, int | None]]:
    """Each option of a step with how many decided so, as far as that is told."""
    return [(each, QUALITY_TONES[each.quality], gone.by(each.code)) for each in gone.step.options]


def _drawn(paths: Paths) -> Any:
    came = {
        each.step.code: _("kept back") if each.came is None else str(each.came)
        for each in paths.steps
    }
    went: dict[tuple[str, str], int] = {}
    for gone in paths.steps:
        for way in gone.ways if gone.is_shown else ():
            went[way.step, way.to] = went.get((way.step, way.to), 0) + way.learners
    said = {key: str(number) for key, number in went.items()}
    return case_drawn(paths.document, came=came, went=said)
