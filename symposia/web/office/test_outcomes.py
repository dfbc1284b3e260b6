"""What tests came to: figures of each question, and the same people before and after."""

import uuid
from collections.abc import Iterator, Sequence

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.assessment.queries.outcomes import (
    FEW,
    GainLine,
    Gains,
    ItemLine,
    TestFigures,
    figures_of,
    gains_of,
)
from symposia.assessment.queries.tests import find_test
from symposia.audit.actions import record
from symposia.shared.sheets import csv_chunks, csv_head
from symposia.web.dumbbells import dumbbell
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.knowledge_tests import TAB
from symposia.web.requests import UserRequest

_VIEW = Permission.VIEW_EVALUATIONS


@require_GET
@requires(_VIEW)
def statistics(request: UserRequest, pk: uuid.UUID, purpose: str) -> HttpResponse:
    """How hard each question is, how well it tells people apart, which answers were chosen."""
    activity = activity_or_404(request, pk, _VIEW)
    figures = _figures(activity, purpose)
    context = {
        **frame_of(request, activity, TAB),
        "figures": figures,
        "test": figures.test,
        "few": FEW,
        "items": [{"line": each, "answers": _answers(each)} for each in figures.items],
    }
    return render(request, "office/tests/statistics.html", context)


@require_GET
@requires(_VIEW)
def gain(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """How far the results of the same people differ from pre-test to post-test."""
    activity = activity_or_404(request, pk, _VIEW)
    gains = gains_of(activity)
    context = {
        **frame_of(request, activity, TAB),
        "gains": gains,
        "few": FEW,
        "whole": _drawn(gains.whole) if gains.whole else None,
        "the_whole": [_drawn(gains.whole)] if gains.whole else [],
        "groups": [
            (_("By objective"), [_drawn(each) for each in gains.objectives]),
            (_("By question"), [_drawn(each) for each in gains.questions]),
        ],
        "may_export": request.access.holds(Permission.EXPORT),
    }
    return render(request, "office/tests/gain.html", context)


@require_GET
@requires(_VIEW, Permission.EXPORT)
def gain_csv(request: UserRequest, pk: uuid.UUID) -> StreamingHttpResponse:
    """The same figures as a table."""
    activity = activity_or_404(request, pk, _VIEW)
    gains = gains_of(activity)
    record(request.actor, "gain.exported", activity)
    return _file(_HEAD, list(_rows(gains)), f"gain-{activity.number}")


@require_GET
@requires(_VIEW, Permission.EXPORT)
def statistics_csv(request: UserRequest, pk: uuid.UUID, purpose: str) -> StreamingHttpResponse:
    """The figures of the questions as a table."""
    activity = activity_or_404(request, pk, _VIEW)
    figures = _figures(activity, purpose)
    record(request.actor, "statistics.exported", figures.test)
    head = (_("Question"), _("Version"), _("Words"), "n", _("Difficulty"), _("Discrimination"))
    rows = [
        (
            each.worded.question.number,
            each.worded.version.number,
            each.worded.version.text,
            each.figures.answered,
            _two(each.figures.difficulty),
            _two(each.figures.discrimination),
        )
        for each in figures.items
    ]
    return _file(head, rows, f"statistics-{activity.number}")


def _file(
    head: Sequence[str], rows: Sequence[Sequence[object]], name: str
) -> StreamingHttpResponse:
    body = iter([csv_head([str(each) for each in head]), *csv_chunks([rows])])
    response = StreamingHttpResponse(body, content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


_HEAD = (
    *("about", "words", "people", "pre_percent", "post_percent", "difference"),
    *("difference_low", "difference_high", "cohens_d", "d_low", "d_high", "normalised_gain"),
)


def _rows(gains: Gains) -> Iterator[tuple[object, ...]]:
    groups = (
        ("test", [gains.whole] if gains.whole else []),
        ("objective", gains.objectives),
        ("question", gains.questions),
    )
    for about, lines in groups:
        for line in lines:
            yield about, line.name, *_cells(line)


def _cells(line: GainLine) -> tuple[object, ...]:
    found = line.gain
    of_mean, of_effect = found.interval, found.effect_interval
    return (
        found.people,
        *map(_two, (found.before, found.after, found.difference)),
        *map(_two, (of_mean.low, of_mean.high) if of_mean else (None, None)),
        _two(found.effect),
        *map(_two, (of_effect.low, of_effect.high) if of_effect else (None, None)),
        _two(found.normalised),
    )


def _two(figure: float | None) -> float | str:
    return "" if figure is None else round(figure, 2)


def _drawn(line: GainLine) -> dict[str, object]:
    return {"line": line, "bell": dumbbell(line.gain.before, line.gain.after)}


def _answers(line: ItemLine) -> list[dict[str, object]]:
    options = {each.position: each for each in line.worded.options}
    return [{"option": options[each.position], "figures": each} for each in line.answers]


def _figures(activity: Activity, purpose: str) -> TestFigures:
    test = find_test(activity, purpose)
    if test is None:
        raise Http404
    return figures_of(test)
