"""Numbers of an activity that contexts above keep, all of them in one statement.

The readiness rail of every page shows them; asked one by one they would be half of its statements.
A page about one activity reads them with everything else of its rail (`reading.py`), a page of many
with their rows (`with_numbers`). An upper context registers its numbers in `AppConfig.ready`.
"""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from symposia.activities.models import Activity
from symposia.activities.reading import Batch, is_reading, read_together, rows_of

_numbers: dict[str, Combinable] = {}


def register_numbers(**expressions: Combinable) -> None:
    """Name expressions over an activity's row, mostly subqueries of what points to it."""
    _numbers.update(expressions)


def with_numbers(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """The activities together with every registered number."""
    return rows.annotate(**{_column(name): each for name, each in _numbers.items()})


def has_numbers(activity: Activity) -> bool:
    """Whether the activity was read together with its numbers."""
    return all(_column(name) in activity.__dict__ for name in _numbers)


def number_of(activity: Activity, name: str) -> Any:
    """A number as the activity was read with, or else as it is now."""
    return numbers_of(activity, name)[0]


def numbers_of(activity: Activity, *names: str) -> list[Any]:
    """Some numbers as the activity was read with, or else as they are now, in one statement."""
    if has_numbers(activity):
        return [activity.__dict__[_column(name)] for name in names]
    if is_reading():
        (known,) = rows_of(activity.pk, number_rows)
        by_name = dict(zip(_numbers, known, strict=True))
        return [by_name[name] for name in names]
    wanted = {_column(name): _numbers[name] for name in names}
    return list(Activity.objects.filter(pk=activity.pk).values_list(*wanted.values()).get())


def number_rows(activity_id: uuid.UUID) -> QuerySet[Activity, Any]:
    """Every registered number of one activity: one row."""
    wanted = {_column(name): each for name, each in _numbers.items()}
    return Activity.objects.filter(pk=activity_id).values_list(*wanted.values())


read_together(Batch.RAIL, number_rows)


def _column(name: str) -> str:
    return f"number_{name}"
