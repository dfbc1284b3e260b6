"""Clocks of phones are wrong, at times wildly: how much is believed, and what it then means."""

from datetime import datetime, timedelta

# Seconds of a person's working life: no clock is wrong by more.
LIFETIME = 2_000_000_000


def within_a_life(seconds: int) -> int:
    """By how much a clock may be wrong at all, however wild what it says."""
    return max(-LIFETIME, min(seconds, LIFETIME))


def corrected(device_time: datetime | None, offset: int, *, at: datetime) -> datetime:
    """When it was by our clock: the device's own, corrected; never later than it was told."""
    if device_time is None:
        return at
    try:
        return min(device_time + timedelta(seconds=offset), at)
    except OverflowError:  # beyond the last day that calendars count
        return at
