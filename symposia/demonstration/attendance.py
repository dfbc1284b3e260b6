"""What else was seen of an evening: people nobody knows, a list on paper, a rule of one's own."""

import uuid
from datetime import timedelta

import time_machine

from symposia.activities.models import Activity
from symposia.attendance.actions.batches import Batch, Reading, record_batch
from symposia.attendance.actions.files import (
    FileFacts,
    hand_in_presence_file,
    import_presence_file,
)
from symposia.attendance.actions.rules import RuleFacts, set_presence_rule
from symposia.attendance.models import NoLeave, Way
from symposia.attendance.strangers import Stranger
from symposia.demonstration.days import morning_after
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor

STRANGERS = (
    Stranger("M. Okafor", "", "physician", "Lakeside Clinic", ""),
    Stranger("Dana Whitlock", "dana.whitlock@example.net", "nurse", "Harbor East", "RN-20417"),
)


def see_strangers(activity: Activity, door: Actor) -> None:
    """A door without a network lets two people in whom nobody has invited."""
    readings = [
        Reading(
            uuid.uuid4(),
            "walk_in",
            stranger=one,
            sequence=number,
            device_time=activity.starts_at + timedelta(minutes=6 + number),
        )
        for number, one in enumerate(STRANGERS)
    ]
    with time_machine.travel(activity.starts_at + timedelta(minutes=40), tick=True):
        record_batch(Batch(activity.pk, readings, "Hall A side door", 4), by=door)


def enter_lists(activity: Activity, office: Actor) -> None:
    """The list on the table, typed in the next morning; the second page has people twice."""
    signed = list(Registration.objects.of(activity).confirmed().with_people().order_by("pk")[6:9])
    first = "".join(f"{one.clinician.full_name},{one.ticket_code}\n" for one in signed)
    pages = {
        "Sign-in sheet page 1.csv": first,
        "Sign-in sheet page 2.csv": first.splitlines()[0] + "\n,\n",
    }
    with time_machine.travel(morning_after(activity.ends_at, activity.zone), tick=True):
        for name, rows in pages.items():
            _enter(activity, name, f"Name,Ticket\n{rows}", office)


def _enter(activity: Activity, name: str, content: str, by: Actor) -> None:
    facts = FileFacts(activity.zone, Way.ROOM)
    file = hand_in_presence_file(name, content.encode(), activity, facts, by=by)
    import_presence_file(file, by=by)


def decide_missing_check_outs(activity: Activity, officer: Actor) -> None:
    """From next year on, the desk decides at workshops, and conferences count till last seen."""
    begins = activity.wall_starts.date() + timedelta(days=200)
    for type_code, no_leave, why in (
        ("workshop", NoLeave.DESK, "Workshops are small; the desk knows who stayed."),
        ("conference", NoLeave.NEXT_EVIDENCE, "People leave between the sessions of a day."),
    ):
        set_presence_rule(RuleFacts(type_code, no_leave, begins, why), by=officer)
