"""How long a message that did not leave is tried again, and how long it rests between."""

from datetime import timedelta

GIVE_UP_AFTER = timedelta(days=3)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=5)


def pause_after(attempts: int) -> timedelta:
    """How long it rests after so many attempts: twice as long each time, up to a limit."""
    doubled: int = 2 ** min(attempts - 1, 8)
    return min(LONGEST_PAUSE, FIRST_PAUSE * doubled)
