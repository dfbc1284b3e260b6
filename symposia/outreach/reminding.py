"""Who is reminded when: the readers of each trigger, and what is still to go out.

A trigger concerns rows of some context: invitations here, places and evaluations above. That
context registers in its `AppConfig.ready` how its open rows are found and written to.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.directory.segments import narrowed
from symposia.notifications.models import Delivery
from symposia.outreach.models import Reminded, Reminder, ReminderPause
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection

Open = QuerySet[Any]


@dataclass(frozen=True)
class Outcome:
    """What became of one who was due: the message, or why none was written."""

    key: uuid.UUID
    name: str
    clinician_id: uuid.UUID | None
    answer: Delivery | Objection


def _name_of_clinician(row: Any) -> str:
    name: str = row.clinician.full_name
    return name


class Write(Protocol):
    """Writes to some whose turn it is, and says of each what became of it."""

    def __call__(self, rows: Sequence[Any], *, by: Actor) -> Iterable[Outcome]: ...


@dataclass(frozen=True)
class Reader:
    """How the people of a trigger are found and written to."""

    # Rows with an `activity` that are open at a moment; whoever is done is not among them.
    open_at: Callable[[datetime], Open]
    write: Write
    # What is counted from, and since when it is open to that person.
    moment: str
    since: "str | Combinable"
    # Whether its rows have a `clinician`, so that a segment may narrow them.
    has_clinicians: bool = True
    name_of: Callable[[Any], str] = _name_of_clinician


_readers: dict[str, Reader] = {}


def register_reader(trigger: str, reader: Reader) -> None:
    """Say how the people of a trigger are found; the same trigger again replaces it."""
    _readers[trigger] = reader


def reader_of(trigger: str) -> Reader:
    return _readers[trigger]


def still_to_tell(reminder: Reminder, at: datetime, within: Open | None = None) -> Open:
    """Whoever the reminder will reach, each with when it is `due`: open, not told of this moment
    yet, and not due before it was switched on or before it was theirs."""
    reader = reader_of(reminder.trigger)
    rows = _narrowed(reader.open_at(at), reminder, within)
    since = F(reader.since) if isinstance(reader.since, str) else reader.since
    due = ExpressionWrapper(F(reader.moment) + Value(reminder.offset), output_field=DateTimeField())
    rows = rows.annotate(counted_from=F(reader.moment), due=due)
    told = Reminded.objects.filter(
        reminder=reminder, subject_id=OuterRef("pk"), moment=OuterRef("counted_from")
    )
    began = Value(reminder.on_since or at, output_field=DateTimeField())
    found: Open = rows.filter(~Exists(told), due__gte=Greatest(since, began))
    return found


def _narrowed(rows: Open, reminder: Reminder, within: Open | None) -> Open:
    if reminder.activity_id:
        rows = rows.filter(activity=reminder.activity_id)
    if within is not None:
        rows = rows.filter(activity__in=within)
    if reminder.segment is not None:
        people = narrowed(Clinician.objects.all(), reminder.segment)
        rows = rows.filter(clinician__in=people.values("pk"))
    paused = ReminderPause.objects.filter(reminder=reminder)
    kept: Open = rows.exclude(activity__in=paused.values("activity"))
    return kept


@dataclass(frozen=True)
class Outlook:
    """How many a reminder will reach as it stands now, from when to when."""

    count: int = 0
    first: datetime | None = None
    last: datetime | None = None


def outlooks(
    reminders: Sequence[Reminder], access: Access, at: datetime, *, of: Activity | None = None
) -> dict[uuid.UUID, Outlook]:
    """What each of some reminders will send in the activities one may see, in one statement; what
    is off counts as if it were switched on now."""
    seen = Activity.objects.visible_to(access, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    within = seen.filter(pk=of.pk) if of else seen
    counted = [_counted(each, within.values("pk"), at) for each in reminders]
    if not counted:
        return {}
    rows = counted[0].union(*counted[1:], all=True) if counted[1:] else counted[0]
    return {pk: Outlook(n, first, last) for pk, n, first, last in rows}


def _counted(reminder: Reminder, within: Any, at: datetime) -> Open:
    rows = still_to_tell(reminder, at, within).order_by()
    which = rows.values(which=Value(reminder.pk, output_field=UUIDField()))
    summed = which.annotate(n=Count("pk"), first=Min("due"), last=Max("due"))
    counted: Open = summed.values_list("which", "n", "first", "last")
    return counted


@dataclass(frozen=True)
class Coming:
    """A reminder with what it will send."""

    reminder: Reminder
    outlook: Outlook
    # Whether it is one of the organisation's that this activity does without.
    is_paused: bool = False

    @property
    def goes_out(self) -> bool:
        return self.reminder.is_on and not self.is_paused


def coming_to(activity: Activity, access: Access, at: datetime) -> list[Coming]:
    """Every reminder that concerns an activity: what goes out when, and to how many."""
    rows = Reminder.objects.visible_to(access).concerning(activity).for_list().in_order()
    reminders = list(rows)
    paused = set(ReminderPause.objects.of(activity).values_list("reminder_id", flat=True))
    found = outlooks(reminders, access, at, of=activity)
    return [Coming(r, found.get(r.pk, Outlook()), r.pk in paused) for r in reminders]


def coming_everywhere(access: Access, at: datetime) -> list[Coming]:
    """What the reminders that are on will send next, the soonest first."""
    rows = list(Reminder.objects.visible_to(access).switched_on().for_list().in_order())
    found = outlooks(rows, access, at)
    coming = [Coming(r, found[r.pk]) for r in rows if found[r.pk].count]
    return sorted(coming, key=lambda each: (each.outlook.first or at, each.reminder.pk))


@dataclass(frozen=True)
class NextOne:
    """Somebody whom a reminder will reach, and when."""

    name: str
    activity: Activity
    due: datetime


def next_ones(reminder: Reminder, access: Access, at: datetime, *, most: int) -> list[NextOne]:
    """Who is next, of those whom this person may see."""
    permission, reader = Permission.VIEW_PEOPLE_OF_ACTIVITY, reader_of(reminder.trigger)
    seen = Activity.objects.visible_to(access, permission)
    rows = still_to_tell(reminder, at, seen.values("pk")).order_by("due", "pk")
    if reader.has_clinicians:
        reached = Clinician.objects.within(access, permission)
        rows = rows.filter(clinician__in=reached.values("pk"))
    elif not access.everywhere(permission):
        return []
    return [NextOne(reader.name_of(row), row.activity, row.due) for row in rows[:most]]


def has_due(at: datetime) -> bool:
    """Whether anybody of this organisation is to be written to now."""
    on = Reminder.objects.switched_on().for_list().in_order()
    return any(still_to_tell(each, at).filter(due__lte=at).exists() for each in on)
