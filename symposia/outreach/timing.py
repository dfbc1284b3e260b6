"""When a message reaches people at an hour of their own day."""

from datetime import UTC, datetime, timedelta

from symposia.shared.times import NoSuchLocalTime, at_venue


def due_at(local_time: datetime, zone: str) -> datetime:
    """The instant of a wall time in a zone; an hour that the clocks jump over is the next one."""
    try:
        return at_venue(local_time, zone)
    except NoSuchLocalTime:
        pass
    try:
        return at_venue(local_time + timedelta(hours=1), zone)
    except (NoSuchLocalTime, OverflowError):  # on the first or the last day that calendars count
        return local_time.replace(tzinfo=UTC)
