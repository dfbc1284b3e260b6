"""What a change is: the instant of a new wall time, the fields that are now different."""

from datetime import datetime
from typing import Any

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


def changed_values(row: Any, values: dict[str, Any]) -> list[dict[str, Any]]:
    """What the journal says of a change: each field with its old and new value."""
    return [
        {"field": name, "was": getattr(row, name), "now": value}
        for name, value in values.items()
        if getattr(row, name) != value
    ]
