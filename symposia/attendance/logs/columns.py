"""What the columns of a log mean: known for the reports of three vendors, guessed for others.

The names are those of the vendors' own exports as they were in 2026; a report whose columns were
renamed is mapped by hand once, and remembered.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from symposia.attendance.models import LogFormat
from symposia.work.imports.fields import TargetField, guess_columns, plain

FIELDS = (
    TargetField(
        "name",
        _("Name"),
        ("name original name", "full name", "display name", "attendee name", "participant"),
    ),
    TargetField(
        "email",
        _("E-mail"),
        ("user email", "attendee email", "email address", "participant id upn", "mail"),
    ),
    TargetField("code", _("Ticket code"), ("ticket", "code")),
    TargetField("institution", _("Institution"), ("organisation", "organization", "hospital")),
    TargetField(
        "joined", _("From"), ("join time", "first join", "joined", "time in", "check in", "start")
    ),
    TargetField(
        "left", _("Until"), ("leave time", "last leave", "left", "time out", "check out", "end")
    ),
    TargetField("role", _("Role"), ("attendee role", "participant role")),
)
# What a row must at least say, by whose export it is; more specific ones first.
_KNOWN: tuple[tuple[LogFormat, tuple[str, ...], Mapping[str, str]], ...] = (
    (
        LogFormat.ZOOM,
        ("nameoriginalname", "jointime", "leavetime"),
        {
            "name": "nameoriginalname",
            "email": "useremail",
            "joined": "jointime",
            "left": "leavetime",
        },
    ),
    (
        LogFormat.WEBEX,
        ("attendeeemail", "jointime", "leavetime"),
        {
            "name": "displayname",
            "email": "attendeeemail",
            "joined": "jointime",
            "left": "leavetime",
            "role": "role",
        },
    ),
    (
        LogFormat.TEAMS,
        ("name", "jointime", "leavetime", "duration", "role"),
        {
            "name": "name",
            "email": "email",
            "joined": "jointime",
            "left": "leavetime",
            "role": "role",
        },
    ),
    (
        LogFormat.TEAMS,
        ("name", "firstjoin", "lastleave", "role"),
        {
            "name": "name",
            "email": "email",
            "joined": "firstjoin",
            "left": "lastleave",
            "role": "role",
        },
    ),
)


def recognised(header: Sequence[str]) -> tuple[LogFormat, dict[str, int]] | None:
    """Whose export has these columns, and which of them says what."""
    places = {plain(name): place for place, name in reversed(list(enumerate(header)))}
    for format_, needed, columns in _KNOWN:
        if all(name in places for name in needed):
            return format_, {
                field: places[name] for field, name in columns.items() if name in places
            }
    return None


def guessed(header: Sequence[str]) -> dict[str, int]:
    """What the columns of a table of one's own could mean."""
    return guess_columns(FIELDS, header)
