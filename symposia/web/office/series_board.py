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
from symposia.activities.models import Refresh, Series
from symposia.activities.owing import facts_hidden
from symposia.activities.repeating import objection_to_refreshes, said_rule
from symposia.activities.series import (
    objectives_of_series,
    proposals_for,
    refreshes_of,
    series_team_of,
)
from symposia.activities.series_board import BoardRow, SeriesBoard, board_of_series
from symposia.activities.series_standing import SeriesCondition, YearOfSeries, conditions_of
from symposia.activities.tasks import MAKING_SESSIONS
from symposia.activities.wall import Subject, narrowed
from symposia.audit.models import Entry
from symposia.audit.queries import entries_about
from symposia.curriculum.queries.plans import planning_rule
from symposia.web.gates import requires
from symposia.web.office.record_history import history_of
from symposia.web.office.series import PLAN, missing_words, series_or_404
from symposia.web.openings import link_to
from symposia.web.parts import Node, Words
from symposia.web.requests import UserRequest
from symposia.work.queries import job_under_way

ABOUT_TEAM = frozenset({"series.team_joined", "series.team_left"})
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
    year = _year(request, series, board, unseen)
    conditions = conditions_of(year)
    done = sum(each.reading.state == "done" for each in conditions)
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
        "proposals": year.proposals,
        "objectives": year.objectives,
        "team": year.team,
        "nodes": [_node(request, series, each) for each in conditions],
        "ready": _("%(a)d of %(b)d") % {"a": done, "b": len(conditions)},
        "sums": [_("%(a)d of %(b)d") % {"a": a, "b": b} if b else "" for a, b in board.sums],
        "may_see_plan": request.access.holds(Permission.VIEW_CURRICULUM),
        "entries": history_of(_told(series, year)),
        "may_plan": narrowed(request.access, series.mode, PLAN).everywhere(PLAN),
    }


def _year(
    request: UserRequest, series: Series, board: SeriesBoard, unseen: list[Refresh]
) -> YearOfSeries:
    """What conditions of a whole series are read from; its team for whoever sees that."""
    people = Permission.VIEW_PEOPLE_OF_ACTIVITY
    seen = narrowed(request.access, series.mode, people, Subject.CONTENT).everywhere(people)
    said = [row.day.exception for row in board.rows if row.day.exception]
    return YearOfSeries(
        series,
        board,
        objectives_of_series(series),
        unseen,
        proposals_for(series, said),
        planning_rule(),
        series_team_of(series) if seen else None,
    )


def _told(series: Series, year: YearOfSeries) -> list[Entry]:
    """The latest of its journal; who is in its team only for whoever sees the team."""
    latest = entries_about(series.pk)[:50]
    return [each for each in latest if year.team is not None or each.action not in ABOUT_TEAM]


def _node(request: UserRequest, series: Series, each: SeriesCondition) -> Node:
    reading = each.reading
    name, arguments = reading.link or ("", ())
    href = link_to(request.access, name, arguments, mode=series.mode) if name else ""
    says = str(reading.objection) if reading.objection else ""
    lead = _("Missing:") if says else ""
    detail = says or reading.detail
    return Node(each.label, reading.state, href, count=reading.count, lead=lead, detail=detail)


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
