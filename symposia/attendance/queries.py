import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Subquery
from django.utils.timezone import now

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, DeliveryForm, Session
from symposia.activities.numbers import numbers_of, register_numbers
from symposia.activities.queries import sessions_of
from symposia.activities.reading import loaded_once
from symposia.attendance.folding import (
    Presence,
    counted_of,
    door_opens_at,
    has_any,
    is_connected,
    presence_of,
)
from symposia.attendance.models import DOOR_STATES, ONLINE, Kind, PresenceEvidence, Standing
from symposia.attendance.occupancy import Moment, occupancy_of
from symposia.attendance.rules import counting_of
from symposia.directory.models import Clinician
from symposia.directory.models.people import ClinicianQuerySet
from symposia.registrations.models import Registration, RegistrationQuerySet
from symposia.registrations.queries import SEATS, Seats, seats_from
from symposia.shared.counting import CountOf

# Fewer letters of a name would show half of the list to whoever stands at a door.
FEWEST_LETTERS = 3
_READ_AT_DOORS = (Kind.IN, Kind.OUT, Kind.WALK_IN)


def minutes_of(registration: Registration) -> Presence:
    """The minutes of one clinician, session by session, folded from the evidence."""
    activity = registration.activity
    sessions = list(Session.objects.of(activity))
    evidence = PresenceEvidence.objects.of_registration(registration)
    counting = counting_of(activity)
    return presence_of(evidence, sessions, counting.no_leave, counting.checks)


def was_there(registration: Registration) -> bool:
    """Whether any observation of this person stands."""
    evidence = PresenceEvidence.objects.of_registration(registration)
    return has_any(evidence, opening_of(registration.activity_id))


def opening_of(activity_id: uuid.UUID) -> datetime | None:
    """From when the readings at the doors of an activity count."""
    return door_opens_at(Session.objects.of(activity_id))


def presence_by_registration(activity: Activity) -> dict[uuid.UUID, Presence]:
    """The minutes of everybody of whom there is evidence, in three statements."""
    sessions, counting = loaded_once(activity, sessions_of), loaded_once(activity, counting_of)
    return {
        key: presence_of(each, sessions, counting.no_leave, counting.checks)
        for key, each in evidence_by_registration(activity).items()
    }


def evidence_by_registration(activity: Activity) -> dict[uuid.UUID, list[PresenceEvidence]]:
    """The observations of everybody who has a place, in one statement."""
    found: dict[uuid.UUID, list[PresenceEvidence]] = defaultdict(list)
    for one in PresenceEvidence.objects.of(activity).order_by("pk"):
        if one.registration_id:
            found[one.registration_id].append(one)
    return found


def occupancy_by_minute(activity: Activity) -> list[Moment]:
    """How many were in the room and online in each minute, up to now."""
    return occupancy_of(presence_by_registration(activity).values(), until=now())


def people_present(activity: Activity) -> int:
    """How many clinicians have been at an activity, whenever they left."""
    return sum(p.was_there for p in presence_by_registration(activity).values())


def clinicians_in_room(activity: Activity) -> set[uuid.UUID]:
    """Whoever was seen in the room, not through a connection, whenever and however long."""
    opens_at = door_opens_at(loaded_once(activity, sessions_of))
    seen = evidence_by_registration(activity)
    came = [
        key for key, each in seen.items() if not all(map(is_connected, counted_of(each, opens_at)))
    ]
    places = Registration.objects.filter(pk__in=came)
    return set(places.values_list("clinician", flat=True))


@dataclass(frozen=True)
class DoorCounts:
    """What the door shows: who is in now, who is expected."""

    inside: int
    expected: int
    seats: Seats
    last_at: datetime | None


@dataclass(frozen=True)
class RoomCounts(DoorCounts):
    """What the office sees of a room beside: how many of those expected were never seen."""

    missing: int

    @property
    def were_there(self) -> int:
        return self.expected - self.missing


def door_counts(activity: Activity) -> DoorCounts:
    """The numbers at the foot of the door page and on the rail."""
    names = ("inside", "expected", "last_reading", *SEATS)
    inside, expected, last_at, *full = numbers_of(activity, *names)
    return DoorCounts(inside, expected, seats_from(activity, full), last_at)


def room_counts(activity: Activity) -> RoomCounts:
    """The numbers of the attendance tab."""
    door, missing = door_counts(activity), never_seen_at(activity).count()
    return RoomCounts(door.inside, door.expected, door.seats, door.last_at, missing)


def never_seen_at(activity: Activity) -> RegistrationQuerySet:
    """Those expected of whom nothing was seen that stands: whoever left again is not among them,
    whoever was checked in by mistake is."""
    observed = PresenceEvidence.objects.of(activity)
    undos = observed.undoing(OuterRef("event_uuid"), OuterRef("by_id"))
    seen = observed.exclude(kind=Kind.UNDO).exclude(Exists(undos))
    expected = Registration.objects.of(activity).confirmed()
    return expected.exclude(Exists(seen.filter(registration=OuterRef("pk"))))


def register_door_numbers() -> None:
    """Let an activity be read together with what its door counts."""
    here = OuterRef("pk")
    readings = PresenceEvidence.objects.filter(activity=here).order_by().values("activity")
    expected = Registration.objects.filter(activity=here).confirmed()
    register_numbers(
        inside=CountOf(Standing.objects.filter(activity=here, is_inside=True)),
        expected=CountOf(expected),
        last_reading=Subquery(readings.annotate(last=Max("server_time")).values("last")),
    )


