from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.models import User
from symposia.accounts.queries import this_organisation
from symposia.activities.actions.occasions import follow_series, leave_days, make_activity
from symposia.activities.events import SeriesChanged
from symposia.activities.models import (
    Activity,
    Refresh,
    RefreshKind,
    Series,
    SeriesObjective,
    SeriesTeamMember,
)
from symposia.activities.policies import objection_to_mode, objection_to_type_in_mode
from symposia.activities.recurrence import Frequency, Rule, a_year_later
from symposia.activities.repeating import (
    objection_to_plan_of_series,
    objection_to_refreshes,
    objection_to_rule,
)
from symposia.activities.series import (
    days_without_activity,
    objectives_of_series,
    series_team_of,
)
from symposia.activities.types import shipped_types
from symposia.audit.actions import record
from symposia.curriculum.models import Objective, Plan
from symposia.shared.actors import Actor
from symposia.shared.changing import changed_values, objection_to_overwriting
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, refuse_if


@dataclass(frozen=True)
class SeriesFacts:
    """What somebody says about a series; its mode is chosen once, beside it."""

    title: str
    type: str
    repeats: str
    interval: int
    first_on: date
    until_on: date
    clock: time
    minutes: int
    zone: str
    delivery: str
    summary: str = ""
    venue_name: str = ""
    city: str = ""
    country: str = ""
    online_address: str = ""
    capacity: int | None = None
    expected_attendance: int = 0

    @property
    def rule(self) -> Rule:
        return Rule(Frequency(self.repeats), self.interval, self.first_on, self.until_on)

    def values(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


@transaction.atomic
def begin_series(
    facts: SeriesFacts,
    *,
    mode: str,
    by: Actor,
    objectives: Sequence[Objective] = (),
    owner: User | None = None,
    plan: Plan | None = None,
) -> Series:
    """Plan something that takes place again and again."""
    refuse_if(objection_to_mode(mode, this_organisation()))
    refuse_if(_objection_to(facts, mode))
    refuse_if(objection_to_plan_of_series(plan, facts.rule))

    series = Series.objects.create(
        number=next_numbers("SER", year=facts.first_on.year)[0],
        mode=mode,
        owner=owner,
        plan=plan,
        made_at=now(),
        **facts.values(),
    )
    _take_on(series, objectives)
    record(by, "series.begun", series)
    announce(SeriesChanged(series.pk))
    return series


@transaction.atomic
def change_series(series: Series, facts: SeriesFacts, *, seen_version: int, by: Actor) -> Series:
    """Change a series; its sessions follow where nobody has said something else of them."""
    series = Series.objects.locked(series.pk)

    refuse_if(objection_to_overwriting(seen_version=seen_version, version=series.version))
    refuse_if(_objection_to(facts, series.mode))
    if facts.rule != series.rule:
        refuse_if(objection_to_plan_of_series(series.plan, facts.rule))

    changes = changed_values(series, facts.values())
    if not changes:
        return series
    was = Series.objects.get(pk=series.pk)
    for name, value in facts.values().items():
        setattr(series, name, value)
    series.version += 1
    series.save()
    record(by, "series.changed", series, details={"changes": changes})
    leave_days(was, series, by=by)
    follow_series(was, series, by=by)
    announce(SeriesChanged(series.pk))
    return series


@transaction.atomic
def choose_series_objectives(
    series: Series, objectives: Sequence[Objective], *, by: Actor
) -> Series:
    """Say what each session is to change; sessions that exist keep their own."""
    series = Series.objects.locked(series.pk)
    was = objectives_of_series(series)
    if [o.pk for o in was] == [o.pk for o in objectives]:
        return series
    SeriesObjective.objects.filter(series=series).delete()
    _take_on(series, objectives)
    change = {
        "field": "objectives",
        "was": [o.text for o in was],
        "now": [o.text for o in objectives],
    }
    record(by, "series.objectives_chosen", series, details={"changes": [change]})
    return series


@transaction.atomic
def make_occasions(series: Series, *, by: Actor, at_most: int | None = None) -> list[Activity]:
    """Make an activity for each day that has none, the first of them or all; a second time makes
    nothing."""
    series = Series.objects.locked(series.pk)

    refuse_if(objection_to_refreshes(list(Refresh.objects.open_of(series))))

    objectives = objectives_of_series(series)
    missing = days_without_activity(series)
    made = [make_activity(series, each, objectives, by=by) for each in missing[:at_most]]
    if made:
        record(by, "series.sessions_made", series, details={"activities": len(made)})
        announce(SeriesChanged(series.pk))
    return made


@transaction.atomic
def copy_to_next_year(series: Series, *, by: Actor) -> Series:
    """The same series a year on; its exceptions and its plan stay behind, its words and its team
    are to be looked at."""
    source = Series.objects.locked(series.pk)
    names = [each.name for each in fields(SeriesFacts)]
    values = {name: getattr(source, name) for name in names}
    later = a_year_later(source.rule)
    values |= {"first_on": later.first_on, "until_on": later.until_on}
    objectives = objectives_of_series(source)

    refuse_if(_objection_to(SeriesFacts(**values), source.mode))

    copy = Series.objects.create(
        number=next_numbers("SER", year=later.first_on.year)[0],
        mode=source.mode,
        owner=source.owner,
        copied_from=source,
        made_at=now(),
        **values,
    )
    _take_on(copy, objectives)
    marks = _to_refresh(source, objectives) + _take_team(source, copy)
    Refresh.objects.bulk_create(
        Refresh(series=copy, kind=kind, statement=words[:300]) for kind, words in marks
    )
    record(by, "series.copied", copy, details={"from": source.number, "refresh": len(marks)})
    announce(SeriesChanged(copy.pk))
    return copy


def _to_refresh(series: Series, objectives: Sequence[Objective]) -> list[tuple[str, str]]:
    """What somebody looks at before the sessions of another year are made."""
    marks: list[tuple[str, str]] = [(RefreshKind.WORDS, series.title)]
    if series.summary:
        marks.append((RefreshKind.WORDS, series.summary))
    marks += [(RefreshKind.OBJECTIVE, each.text) for each in objectives]
    place = ", ".join(filter(None, (series.venue_name, series.city, series.online_address)))
    return [*marks, (RefreshKind.PLACE, place)] if place else marks


def _take_team(source: Series, copy: Series) -> list[tuple[str, str]]:
    """The same people; what each declared is looked at again."""
    team = series_team_of(source)
    SeriesTeamMember.objects.bulk_create(
        SeriesTeamMember(series=copy, contributor=each.contributor, role=each.role) for each in team
    )
    said = [f"{each.contributor.name}, {each.get_role_display()}" for each in team]
    return [(RefreshKind.DISCLOSURE, words) for words in said]


def _objection_to(facts: SeriesFacts, mode: str) -> Objection | None:
    starts = facts.clock.hour * 60 + facts.clock.minute
    return objection_to_type_in_mode(mode, shipped_types()[facts.type]) or objection_to_rule(
        facts.rule, starts_minute=starts, minutes=facts.minutes
    )


def _take_on(series: Series, objectives: Sequence[Objective]) -> None:
    SeriesObjective.objects.bulk_create(
        SeriesObjective(series=series, objective=objective, position=place)
        for place, objective in enumerate(objectives)
    )
