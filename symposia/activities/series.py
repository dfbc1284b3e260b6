"""Series as they stand: their days, which activity stands for each, what meets a holiday."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from symposia.activities.holidays import holidays_between
from symposia.activities.models import (
    Activity,
    ClosedDay,
    DayChange,
    DocumentSlot,
    Milestone,
    Occasion,
    Refresh,
    Series,
    SeriesException,
    SeriesObjective,
    SeriesTeamMember,
    Session,
    SessionFaculty,
    State,
    TeamMember,
)
from symposia.activities.recurrence import (
    Occurrence,
    Proposal,
    days_of,
    occurrences,
    proposals,
    wall_start,
)
from symposia.curriculum.models import Objective

# What a series says of its sessions, by the name of the activity's field.
SHARED = (
    *("title", "type", "summary", "zone", "delivery", "venue_name", "city", "country"),
    *("online_address", "capacity", "expected_attendance"),
)


@dataclass(frozen=True)
class Day:
    """One day of a series: where it went and why, and the activity that stands for it."""

    planned_on: date
    on: date | None
    activity_id: uuid.UUID | None = None
    exception: SeriesException | None = None

    @property
    def kind(self) -> str:
        return self.exception.kind if self.exception else ""

    @property
    def reason(self) -> str:
        return self.exception.reason if self.exception else ""


def exceptions_of(series: Series) -> list[SeriesException]:
    """The days on which it departs from its rule."""
    return list(SeriesException.objects.filter(series=series).order_by("day"))


def planned_of(series: Series, said: Sequence[SeriesException]) -> list[Occurrence]:
    """Each day with where it went."""
    added = [each.day for each in said if each.kind == DayChange.ADDED]
    moved = {each.day: each.moved_to for each in said if each.kind != DayChange.ADDED}
    return occurrences(series.rule, moved, added)


def days_of_series(series: Series) -> list[Day]:
    """Every day of a series, skipped ones too: two statements."""
    kept = dict(Occasion.objects.filter(series=series).values_list("day", "activity"))
    return days_with(series, kept)


def days_with(series: Series, kept: Mapping[date, uuid.UUID]) -> list[Day]:
    """The same where it is at hand which activity stands for which day: one statement."""
    said = {each.day: each for each in exceptions_of(series)}
    return [
        Day(each.planned_on, each.on, kept.get(each.planned_on), said.get(each.planned_on))
        for each in planned_of(series, list(said.values()))
    ]


def days_without_activity(series: Series) -> list[Occurrence]:
    """The days that take place and have no activity yet."""
    there = set(Occasion.objects.filter(series=series).values_list("day", flat=True))
    planned = planned_of(series, exceptions_of(series))
    return [each for each in planned if each.on is not None and each.planned_on not in there]


def proposals_for(series: Series, said: Sequence[SeriesException] | None = None) -> list[Proposal]:
    """The days that meet a public holiday of the country or a day on which the organisation is
    closed, each with a day in its place; with the exceptions `said`, where they are at hand."""
    planned = planned_of(series, exceptions_of(series) if said is None else said)
    first, last = series.first_on - timedelta(days=7), series.until_on + timedelta(days=7)
    closed = dict(ClosedDay.objects.filter(day__range=(first, last)).values_list("day", "name"))
    public = {each.day: each.name for each in holidays_between(series.country, first, last)}
    return proposals(planned, public | closed)


def rule_days(series: Series) -> list[date]:
    """The days of the rule and those that were added."""
    added = SeriesException.objects.filter(series=series, kind=DayChange.ADDED)
    return sorted({*days_of(series.rule), *added.values_list("day", flat=True)})


def occasion_on(series: Series, day: date) -> Occasion | None:
    """The activity that stands for a day."""
    rows = Occasion.objects.filter(series=series, day=day)
    return rows.select_related("activity").first()


def occasions_of(series: Series) -> list[Occasion]:
    """The activities of a series, by the days they were planned on."""
    rows = Occasion.objects.filter(series=series).select_related("activity")
    return list(rows.order_by("day"))


def series_of(activity: Activity) -> Series | None:
    """The series that an activity is a session of."""
    found = Occasion.objects.filter(activity=activity).select_related("series").first()
    return found.series if found else None


def objectives_of_series(series: Series) -> list[Objective]:
    """What each session of a series is to change."""
    links = SeriesObjective.objects.filter(series=series).order_by("position", "pk")
    return [each.objective for each in links.select_related("objective__gap")]


def series_team_of(series: Series) -> list[SeriesTeamMember]:
    """Whoever plans, writes, reviews or moderates in each of its sessions."""
    return list(SeriesTeamMember.objects.of(series))


def refreshes_of(series: Series) -> list[Refresh]:
    """What was taken over from another year, the open ones first."""
    rows = Refresh.objects.filter(series=series)
    return sorted(rows, key=lambda each: (each.looked_at is not None, each.kind, each.pk))


def said_by(series: Series, day: date) -> dict[str, Any]:
    """The facts of an activity as the series gives them, on a day."""
    starts = wall_start(day, series.clock)
    shared: dict[str, Any] = {name: getattr(series, name) for name in SHARED}
    ends: datetime = starts + timedelta(minutes=series.minutes)
    return shared | {"wall_starts": starts, "wall_ends": ends}


def untouched_among(series: Series, occasions: Sequence[Occasion]) -> set[uuid.UUID]:
    """Activities nobody has worked on: they say what the series says, with its one session, no
    people, nothing done or handed in."""
    drafts = [each.activity for each in occasions if _says_the_same(series, each.activity)]
    slots: dict[uuid.UUID, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(activity__in=drafts).order_by("pk"):
        slots[session.activity_id].append(session)
    as_made = [each.pk for each in drafts if _is_as_made(series, slots[each.pk])]
    worked_on = (
        Exists(SessionFaculty.objects.filter(session__activity=OuterRef("pk")))
        | Exists(TeamMember.objects.filter(activity=OuterRef("pk"), of_series=False))
        | Exists(Milestone.objects.filter(activity=OuterRef("pk")).exclude(done_at=None))
        | Exists(DocumentSlot.objects.filter(activity=OuterRef("pk"), latest__gt=0))
    )
    rows = Activity.objects.filter(pk__in=as_made, state=State.DRAFT)
    return set(rows.exclude(worked_on).values_list("pk", flat=True))


def _says_the_same(series: Series, activity: Activity) -> bool:
    said = said_by(series, activity.wall_starts.date())
    return all(getattr(activity, name) == value for name, value in said.items())


def _is_as_made(series: Series, sessions: Sequence[Session]) -> bool:
    return [(each.title, each.minutes, each.creditable_minutes) for each in sessions] == [
        (series.title, series.minutes, series.minutes)
    ]
