"""Where activities take place, what they begin with, and who stands beside the organisation."""

from dataclasses import replace

from symposia.activities.actions.organisers import (
    CouncilApproval,
    OrganiserFacts,
    enter_council_approval,
    name_organiser,
)
from symposia.activities.actions.types import TypeFacts, keep_own_type
from symposia.activities.actions.venues import VenueFacts, add_equipment, add_room, add_venue
from symposia.activities.models import Activity, Mode, Type
from symposia.activities.types import Due, shipped_types
from symposia.shared.actors import Actor

VENUES = {
    "US": (
        (
            VenueFacts("Harbor Learning Center", "Boston", "US", "12 Pier Road", kind="centre"),
            ("Hall A", "Lab 2"),
        ),
        (
            VenueFacts("Elm Street Pavilion", "Boston", "US", "40 Elm Street", kind="hotel"),
            ("Auditorium",),
        ),
    ),
    "IN": (
        (
            VenueFacts(
                *("Sahyadri Meeting House", "Pune", "IN", "8 Hill Road"),
                kind="centre",
                is_renowned=False,
            ),
            ("Hall A", "Room 3"),
        ),
        (
            VenueFacts("Lake View Centre", "Nagpur", "IN", "21 Lake Road", kind="hotel", stars=4),
            ("Auditorium",),
        ),
        (
            VenueFacts("Palm Shore Resort", "Panaji", "IN", "2 Shore Road", kind="resort", stars=5),
            ("Ballroom",),
        ),
    ),
}
THINGS = ("Ultrasound simulator", "Translation set", "Recording camera")
PARTNERS = {
    Mode.INDEPENDENT: OrganiserFacts("joint", "Elm Street College of Nursing"),
    Mode.SCIENTIFIC: OrganiserFacts("association", "Western Heart Association"),
}
WITH_PARTNER = {Type.COURSE, Type.WORKSHOP, Type.CONFERENCE, Type.ROUND_TABLE}
OURS = {"US": (Type.GRAND_ROUNDS, Type.JOURNAL_CLUB), "IN": (Type.ROUND_TABLE, Type.WEBINAR)}


def tell_places(country: str, by: Actor) -> None:
    """Venues with rooms, things, and two types as this organisation uses them."""
    for facts, rooms in VENUES[country]:
        venue = add_venue(facts, by=by)
        for name in rooms:
            add_room(venue, name=name, seats=60, by=by)
    for name in THINGS:
        add_equipment(name, by=by)
    for code in OURS[country]:
        kind = shipped_types()[code]
        photographs = Due("Photographs of the room", 3, "coordinator")
        kind = replace(kind, documents=(*kind.documents, photographs))
        facts_of_type = TypeFacts(
            f"Our {kind.title.lower()}",
            kind.delivery,
            kind.minutes,
            kind.milestones,
            kind.documents,
            kind.fields,
        )
        keep_own_type(code, facts_of_type, seen_version=0, by=by)


def tell_partner(activity: Activity, by: Actor) -> None:
    """A joint provider, or the association that holds the council's approval."""
    if activity.type not in WITH_PARTNER or activity.mode not in PARTNERS:
        return
    organiser = name_organiser(activity, PARTNERS[Mode(activity.mode)], by=by)
    if activity.mode == Mode.SCIENTIFIC:
        number = CouncilApproval("State medical council", f"SMC/{activity.number[-4:]}")
        enter_council_approval(organiser, number, by=by)
