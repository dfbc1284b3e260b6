"""Venue time and viewer time: wall time and zone are what people agreed on; UTC is derived."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

ZONES = tuple(sorted(z for z in available_timezones() if "/" in z or z == "UTC"))

# What may come from a clock that is set wrong: the days that calendars count, in every zone.
FIRST_COUNTED = datetime(1970, 1, 2, tzinfo=UTC)
LAST_COUNTED = datetime(9999, 12, 30, tzinfo=UTC)


class NoSuchLocalTime(ValueError):
    """The wall clock skipped this time (daylight saving began)."""


def at_venue(wall: datetime, zone: str) -> datetime:
    """The instant of a wall time at a venue, in UTC; of a repeated hour the first.

    Raises NoSuchLocalTime for a time that the clocks jumped over, or that no calendar counts.
    """
    local = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    try:
        instant = local.astimezone(UTC)
    except OverflowError as beyond:
        raise NoSuchLocalTime(f"{wall:%Y-%m-%d %H:%M} is not counted in {zone}") from beyond
    if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise NoSuchLocalTime(f"{wall:%Y-%m-%d %H:%M} does not exist in {zone}")
    return instant


def wall_time(instant: datetime, zone: str) -> datetime:
    """What a clock on the wall of the venue shows, without a zone."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def day_at(instant: datetime, zone: str) -> date:
    """Which day it is at an instant on the clocks of a zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def day_ends(day: date, zone: str) -> datetime:
    """The last second of a day on the clocks of a zone, in UTC; at most of the last one that
    calendars count in every zone."""
    counted = min(day, LAST_COUNTED.date())
    return datetime.combine(counted, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True)
class Interval:
    """A half-open stretch of time, `starts_at` included, `ends_at` not."""

    starts_at: datetime
    ends_at: datetime

    @property
    def minutes(self) -> int:
        return max(0, int((self.ends_at - self.starts_at) / timedelta(minutes=1)))

    def overlap(self, other: "Interval") -> "Interval | None":
        start, end = max(self.starts_at, other.starts_at), min(self.ends_at, other.ends_at)
        return Interval(start, end) if start < end else None
