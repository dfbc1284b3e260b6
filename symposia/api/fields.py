"""What programs send and get in more than one place: wall times, amounts, reasons, addresses."""

from datetime import time
from decimal import Decimal
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, AwareDatetime, Field, NaiveDatetime, WithJsonSchema

from symposia.shared.times import FIRST_COUNTED, LAST_COUNTED, ZONES


def _known(zone: str) -> str:
    if zone not in ZONES:
        raise ValueError("is not a time zone of the IANA database")
    return zone


def _on_the_wall(clock: time) -> time:
    return clock.replace(tzinfo=None, microsecond=0)


def _written_to(address: str) -> str:
    try:
        if address:
            validate_email(address)
    except ValidationError as problem:
        raise ValueError("is not an e-mail address") from problem
    return address


_ON_A_WALL = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d"
# An instant has a zone in it, so this is no `date-time`.
WallTime = Annotated[
    NaiveDatetime,
    WithJsonSchema(
        {
            "type": "string",
            "description": "What a clock on the wall of the venue shows, without a zone.",
            "pattern": _ON_A_WALL,
            "examples": ["2031-03-04T09:30:00"],
        }
    ),
]
# The zone of a venue, and an hour on the clock there.
Zone = Annotated[str, AfterValidator(_known)]
Clock = Annotated[time, AfterValidator(_on_the_wall)]
# The largest that a ledger keeps, in units of any currency.
Amount = Annotated[Decimal, Field(max_digits=15, decimal_places=3)]
# Why something is done, as the journal and the people concerned will read it.
Reason = Annotated[str, Field(max_length=300)]
# From where on something is told: as far as a database counts.
Offset = Annotated[int, Field(le=2_000_000_000)]
# An instant on a day that calendars count, in every zone.
Instant = Annotated[AwareDatetime, Field(ge=FIRST_COUNTED, le=LAST_COUNTED)]
# An instant as a device's clock has it, however wrong.
DeviceTime = Instant
# Where somebody is written to: what a page takes, and no other; where nobody has to be, or nothing.
_ADDRESS = r"[^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+$"
Email = Annotated[str, Field(max_length=254, pattern=f"^{_ADDRESS}"), AfterValidator(_written_to)]
EmailOrNothing = Annotated[
    str, Field(max_length=254, pattern=f"^$|^{_ADDRESS}"), AfterValidator(_written_to)
]
