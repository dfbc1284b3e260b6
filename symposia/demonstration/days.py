"""When the people of the demonstration work: on working days, in the hours of their office."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

FRIDAY = 4
MORNING = 10
# What would be a Saturday's or a Sunday's is done later on the Friday before, in its order.
LATER = 3


def days_ago(today: datetime, days: int, zone: str) -> datetime:
    """A moment of work so many days ago; what comes earlier there comes earlier here."""
    local = today.astimezone(ZoneInfo(zone)) - timedelta(days=days)
    over = max(0, local.weekday() - FRIDAY)
    hour = MORNING + over * LATER
    return _instant(local - timedelta(days=over), hour)


def morning_after(at: datetime, zone: str) -> datetime:
    """The next morning on which the office is there."""
    local = at.astimezone(ZoneInfo(zone)) + timedelta(days=1)
    ahead = 7 - local.weekday() if local.weekday() > FRIDAY else 0
    return _instant(local + timedelta(days=ahead), MORNING)


def _instant(local: datetime, hour: int) -> datetime:
    """Said in UTC: a clock that travels takes the zone of its journey along."""
    return local.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(UTC)


def working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > FRIDAY else day
