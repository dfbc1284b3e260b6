"""How far a series itself is: its plan, its team, its objectives, its year. Pure: no query."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from symposia.activities.facts import Condition, Reading
from symposia.activities.models import Mode, Refresh, Series, SeriesTeamMember
from symposia.activities.readiness import NO_OBJECTIVES
from symposia.activities.recurrence import Proposal
from symposia.activities.repeating import objection_to_refreshes
from symposia.activities.series_board import SeriesBoard
from symposia.curriculum.models import Objective, PlanningRule
from symposia.curriculum.policies.plans import objection_to_running_under
from symposia.shared.lists import Words
from symposia.shared.refusals import Objection

NOBODY_PLANS = Objection(
    "series_without_team", gettext_lazy("Nobody plans its content yet: name the team.")
)
DAYS_OFF = Objection(
    "series_meets_holidays", gettext_lazy("Days meet a holiday: move them, or leave them so.")
)
NOT_MADE = Objection("series_not_made", gettext_lazy("Days that take place have no session yet."))
MISSING = Objection("series_sessions_blocked", gettext_lazy("Sessions wait for something."))


@dataclass(frozen=True)
class YearOfSeries:
    """A series with what belongs to it, as it was read for one page."""

    series: Series
    board: SeriesBoard
    objectives: Sequence[Objective]
    unseen: Sequence[Refresh]
    proposals: Sequence[Proposal]
    rule: PlanningRule | None
    # Nothing where whoever looks does not see who controls content.
    team: Sequence[SeriesTeamMember] | None = None


@dataclass(frozen=True)
class SeriesCondition:
    """A condition of a series with its reading, as on the rail of an activity."""

    name: str
    label: Words
    reading: Reading


def conditions_of(year: YearOfSeries) -> list[SeriesCondition]:
    """What holds for a whole year and what does not, in the order in which it is settled."""
    found: list[tuple[str, Words, Reading | None]] = [
        ("taken_over", _("Taken over and looked at"), _taken_over(year)),
        ("plan", _("Plan"), _plan(year)),
        ("objectives", _("Objectives"), _objectives(year)),
        ("team", _("Team"), _team(year)),
        ("days", _("Days"), _days(year)),
        ("sessions", _("Sessions made"), _sessions(year)),
        ("ready", _("Sessions ready"), _ready(year)),
    ]
    return [SeriesCondition(name, label, reading) for name, label, reading in found if reading]


def _taken_over(year: YearOfSeries) -> Reading | None:
    if not year.series.copied_from_id:
        return None
    objection = objection_to_refreshes(year.unseen)
    count = str(len(year.unseen)) if year.unseen else ""
    return Reading("blocked" if objection else "done", objection, count=count)


def _plan(year: YearOfSeries) -> Reading | None:
    """Its sessions run under an approved plan, if it belongs to one or has to."""
    plan, link = year.series.plan, ("series_plan", [year.series.pk])
    if plan is None and not (year.rule and year.rule.needs_plan):
        return None
    objection = objection_to_running_under(plan, year.rule, year.series.first_on)
    state: Condition = "blocked" if objection else "done"
    return Reading(state, objection, link, count=plan.number if plan else "")


def _objectives(year: YearOfSeries) -> Reading | None:
    if year.series.mode == Mode.PROMOTIONAL:
        return None
    link = ("series_objectives", [year.series.pk])
    if not year.objectives:
        return Reading("blocked", NO_OBJECTIVES, link)
    return Reading("done", link=link, count=str(len(year.objectives)))


def _team(year: YearOfSeries) -> Reading | None:
    if year.team is None or (not year.team and year.series.mode != Mode.INDEPENDENT):
        return None
    link = ("series_join", [year.series.pk])
    if not year.team:
        return Reading("blocked", NOBODY_PLANS, link)
    return Reading("done", link=link, count=str(len({each.contributor_id for each in year.team})))


def _days(year: YearOfSeries) -> Reading:
    held = sum(row.day.on is not None for row in year.board.rows)
    words = ngettext("%(n)d day", "%(n)d days", held) % {"n": held}
    if year.proposals:
        return Reading("now", detail=DAYS_OFF.message, count=words)
    return Reading("done", count=words)


def _sessions(year: YearOfSeries) -> Reading:
    made = sum(row.activity is not None for row in year.board.rows)
    missing = year.board.without_activity
    count = _("%(a)d of %(b)d") % {"a": made, "b": made + missing}
    return Reading("blocked" if missing else "done", NOT_MADE if missing else None, count=count)


def _ready(year: YearOfSeries) -> Reading:
    made = [row for row in year.board.rows if row.readiness]
    blocked = year.board.blocked
    if not made:
        return Reading("waiting")
    count = _("%(a)d of %(b)d") % {"a": len(made) - blocked, "b": len(made)}
    return Reading("blocked" if blocked else "done", MISSING if blocked else None, count=count)
