"""The readiness board of a series: each day of the year, and how far its session is."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from symposia.activities.facts import Fact, Known, read_facts
from symposia.activities.models import Activity, Occasion, Series
from symposia.activities.queries import evaluation_of, facts_known_of, rule_facts_of
from symposia.activities.readiness import Readiness, readiness_of
from symposia.activities.reading import Batch, one_reading, read_ahead, take_for
from symposia.activities.series import Day, days_with

HOLDS = frozenset({"done", "sealed"})


@dataclass(frozen=True)
class BoardRow:
    """A day with its activity and the readings in the order of the columns, gaps where one does
    not apply."""

    day: Day
    activity: Activity | None = None
    readiness: Readiness | None = None
    readings: Sequence[Known | None] = field(default=())


@dataclass(frozen=True)
class SeriesBoard:
    """The year of a series: a row for each day, a column for each condition."""

    columns: list[Fact]
    rows: list[BoardRow]

    @property
    def sums(self) -> list[tuple[int, int]]:
        """For each column, in how many sessions it holds, of those to which it applies."""
        made = [row.readings for row in self.rows if row.activity]
        across: Iterable[Sequence[Known | None]] = (
            zip(*made, strict=True) if made else [() for _column in self.columns]
        )
        read = [[each.reading.state for each in column if each] for column in across]
        return [(sum(state in HOLDS for state in column), len(column)) for column in read]

    @property
    def without_activity(self) -> int:
        """Days that take place and have no activity yet."""
        return sum(row.activity is None and row.day.on is not None for row in self.rows)

    @property
    def blocked(self) -> int:
        """Sessions to which something is missing."""
        return sum(bool(row.readiness and row.readiness.blocked) for row in self.rows)


def board_of_series(
    series: Series, *, at: datetime, hidden: Collection[str] = frozenset()
) -> SeriesBoard:
    """Every day of a series with the readiness of its session, without the facts that are hidden
    from whoever looks."""
    kept = Occasion.objects.filter(series=series).select_related("activity__owner")
    made = {each.day: each.activity for each in kept.order_by("activity")}
    days = days_with(series, {day: activity.pk for day, activity in made.items()})
    activities = {each.pk: each for each in made.values()}
    with one_reading():
        read_ahead(list(activities), Batch.RAIL)
        for each in activities.values():
            _compare_the_plan_alone(each)
        known = {
            pk: [k for k in read_facts(a) if k.fact.name not in hidden]
            for pk, a in activities.items()
        }
        read = {pk: readiness_of(a, known[pk], at=at) for pk, a in activities.items()}
    columns = _columns(list(read.values()))
    return SeriesBoard(columns, [_row(day, activities, read, columns) for day in days])


def _compare_the_plan_alone(activity: Activity) -> None:
    """Whether a plan changed since rules saw it: here by what the plan itself says. Its own page
    compares everything that contexts above keep as well, in a dozen statements."""
    evaluation = evaluation_of(activity)
    if evaluation:
        take_for(activity, facts_known_of, evaluation.facts | rule_facts_of(activity))


def _columns(read: Sequence[Readiness]) -> list[Fact]:
    known = {each.fact.name: each.fact for readiness in read for each in readiness.known}
    return sorted(known.values(), key=lambda fact: (fact.order, fact.name))


def _row(
    day: Day,
    activities: Mapping[uuid.UUID, Activity],
    read: Mapping[uuid.UUID, Readiness],
    columns: Sequence[Fact],
) -> BoardRow:
    activity = activities.get(day.activity_id) if day.activity_id else None
    if activity is None:
        return BoardRow(day)
    readiness = read[activity.pk]
    by_name = {each.fact.name: each for each in readiness.known}
    return BoardRow(day, activity, readiness, [by_name.get(each.name) for each in columns])
