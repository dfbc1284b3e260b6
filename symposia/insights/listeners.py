"""Whatever happens to an activity leaves a mark; scans leave none, the count looks at the doors
itself."""

from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any

from symposia.activities import events as of_activities
from symposia.assessment import events as of_assessment
from symposia.attendance import events as of_attendance
from symposia.credits import events as of_credits
from symposia.finance import events as of_finance
from symposia.insights.actions import touch_figures
from symposia.outreach import events as of_outreach
from symposia.registrations import events as of_registrations
from symposia.shared.events import listens_to

SOURCES = (
    *(of_activities, of_assessment, of_attendance, of_credits, of_finance, of_outreach),
    of_registrations,
)
# As often as people walk through a door.
TOO_MANY = frozenset({"PresenceRecorded"})


def events_about_an_activity(module: ModuleType) -> list[type[Any]]:
    """The events of a context that say which activity they are about."""
    return [
        kind
        for name, kind in vars(module).items()
        if isinstance(kind, type)
        and is_dataclass(kind)
        and kind.__module__ == module.__name__
        and name not in TOO_MANY
        and "activity_id" in {each.name for each in fields(kind)}
    ]


def of_any(event: Any) -> None:
    touch_figures(event.activity_id)


for source in SOURCES:
    for kind in events_about_an_activity(source):
        listens_to(kind)(of_any)
