"""The sessions of a series: made, moved, and following what the series says."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from symposia.activities.actions.lifecycle import cancel_activity
from symposia.activities.actions.planning import ActivityFacts, change_activity
from symposia.activities.actions.plans import create_in_plan
from symposia.activities.actions.session_objectives import choose_session_objectives
from symposia.activities.actions.sessions import SessionFacts, add_session, change_session
from symposia.activities.actions.team import add_team_member
from symposia.activities.events import SeriesChanged
from symposia.activities.models import (
    Activity,
    DayChange,
    Occasion,
    Series,
    SeriesException,
    Session,
    State,
)
from symposia.activities.recurrence import Occurrence
from symposia.activities.repeating import (
    objection_to_exception,
    objection_to_extra_day,
    objection_to_moving_occasion,
    plan_on,
)
from symposia.activities.series import (
    exceptions_of,
    occasion_on,
    occasions_of,
    planned_of,
    proposals_for,
    rule_days,
    said_by,
    series_team_of,
    untouched_among,
)
from symposia.audit.actions import record
from symposia.curriculum.models import Objective
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def make_activity(
    series: Series, each: Occurrence, objectives: Sequence[Objective], *, by: Actor
) -> Activity:
    """One session of a series as an activity with its agenda."""
    facts = ActivityFacts(**said_by(series, each.on or each.planned_on))
    plan = plan_on(series.plan, facts.wall_starts.date())
    activity = create_in_plan(
        facts, plan, mode=series.mode, objectives=objectives, owner=series.owner, by=by
    )
    slot = SessionFacts(series.title, facts.wall_starts, series.minutes, series.minutes)
    session = add_session(activity, slot, by=by)
    choose_session_objectives(session, objectives, by=by)
    Occasion.objects.create(series=series, activity=activity, day=each.planned_on)
    for one in series_team_of(series):
        add_team_member(activity, one.contributor, role=one.role, of_series=True, by=by)
    return activity


@transaction.atomic
def except_day(
    series: Series, day: date, *, moved_to: date | None, reason: str, by: Actor
) -> SeriesException:
    """Skip a day of the series, or hold it on another; its activity follows."""
    series = Series.objects.locked(series.pk)
    kept = occasion_on(series, day)

    refuse_if(objection_to_exception(rule_days(series), day, moved_to, reason=reason))
    refuse_if(objection_to_moving_occasion(kept.activity if kept else None))

    kind = DayChange.MOVED if moved_to else DayChange.SKIPPED
    values = {"kind": kind, "moved_to": moved_to, "reason": reason.strip()[:300]}
    exception, _new = SeriesException.objects.update_or_create(
        series=series, day=day, defaults=values
    )
    if kept and kept.activity.in_planning:
        if moved_to:
            _move(kept.activity, moved_to, by=by)
        else:
            cancel_activity(kept.activity, reason=reason, by=by)
    details = {"day": day.isoformat(), "moved_to": moved_to.isoformat() if moved_to else ""}
    record(by, "series.day_excepted", series, reason=reason, details=details)
    announce(SeriesChanged(series.pk))
    return exception


@transaction.atomic
def add_day(series: Series, day: date, *, reason: str, by: Actor) -> SeriesException:
    """Hold the series on one day more."""
    series = Series.objects.locked(series.pk)

    refuse_if(objection_to_extra_day(rule_days(series), day, reason=reason))

    exception = SeriesException.objects.create(
        series=series, kind=DayChange.ADDED, day=day, reason=reason.strip()[:300]
    )
    record(by, "series.day_added", series, reason=reason, details={"day": day.isoformat()})
    announce(SeriesChanged(series.pk))
    return exception


@transaction.atomic
def undo_exception(exception: SeriesException, *, by: Actor) -> None:
    """Follow the rule again on that day; what was called off is made anew with the next ones."""
    series = Series.objects.locked(exception.series_id)
    kept = occasion_on(series, exception.day)

    refuse_if(objection_to_moving_occasion(kept.activity if kept else None))

    details = {"day": exception.day.isoformat(), "was": exception.kind}
    if kept and kept.activity.state == State.CANCELLED:
        kept.delete()
    elif kept and exception.kind == DayChange.ADDED:
        cancel_activity(kept.activity, reason=exception.reason, by=by)
        kept.delete()
    elif kept:
        _move(kept.activity, exception.day, by=by)
    exception.delete()
    record(by, "series.exception_undone", series, details=details)
    announce(SeriesChanged(series.pk))


@transaction.atomic
def avoid_holidays(series: Series, *, by: Actor) -> list[SeriesException]:
    """Move each day that meets a public holiday as proposed; where no day is free, skip it."""
    series = Series.objects.locked(series.pk)
    return [
        except_day(series, each.day, moved_to=each.to, reason=each.holiday, by=by)
        for each in proposals_for(series)
    ]


@transaction.atomic
def leave_days(was: Series, series: Series, *, by: Actor) -> None:
    """After the rule changed: days it no longer has are called off if nobody worked on them;
    the others stay as days that were added."""
    days = {each.planned_on for each in planned_of(series, exceptions_of(series))}
    left = [each for each in occasions_of(series) if each.day not in days]
    untouched = untouched_among(was, left)
    for each in left:
        SeriesException.objects.filter(series=series, day=each.day).delete()
        if each.activity_id in untouched:
            reason = _("The series no longer has this day.")
            cancel_activity(each.activity, reason=reason, by=by)
            each.delete()
        elif each.activity.state != State.CANCELLED:
            add_day(series, each.day, reason=_("Kept: somebody had worked on it."), by=by)


@transaction.atomic
def follow_series(was: Series, series: Series, *, by: Actor) -> None:
    """Give each planned session what the series says now, field by field, where it still said
    what the series said before."""
    planned = {each.planned_on: each.on for each in planned_of(was, exceptions_of(series))}
    for each in occasions_of(series):
        on = planned.get(each.day, each.day)
        if each.activity.in_planning and on is not None:
            _follow(each.activity, said_by(was, on), said_by(series, on), by=by)


def _follow(
    activity: Activity, before: dict[str, Any], after: dict[str, Any], *, by: Actor
) -> None:
    has = {name: getattr(activity, name) for name in ActivityFacts.__dataclass_fields__}
    new = {
        name: after[name]
        for name, said in before.items()
        if said != after[name] and has[name] == said
    }
    times = {"wall_starts", "wall_ends"} & set(new)
    if times and any(has[name] != before[name] for name in ("wall_starts", "wall_ends")):
        new = {name: value for name, value in new.items() if name not in times}
    if not new:
        return
    if "wall_ends" not in new:  # it keeps its own hours
        after = after | {name: before[name] for name in ("wall_starts", "wall_ends")}
    if _minutes(after) < _minutes(before):
        _stretch(activity, before, after, by=by)
    change_activity(activity, ActivityFacts(**has | new), seen_version=activity.version, by=by)
    _stretch(activity, before, after, by=by)


def _minutes(said: dict[str, Any]) -> int:
    return int((said["wall_ends"] - said["wall_starts"]) / timedelta(minutes=1))


def _stretch(
    activity: Activity, before: dict[str, Any], after: dict[str, Any], *, by: Actor
) -> None:
    """The one session of an occasion lasts and is called as the series says, unless edited."""
    was, minutes = _minutes(before), _minutes(after)
    sessions = list(Session.objects.of(activity))
    if len(sessions) != 1 or sessions[0].minutes != was:
        return
    only = sessions[0]
    title = after["title"] if only.title == before["title"] else only.title
    counts = minutes if only.creditable_minutes == was else min(only.creditable_minutes, minutes)
    facts = SessionFacts(
        title,
        only.wall_starts,
        minutes,
        counts,
        room="" if only.place_id else only.room,
        track=only.track,
        is_break=only.is_break,
        is_marketing=only.is_marketing,
        place=only.place,
        guideline=only.guideline,
    )
    change_session(only, facts, seen_version=only.version, by=by)


def _move(activity: Activity, to: date, *, by: Actor) -> None:
    """Hold it on another day at the hour it has."""
    days = to - activity.wall_starts.date()
    names = ActivityFacts.__dataclass_fields__
    facts: dict[str, Any] = {name: getattr(activity, name) for name in names}
    facts["wall_starts"] += days
    facts["wall_ends"] += days
    change_activity(activity, ActivityFacts(**facts), seen_version=activity.version, by=by)