def door_activity(activity_id: uuid.UUID) -> Activity:
    """The activity that a door's pass names."""
    return Activity.objects.get(pk=activity_id)


def doors_open_to(access: Access, *, at: datetime) -> list[Activity]:
    """The activities at whose door this person may stand now, the next one first; what takes place
    online alone has no room and nothing to scan."""
    return list(
        Activity.objects.visible_to(access, Permission.CHECK_IN)
        .filter(state__in=DOOR_STATES, ends_at__gt=at - timedelta(hours=18))
        .exclude(delivery=DeliveryForm.ONLINE)
        .order_by("starts_at", "pk")[:30]
    )


def may_stand_at(access: Access | None, activity_id: uuid.UUID) -> bool:
    """Whether somebody's right to check in reaches this door now."""
    if access is None:
        return False
    doors = Activity.objects.visible_to(access, Permission.CHECK_IN)
    return doors.filter(pk=activity_id).exists()


def evidence_at_door(
    event_uuid: uuid.UUID, activity_id: uuid.UUID, *, user_id: uuid.UUID
) -> PresenceEvidence | None:
    """An own observation of this door, which its person may take back."""
    return PresenceEvidence.objects.filter(
        event_uuid=event_uuid, activity_id=activity_id, by_id=user_id
    ).first()


def last_own_reading(
    activity: Activity, *, user_id: uuid.UUID, of: Registration | None = None
) -> PresenceEvidence | None:
    """What this person read last at this door, of anybody or of one place, and has not taken
    back; Undo belongs to it."""
    mine = PresenceEvidence.objects.of(activity).filter(by_id=user_id, changed_presence=True)
    undos = PresenceEvidence.objects.of(activity)
    taken_back = undos.undoing(OuterRef("event_uuid"), OuterRef("by_id"))
    mine = mine.filter(registration=of) if of else mine
    readings = mine.filter(kind__in=_READ_AT_DOORS).exclude(Exists(taken_back))
    return readings.latest_first().select_related("registration__clinician").first()


def people_at_doors(access: Access) -> ClinicianQuerySet:
    """Whom somebody may let in: everybody, or the clinicians of the own territories."""
    held = Permission.CHECK_IN
    by_territory = not access.everywhere(held) and access.scopes(held, "territory")
    return Clinician.objects.visible_to(access, held) if by_territory else Clinician.objects.all()


@dataclass(frozen=True)
class FoundAtDoor:
    """Whom the door finds by name: those with a registration, and others of the directory."""

    registered: list[Registration]
    others: list[Clinician]


def people_for_door(activity: Activity, text: str, *, access: Access) -> FoundAtDoor:
    """People whose name begins so, and since when they are inside (`inside_since`); the door sees
    name, credential and institution alone, and whoever stands there for a territory its people
    alone."""
    people = people_at_doors(access)
    return _named(activity, text, here=people, elsewhere=people)


def people_for_desk(activity: Activity, text: str, *, access: Access) -> FoundAtDoor:
    """People whose name begins so, for whoever says who somebody was: everybody with a place here,
    and of the directory whom this person sees there."""
    seen = Clinician.objects.visible_to(access)
    return _named(activity, text, here=Clinician.objects.all(), elsewhere=seen)


def _named(
    activity: Activity, text: str, *, here: ClinicianQuerySet, elsewhere: ClinicianQuerySet
) -> FoundAtDoor:
    if len(text.strip()) < FEWEST_LETTERS:
        return FoundAtDoor([], [])
    inside = Standing.objects.filter(registration=OuterRef("pk"), is_inside=True)
    registered = list(
        Registration.objects.of(activity)
        .with_people()
        .current()
        .filter(clinician__in=here.search(text).values("pk"))
        .annotate(inside_since=Subquery(inside.values("at")))
        .order_by("clinician__search_text", "pk")[:20]
    )
    known = [one.clinician_id for one in registered]
    others = elsewhere.active().search(text).exclude(pk__in=known)
    return FoundAtDoor(
        registered, list(others.select_related("institution").order_by("search_text", "pk")[:10])
    )


def evidence_shown(activity: Activity) -> list[PresenceEvidence]:
    """The latest readings of an activity with their people, the newest first."""
    latest = PresenceEvidence.objects.of(activity).latest_first()
    return list(latest.select_related("registration__clinician")[:8])


@dataclass(frozen=True)
class SeenBefore:
    """The scan that a later one of the same ticket meets."""

    at: datetime
    device: str
    by_name: str
    changed_presence: bool
    registration_id: uuid.UUID
    kind: str


def scan_of(event_uuid: uuid.UUID) -> SeenBefore | None:
    """The observation under this id, if it was already kept."""
    return _seen(PresenceEvidence.objects.filter(event_uuid=event_uuid).first())


def last_change_of(registration_id: uuid.UUID, *, before: uuid.UUID) -> SeenBefore | None:
    """What last brought this person in or out at a door, apart from the scan just made."""
    changes = PresenceEvidence.objects.filter(
        registration_id=registration_id, changed_presence=True, kind__in=_READ_AT_DOORS
    ).exclude(source__in=ONLINE)
    return _seen(changes.exclude(event_uuid=before).order_by("-server_time", "-pk").first())


def _seen(row: PresenceEvidence | None) -> SeenBefore | None:
    if row is None or row.registration_id is None:
        return None
    return SeenBefore(
        row.occurred_at,
        row.device,
        row.by_name,
        row.changed_presence,
        row.registration_id,
        row.kind,
    )
