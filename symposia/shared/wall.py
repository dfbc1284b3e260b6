"""The column of a time on the wall of a venue: no zone in it, the zone stands beside it."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime


class WallTimeField(models.DateTimeField):  # type: ignore[type-arg]  # not generic at run time
    """A wall-clock time without zone; `shared.times.at_venue` makes an instant of it."""

    description = "wall time at a venue"

    def db_type(self, connection: Any) -> str:  # noqa: ARG002  # the signature is Django's
        return "timestamp without time zone"

    def to_python(self, value: Any) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        return parse_datetime(value)

    def get_prep_value(self, value: Any) -> datetime | None:
        """Refuse an instant: it would be stored as the wrong wall time without a word."""
        wall = self.to_python(value)
        if wall is not None and wall.tzinfo is not None:
            raise ValueError(f"{self.name}: {wall} is an instant, not a wall time")
        return wall
