"""How numbers, money and times are written for the reader; the one place that decides it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import formats, timezone

from symposia.shared.money import Money, exponent, grouped, round_half_up

_PERCENTAGE = re.compile(r"(?<=\d) %")
DAY = "D j M Y"
SHORT_DAY = "D j M"
CLOCK = "H:i"


def number(value: int | Decimal, places: int | None = None) -> str:
    """A plain number in the reader's digits and separators."""
    return formats.number_format(value, decimal_pos=places, force_grouping=True)


def credits_amount(value: Decimal) -> str:
    """A credit amount, always with two decimals: 1.50."""
    return number(round_half_up(value, 2), 2)


def money_amount(value: Money) -> str:
    """The digits of an amount without its currency, grouped as the currency's readers do."""
    return grouped(
        value,
        decimal=formats.get_format("DECIMAL_SEPARATOR"),
        thousand=formats.get_format("THOUSAND_SEPARATOR"),
        places=exponent(value.currency),
    )


def signed_amount(value: Money) -> str:
    """An amount with its sign, where no figure beside it shows that it is taken off."""
    sign = "\u2212" if value.amount < 0 else ""
    return f"{sign}{money_amount(value)}"


def month_of(value: date) -> str:
    """A month with its year: March 2026."""
    return formats.date_format(value, "F Y")


def percent(value: int | Decimal) -> str:
    """38 % that no line parts."""
    return f"{number(value)}\u00a0%"


def unbroken(text: str) -> str:
    """What people wrote, its percentages kept together."""
    return _PERCENTAGE.sub("\u00a0%", text)


def day(value: date) -> str:
    return formats.date_format(value, DAY)


def clock(value: datetime) -> str:
    return formats.date_format(value, CLOCK)


def clock_in(zone: str) -> Callable[[datetime], str]:
    """How instants are written on the clock of a venue."""
    return lambda at: clock(at.astimezone(ZoneInfo(zone)))


def zone_name(value: datetime) -> str:
    """IST, EDT, or the distance to Greenwich where the zone has no letters of its own."""
    name = value.tzname() or ""
    if name[:1] not in "+-":
        return name
    minutes = int((value.utcoffset() or timedelta()).total_seconds() // 60)
    sign = "+" if minutes >= 0 else "−"  # noqa: RUF001 - a true minus sign, read aloud as one
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


@dataclass(frozen=True)
class Moment:
    """An instant or a stretch of time as the venue's clock shows it, then as the reader's does."""

    iso: str
    day: str
    clock: str
    zone: str
    yours: str


def moment(starts_at: datetime, ends_at: datetime | None = None, zone: str = "UTC") -> Moment:
    """Venue time first, the reader's second, and only where it is known and differs."""
    here = starts_at.astimezone(ZoneInfo(zone))
    reader = timezone.get_current_timezone()
    is_known = reader != timezone.get_default_timezone()
    yours = starts_at.astimezone(reader)
    return Moment(
        iso=here.isoformat(timespec="minutes"),
        day=day(here),
        clock=_stretch(here, ends_at.astimezone(here.tzinfo) if ends_at else None),
        zone=zone_name(here),
        yours=_short(yours, here) if is_known and yours.utcoffset() != here.utcoffset() else "",
    )


def _stretch(start: datetime, end: datetime | None) -> str:
    if end is None:
        return clock(start)
    if end.date() == start.date():
        return f"{clock(start)}–{clock(end)}"  # noqa: RUF001 - a range
    last = formats.date_format(end, SHORT_DAY if end.year == start.year else DAY)
    return f"{clock(start)} – {last} {clock(end)}"  # noqa: RUF001


def _short(yours: datetime, here: datetime) -> str:
    if yours.date() == here.date():
        return clock(yours)
    return f"{formats.date_format(yours, SHORT_DAY)} {clock(yours)}"


def initials(name: str) -> str:
    """Two letters for the round picture that stands for a person."""
    words = [word for word in name.split() if word[:1].isalpha() and not word.endswith(".")]
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()


def short_hash(value: str) -> str:
    """First and last four signs of a hash, enough to compare by eye: 9f3c…e81a."""
    return value if len(value) <= 12 else f"{value[:4]}…{value[-4:]}"
