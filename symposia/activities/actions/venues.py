from dataclasses import asdict, dataclass, fields

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.actions.planning import ActivityFacts, change_activity
from symposia.activities.booking import (
    objection_to_removing_room,
    objection_to_retiring,
    objection_to_venue,
)
from symposia.activities.models import Activity, Equipment, Room, Session, Venue
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class VenueFacts:
    """What one must know of a venue."""

    name: str
    city: str
    country: str
    address: str = ""
    notes: str = ""
    kind: str = ""
    stars: int | None = None
    is_renowned: bool | None = None


@transaction.atomic
def add_venue(facts: VenueFacts, *, by: Actor) -> Venue:
    """Enter a venue that activities may choose rooms of."""
    venue = Venue.objects.create(**asdict(facts))
    record(by, "venue.added", venue)
    return venue


@transaction.atomic
def change_venue(venue: Venue, facts: VenueFacts, *, seen_version: int, by: Actor) -> Venue:
    """Mend what is known of a venue, unless somebody else did so meanwhile."""
    venue = Venue.objects.select_for_update().get(pk=venue.pk)

    refuse_if(objection_to_overwriting(seen_version=seen_version, version=venue.version))

    changes = put_values(venue, asdict(facts))
    if not changes:
        return venue
    venue.save()
    record(by, "venue.changed", venue, details={"changes": changes})
    return venue


@transaction.atomic
def choose_venue(activity: Activity, venue: Venue, *, seen_version: int, by: Actor) -> Activity:
    """Hold an activity that is being planned at a venue of the directory."""
    venue = Venue.objects.select_for_update().get(pk=venue.pk)

    refuse_if(objection_to_venue(venue))

    has = {each.name: getattr(activity, each.name) for each in fields(ActivityFacts)}
    there = {
        "venue_name": venue.name,
        "venue_address": venue.address,
        "city": venue.city,
        "country": venue.country,
    }
    return change_activity(activity, ActivityFacts(**has | there), seen_version=seen_version, by=by)


@transaction.atomic
def retire_venue(venue: Venue, *, reason: str, by: Actor) -> Venue:
    """Choose this venue no longer; what is planned there stays."""
    venue = Venue.objects.select_for_update().get(pk=venue.pk)

    refuse_if(objection_to_retiring(reason))

    venue.retired_at, venue.retired_because = now(), reason.strip()[:300]
    venue.version += 1
    venue.save()
    record(by, "venue.retired", venue, reason=reason)
    return venue


@transaction.atomic
def add_room(venue: Venue, *, name: str, seats: int | None, by: Actor) -> Room:
    """Enter a room of a venue; the same name again changes its seats."""
    venue = Venue.objects.select_for_update().get(pk=venue.pk)
    values = {"seats": seats}
    room, _is_new = Room.objects.update_or_create(venue=venue, name=name.strip(), defaults=values)
    record(by, "venue.room_added", venue, details={"room": room.name, "seats": seats})
    return room


@transaction.atomic
def remove_room(room: Room, *, by: Actor) -> None:
    """Take away a room in which nothing takes place."""
    room = Room.objects.select_for_update(of=("self",)).select_related("venue").get(pk=room.pk)
    session = Session.objects.filter(place=room).order_by("starts_at", "pk").first()

    refuse_if(objection_to_removing_room(session.title if session else None))

    room.delete()
    record(by, "venue.room_removed", room.venue, details={"room": room.name})


@transaction.atomic
def add_equipment(name: str, *, venue: Venue | None = None, by: Actor) -> Equipment:
    """Enter a thing that sessions may need; the same name again is the same thing."""
    thing, is_new = Equipment.objects.get_or_create(name=name.strip(), defaults={"venue": venue})
    if is_new:
        record(by, "equipment.added", thing)
    return thing


@transaction.atomic
def retire_equipment(thing: Equipment, *, by: Actor) -> Equipment:
    """Offer a thing no longer; sessions that need it keep it."""
    thing = Equipment.objects.select_for_update().get(pk=thing.pk)
    if thing.retired_at is None:
        thing.retired_at = now()
        thing.save()
        record(by, "equipment.retired", thing)
    return thing
