"""The year of a series on one page: its days down, its conditions across, each with its link."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.activities.facts import Known
from symposia.activities.lists import TONES
from symposia.activities.models import Series
from symposia.activities.owing import facts_hidden
from symposia.activities.repeating import objection_to_refreshes, said_rule
from symposia.activities.series import objectives_of_series, proposals_for, refreshes_of
from symposia.activities.series_board import BoardRow, SeriesBoard, board_of_series
from symposia.activities.tasks import MAKING_SESSIONS
from symposia.activities.wall import narrowed
from symposia.audit.queries import entries_about
from symposia.web.gates import requires
from symposia.web.office.record_history import history_of
from symposia.web.office.series import PLAN, missing_words, series_or_404
from symposia.web.openings import link_to
from symposia.web.parts import Words
from symposia.web.requests import UserRequest
from symposia.work.queries import job_under_way

SAID: dict[str, Promise] = {
    "sealed": gettext_lazy("sealed"),
    "done": gettext_lazy("done"),
    "blocked": gettext_lazy("blocked"),
    "now": gettext_lazy("next"),
    "waiting": gettext_lazy("waiting"),
}


@dataclass(frozen=True)
class Cell:
    """One condition of one session: a glyph, a word, why, and the place to mend it."""

    label: Words
    state: str
    said: Words
    href: str = ""
    count: Words = ""
    why: Words = ""


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What is ready for each day of the year, and what is not."""
    series = series_or_404(request, pk, Permission.VIEW_ACTIVITIES)
    board = board_of_series(series, at=now(), hidden=facts_hidden(request.access, series.mode))
    return render(request, "office/series/board.html", _context(request, series, board))


def _context(request: UserRequest, series: Series, board: SeriesBoard) -> dict[str, Any]:
    taken_over = refreshes_of(series) if series.copied_from_id else []
    unseen = [each for each in taken_over if each.looked_at is None]
    job = job_under_way(MAKING_SESSIONS, reverse("series", args=[series.pk]))
    return {
        "series": series,
        "how_often": said_rule(series.repeats, series.interval),
        "board": board,
        "rows": [_row(request, each, board) for each in board.rows],
        "missing": missing_words(board.without_activity) if board.without_activity else "",
        "job": job,
        "making": objection_to_refreshes(unseen),
        "unseen": unseen,
        "looked": [each for each in taken_over if each.looked_at],
        "proposals": proposals_for(series),
        "objectives": objectives_of_series(series),
        "entries": history_of(entries_about(series.pk)[:50]),
        "may_plan": narrowed(request.access, series.mode, PLAN).everywhere(PLAN),
    }


def _row(request: UserRequest, row: BoardRow, board: SeriesBoard) -> dict[str, Any]:
    if row.activity is None or row.readiness is None:
        return {"day": row.day, "activity": None, "cells": []}
    done, known = row.readiness.done, len(row.readiness.known)
    return {
        "day": row.day,
        "activity": row.activity,
        "tone": TONES[row.activity.state],
        "done": _("%(a)d of %(b)d") % {"a": done, "b": known},
        "cells": [
            _cell(request, row.activity.mode, each) if each else Cell(fact.label, "none", "")
            for fact, each in zip(board.columns, row.readings, strict=True)
        ],
    }


def _cell(request: UserRequest, mode: str, known: Known) -> Cell:
    reading = known.reading
    name, arguments = reading.link or ("", ())
    why = str(reading.objection) if reading.objection else str(reading.detail or reading.owner)
    return Cell(
        known.fact.label,
        reading.state,
        SAID[reading.state],
        link_to(request.access, name, arguments, mode=mode) if name else "",
        reading.count,
        why,
    )
