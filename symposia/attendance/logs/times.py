"""Times as vendors write them: with and without seconds, half days or twenty-four hours, days
before months or after; told apart by the file as a whole."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_datetime

_DATES = ("%m/%d/%Y", "%d/%m/%Y", "%Y/%m/%d", "%m/%d/%y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y")
_CLOCKS = ("%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M")
FORMATS = tuple(f"{date} {clock}" for date in _DATES for clock in _CLOCKS)
_SPACES = re.compile(r"[\s,\u202f\u00a0]+")
_HALF = re.compile(r"(?<=\d)\s*([ap])\.?m\.?$", re.IGNORECASE)
# Excel writes a formula so that it does not turn a time into a number of its own.
_FORMULA = re.compile(r'^="(.*)"$')


def read_times(texts: Sequence[str], zone: str, *, near: datetime) -> list[datetime | None]:
    """The instants of a file's times, read the one way that fits most of them; where two ways fit
    as well, the one that is nearer to the activity. What cannot be read is nothing."""
    clean = [_clean(text) for text in texts]
    ways = [_iso, *(_by(form) for form in FORMATS)]
    best: list[datetime | None] = [None] * len(texts)
    best_key = (0, timedelta.max)
    for way in ways:
        found = [_instant(way(text), zone) if text else None for text in clean]
        read = [at for at in found if at]
        if not read:
            continue
        distance = max(abs(at - near) for at in read)
        if len(read) > best_key[0] or (len(read) == best_key[0] and distance < best_key[1]):
            best, best_key = found, (len(read), distance)
    return best


def _clean(text: str) -> str:
    bare = _FORMULA.sub(r"\1", text.strip())
    spaced = _SPACES.sub(" ", bare).strip()
    return _HALF.sub(r" \1m", spaced).upper()


def _iso(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _by(form: str) -> Callable[[str], datetime | None]:
    def read(text: str) -> datetime | None:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  # the zone is the file's
        except ValueError:
            return None

    return read


def _instant(wall: datetime | None, zone: str) -> datetime | None:
    if wall is None:
        return None
    aware = wall if wall.tzinfo else wall.replace(tzinfo=ZoneInfo(zone))
    try:
        return aware.astimezone(UTC)
    except OverflowError:  # on the first or the last day that calendars count
        return None
