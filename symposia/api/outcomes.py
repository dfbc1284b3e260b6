"""The outcomes of an activity by Moore's levels, and figures from records by a file."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.assessment.actions.measures import check_measures, import_measures
from symposia.assessment.lists.measures import MEASURE_IMPORTS, MEASURES
from symposia.assessment.measure_rows import KIND
from symposia.assessment.outcome_printing import caution, evidence_in_words
from symposia.assessment.queries.levels import TITLES, Figure, outcomes_of
from symposia.assessment.queries.verdicts import GapVerdict
from symposia.work.imports.kept import kept_upload
from symposia.work.models import Import

router = Router(tags=["outcomes"])
list_route(router, MEASURES, "/measures")
list_route(router, MEASURE_IMPORTS, "/imports")
_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS


class FigureOut(Schema):
    """One figure of a level; without numbers where it is of too few people."""

    level: str
    level_title: str
    name: str
    people: int
    before: float | None
    value: float | None
    unit: str
    low: float | None
    high: float | None
    effect: float | None
    is_kept_back: bool
    how: str


class GapVerdictOut(Schema):
    """A gap with what the record says about it, and what that rests on."""

    gap: uuid.UUID
    number: str
    measure: str
    verdict: str
    evidence: str


class OutcomesOut(Schema):
    """The outcomes of an activity; `caution` is to be read before them."""

    activity: uuid.UUID
    caution: str
    figures: list[FigureOut]
    gaps: list[GapVerdictOut]


class MeasureImportOut(Schema):
    """A file of figures: how far it is, and how many rows meet which fate."""

    id: uuid.UUID
    state: str
    file_name: str
    counts: dict[str, int]


@router.get("/{uuid:activity_pk}", response=OutcomesOut, operation_id="outcomes_of_activity")
@allowed(_VIEW)
def outcomes(request: Any, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Every figure that can be told, and the verdict on each gap."""
    rows = Activity.objects.visible_to(request.access, _VIEW)
    activity = get_object_or_404(rows, pk=activity_pk)
    found = outcomes_of(activity, now())
    return {
        "activity": activity.pk,
        "caution": caution(),
        "figures": [_figure(each) for each in found.figures],
        "gaps": [_gap(each) for each in found.gaps],
    }


@router.post("/imports", response={201: MeasureImportOut}, operation_id="check_measures")
@allowed(_MANAGE)
def check(request: Any, file: File[UploadedFile]) -> Status[Any]:
    """The dry run of a file of figures: what each row would do."""
    by = request.actor
    with kept_upload(file, purpose=KIND, by=by) as (path, kept):
        made = check_measures(
            path,
            name=kept.name,
            access=request.access,
            storage_name=kept.storage_name,
            by=by,
        )
    return Status(201, made)


@router.post("/imports/{uuid:pk}/rows", response=MeasureImportOut, operation_id="import_measures")
@allowed(_MANAGE)
def bring_in(request: Any, pk: uuid.UUID) -> Import:
    """Bring in what the dry run showed."""
    made = get_object_or_404(MEASURE_IMPORTS.rows(request.access), pk=pk)
    return import_measures(made, access=request.access, by=request.actor)


def _figure(each: Figure) -> dict[str, Any]:
    number, title = TITLES[each.level]
    interval = each.interval
    return {
        "level": number,
        "level_title": str(title),
        "name": each.name,
        "people": each.people,
        "before": _two(each.before),
        "value": _two(each.value),
        "unit": each.unit,
        "low": _two(interval.low if interval else None),
        "high": _two(interval.high if interval else None),
        "effect": _two(each.effect),
        "is_kept_back": each.is_kept_back,
        "how": each.how,
    }


def _gap(each: GapVerdict) -> dict[str, Any]:
    return {
        "gap": each.gap.pk,
        "number": each.gap.number,
        "measure": each.measure,
        "verdict": each.verdict,
        "evidence": evidence_in_words(each),
    }


def _two(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 2)
