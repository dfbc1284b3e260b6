"""What a personal calendar shows: the meetings its owner may see, and nobody's name."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from urllib.parse import parse_qsl

from django.conf import settings
from django.db.models import Count

from symposia.accounts.permissions import Access
from symposia.activities.calendar_choices import wanted_of
from symposia.activities.calendars import TENTATIVE, Entry, Span, activities_in
from symposia.activities.models import Activity, ActivityStep, CalendarFeed, State
from symposia.notifications.feeds import FeedItem
from symposia.shared.times import wall_time

BEHIND, AHEAD = timedelta(days=60), timedelta(days=400)
PREFIX = "cal"


def span_of_feed(today: date) -> Span:
    """Two months back, a bit more than a year ahead."""
    return Span(today - BEHIND, today + AHEAD)


def entries_of_feed(feed: CalendarFeed, access: Access, today: date) -> list[Entry]:
    """What the owner sees now, under the filters the feed was made with; cancelled ones too."""
    wanted = wanted_of(dict(parse_qsl(feed.filters)))
    return activities_in(access, span_of_feed(today), wanted, with_cancelled=True)


def items_of(entries: Sequence[Entry]) -> list[FeedItem]:
    """The entries as calendars read them, in two statements."""
    ids = [each.id for each in entries]
    moved = dict(
        ActivityStep.objects.filter(activity__in=ids)
        .order_by()
        .values_list("activity")
        .annotate(n=Count("pk"))
    )
    changed = dict(Activity.objects.filter(pk__in=ids).values_list("pk", "changed_at"))
    return [
        FeedItem(
            f"{each.id}@symposia",
            # Rises with each change of its facts and with each step it takes.
            each.version + moved.get(each.id, 0),
            each.title,
            each.starts_at,
            each.ends_at,
            each.zone,
            each.place,
            each.number,
            f"{settings.ORIGIN}/activities/{each.id}/",
            _status(each),
            changed[each.id],
        )
        for each in entries
    ]


def _status(entry: Entry) -> str:
    if entry.state == State.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if entry.state in TENTATIVE else "CONFIRMED"


def entries_from(activities: Iterable[Activity]) -> list[Entry]:
    """Activities that are at hand already, as a calendar shows them."""
    names = Entry.__dataclass_fields__
    return [Entry(**{name: getattr(each, name) for name in names}) for each in activities]


def file_name(activity: Activity) -> str:
    """Of a single activity's file: its number and its day."""
    return f"{activity.number}-{wall_time(activity.starts_at, activity.zone):%Y-%m-%d}.ics"
