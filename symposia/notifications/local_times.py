"""Times as messages say them: on the venue's clock, with its zone, in the reader's language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import override


def local_time(starts_at: datetime, ends_at: datetime, zone: str, language: str = "en") -> str:
    """`Thu 12 March 2026, 18:30–20:00 IST`."""  # noqa: RUF002  # a range
    start, end = starts_at.astimezone(ZoneInfo(zone)), ends_at.astimezone(ZoneInfo(zone))
    with override(language):
        first, last = _day(start), _clock(end)
        if end.date() != start.date():
            last = f"{_day(end)}, {last}"
    return f"{first}, {_clock(start)}–{last} {zone_letters(end)}"  # noqa: RUF001  # a range


def local_moment(value: datetime, zone: str, language: str = "en") -> str:
    """`Thu 12 March 2026, 18:30 IST`."""
    local = value.astimezone(ZoneInfo(zone))
    with override(language):
        return f"{_day(local)}, {_clock(local)} {zone_letters(local)}"


def zone_letters(value: datetime) -> str:
    """IST, EDT, or the distance to Greenwich where the zone has no letters of its own."""
    name = value.tzname() or ""
    return f"UTC{name}" if name[:1] in "+-" else name


def _day(value: datetime) -> str:
    return formats.date_format(value, "D j F Y")


def _clock(value: datetime) -> str:
    return formats.date_format(value, "H:i")
