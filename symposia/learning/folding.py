"""What counts of what devices tell: a moment once, a stretch of a video once. Pure arithmetic."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

# Seconds. A device tells every quarter of a minute; more than this at once was not studying.
MOST_AT_ONCE = 60
# As fast as a player goes, and a little for its clock.
FASTEST, SLACK = 2.0, 2.0

Stretch = tuple[float, float]
Span = tuple[datetime, datetime]


def merged(stretches: Iterable[Sequence[float]]) -> list[Stretch]:
    """The same stretches in order, those that meet or overlap as one."""
    found: list[Stretch] = []
    for begins, ends in sorted((float(s[0]), float(s[1])) for s in stretches):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        elif ends > begins:
            found.append((begins, ends))
    return found


def length_of(stretches: Iterable[Sequence[float]]) -> float:
    """How much all of them cover together."""
    return sum(ends - begins for begins, ends in merged(stretches))


def believed(begins: float, ends: float, studied: float, lasts: float) -> Stretch | None:
    """What of a stretch can have been played in so many seconds of studying: skipping is not
    watching. Nothing where the stretch is none."""
    begins, ends = max(0.0, begins), min(ends, lasts)
    if not ends > begins:
        return None
    most = studied * FASTEST + SLACK
    return max(begins, ends - most), ends


def uncovered(span: Span, spans: Iterable[Span]) -> float:
    """How many seconds of a span no other one covers."""
    begins, ends = span
    inside = [
        ((max(a, begins) - begins).total_seconds(), (min(b, ends) - begins).total_seconds())
        for a, b in spans
        if a < ends and b > begins
    ]
    return max(0.0, (ends - begins).total_seconds() - length_of(inside))


def span_of(at: datetime, seconds: float, since: datetime) -> Span:
    """From when to when somebody studied who says so at a moment; never before they began."""
    told = timedelta(seconds=max(0.0, min(seconds, MOST_AT_ONCE)))
    return max(at - told, min(since, at)), at
