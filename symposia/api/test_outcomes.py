"""What tests came to: figures of the questions, and the same people before and after."""

import uuid
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.assessment.gain import Interval
from symposia.assessment.models import Purpose
from symposia.assessment.queries.outcomes import GainLine, ItemLine, figures_of, gains_of
from symposia.assessment.queries.tests import find_test

router = Router(tags=["tests"])
_VIEW = Permission.VIEW_EVALUATIONS


class ItemFiguresOut(Schema):
    """A question over everybody's first attempt."""

    question: uuid.UUID
    version: int
    answered: int
    difficulty: Decimal
    discrimination: Decimal | None


class StatisticsOut(Schema):
    """The figures of a test; nothing but the number of people while they are fewer than three."""

    people: int
    mean: Decimal | None
    alpha: Decimal | None
    is_kr20: bool | None
    items: list[ItemFiguresOut]


class GainOut(Schema):
    """Results of the same people before and after, in per cent, with 95 % intervals."""

    about: str
    words: str
    people: int
    before: Decimal
    after: Decimal
    difference: Decimal
    difference_low: Decimal | None
    difference_high: Decimal | None
    cohens_d: Decimal | None
    d_low: Decimal | None
    d_high: Decimal | None
    normalised: Decimal | None


class GainsOut(Schema):
    """Matched gain; no line while fewer than three people have handed in both tests."""

    people: int
    lines: list[GainOut]


@router.get(
    "/{uuid:activity_pk}/purposes/{purpose}/statistics",
    response=StatisticsOut,
    operation_id="statistics_of_test",
)
@allowed(_VIEW)
def statistics(request: Any, activity_pk: uuid.UUID, purpose: Purpose) -> dict[str, Any]:
    """How hard each question is and how well it tells people apart."""
    test = find_test(_activity(request, activity_pk), purpose)
    if test is None:
        raise Http404
    found = figures_of(test)
    return {
        "people": found.people,
        "mean": _round(found.mean),
        "alpha": _round(found.reliability.alpha) if found.reliability else None,
        "is_kr20": found.reliability.is_kr20 if found.reliability else None,
        "items": [_item(each) for each in found.items],
    }


@router.get("/{uuid:activity_pk}/gain", response=GainsOut, operation_id="gain_of_activity")
@allowed(_VIEW)
def gain(request: Any, activity_pk: uuid.UUID) -> dict[str, Any]:
    """How far the results of the same people differ from pre-test to post-test."""
    found = gains_of(_activity(request, activity_pk))
    groups = (
        ("test", [found.whole] if found.whole else []),
        ("objective", found.objectives),
        ("question", found.questions),
    )
    lines = [_gain(about, line) for about, several in groups for line in several]
    return {"people": found.people, "lines": lines}


def _activity(request: Any, pk: uuid.UUID) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, _VIEW), pk=pk)


def _item(line: ItemLine) -> dict[str, Any]:
    return {
        "question": line.worded.question.pk,
        "version": line.worded.version.number,
        "answered": line.figures.answered,
        "difficulty": _round(line.figures.difficulty),
        "discrimination": _round(line.figures.discrimination),
    }


def _gain(about: str, line: GainLine) -> dict[str, Any]:
    found = line.gain
    return {
        "about": about,
        "words": line.name,
        "people": found.people,
        "before": _round(found.before),
        "after": _round(found.after),
        "difference": _round(found.difference),
        "difference_low": _end(found.interval, "low"),
        "difference_high": _end(found.interval, "high"),
        "cohens_d": _round(found.effect),
        "d_low": _end(found.effect_interval, "low"),
        "d_high": _end(found.effect_interval, "high"),
        "normalised": _round(found.normalised),
    }


def _end(interval: Interval | None, end: str) -> Decimal | None:
    return _round(getattr(interval, end)) if interval else None


def _round(figure: float | None) -> Decimal | None:
    return None if figure is None else Decimal(str(round(figure, 2)))
