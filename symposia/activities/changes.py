"""When a change takes place: the instant of a new wall time."""

from datetime import datetime

from symposia.activities.policies import NO_SUCH_TIME, objection_to_year, said
from symposia.shared.refusals import Refused, refuse_if
from symposia.shared.times import NoSuchLocalTime, at_venue


def instant(wall_time: datetime, zone: str) -> datetime:
    """The instant of a wall time; a time the clocks jump over is refused in words."""
    refuse_if(objection_to_year(wall_time))
    try:
        return at_venue(wall_time, zone)
    except NoSuchLocalTime as skipped:
        raise Refused(NO_SUCH_TIME.about(zone=zone, time=said(wall_time))) from skipped
