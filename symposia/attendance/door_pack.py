"""What a device takes along to the door: enough to decide without a network, and nothing else.

Of a person it holds name, credential, institution, the state of the place and hashes of the ticket;
never how to reach them, never a licence number.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity, Session
from symposia.attendance.folding import door_opens_at
from symposia.attendance.models import DoorDevice, PresenceEvidence, Standing
from symposia.registrations.answers import access_needs
from symposia.registrations.choosing import choosable, seats_by_registration
from symposia.registrations.models import Registration, TicketKey
from symposia.registrations.tickets import (
    public_key,
    ticket_text,
    ticket_text_of_first_kind,
)

# Characters of a hash: 96 bits, too many to meet by chance.
_SHORT = 24


@dataclass(frozen=True)
class Known:
    """One person with a place, or who asked for one."""

    ref: str
    # Of every ticket that was given out for the place, whatever key signed it.
    tickets: tuple[str, ...]
    code: str
    name: str
    credential: str
    institution: str
    state: str
    # Sessions with seats of their own in which this person has one.
    seats: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    # What brought them in, if they are in.
    event: str = ""
    since: str = ""
    door: str = ""
    by: str = ""


@dataclass(frozen=True)
class Slot:
    """A session as the door names it."""

    id: str
    title: str
    room: str
    starts_at: str
    ends_at: str
    # Whether it has places of its own, which people chose.
    chosen: bool = False


@dataclass(frozen=True)
class Pack:
    """Everything a device knows when the network is away."""

    activity: str
    number: str
    zone: str
    door: str
    holder: str
    direction: str
    mode: str
    session: str
    expires_at: str
    # From when a reading counts; nothing without an agenda.
    opens_at: str
    salt: str
    # The public halves that verify a ticket of ours, by number.
    keys: dict[str, str]
    sessions: tuple[Slot, ...]
    people: tuple[Known, ...] = field(default=())

    def as_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"), ensure_ascii=False)


def version_of(text: str) -> str:
    """The same for the same content: nothing is sent twice."""
    return hashlib.sha256(text.encode()).hexdigest()[:_SHORT]


def hashed(salt: str, text: str) -> str:
    """What a device compares instead of a ticket or a code; the same on both sides."""
    said = "".join(text.split()).upper()
    return hashlib.sha256(f"{salt}:{said}".encode()).hexdigest()[:_SHORT]


def pack_for(device: DoorDevice) -> Pack:
    """The pack of one device: of its activity, at its door, now."""
    activity: Activity = device.activity
    sessions = list(Session.objects.of(activity))
    chosen = {each.session_id for each in choosable(activity)}
    opens_at = door_opens_at(sessions)
    salt = hashlib.sha256(f"door pack {device.pk}".encode()).hexdigest()[:_SHORT]
    return Pack(
        activity=activity.title,
        number=activity.number,
        zone=activity.zone,
        door=device.door,
        holder=device.holder,
        direction=device.direction,
        mode=device.mode,
        session=str(device.session_id or ""),
        expires_at=device.expires_at.isoformat(),
        opens_at=opens_at.isoformat() if opens_at else "",
        salt=salt,
        keys=_keys(),
        sessions=tuple(_slot(each, each.pk in chosen) for each in sessions),
        people=tuple(_people(activity, salt)),
    )


def _slot(session: Session, chosen: bool) -> Slot:
    starts_at, ends_at = session.starts_at.isoformat(), session.ends_at.isoformat()
    return Slot(str(session.pk), session.title, session.room, starts_at, ends_at, chosen)


def _people(activity: Activity, salt: str) -> Iterable[Known]:
    inside, place = _inside(activity), this_organisation().code
    seats, needs = seats_by_registration(activity), access_needs(activity)
    last_key = TicketKey.objects.current_number()
    rows: Any = Registration.objects.of(activity).with_people()
    for row in rows.order_by("clinician__search_text", "pk"):
        event, since, door, by = inside.get(row.pk, ("", "", "", ""))
        yield Known(
            ref=str(row.pk),
            tickets=tuple(hashed(salt, text) for text in _tickets(place, row.pk, last_key)),
            code=hashed(salt, row.ticket_code),
            name=row.clinician.called,
            credential=row.clinician.credential,
            institution=str(row.clinician.institution or ""),
            state=row.state,
            needs=needs.get(row.pk, ()),
            seats=seats.get(row.pk, ()),
            event=event,
            since=since,
            door=door,
            by=by,
        )


def _keys() -> dict[str, str]:
    place, last = this_organisation().code, TicketKey.objects.current_number()
    return {str(number): public_key(place, number) for number in range(1, last + 1)}


@lru_cache(maxsize=20_000)
def _tickets(place: str, registration_id: uuid.UUID, last_key: int) -> tuple[str, ...]:
    """Signed once: a list of thousands is asked for again and again."""
    signed = (ticket_text(place, registration_id, number) for number in range(1, last_key + 1))
    return (ticket_text_of_first_kind(place, registration_id), *signed)


def _inside(activity: Activity) -> dict[uuid.UUID, tuple[str, str, str, str]]:
    """Who is inside, since when, through which door and by whom."""
    standings = Standing.objects.filter(activity=activity, is_inside=True)
    found = dict(standings.values_list("event_uuid", "registration_id"))
    rows = PresenceEvidence.objects.filter(event_uuid__in=found).values_list(
        "event_uuid", "occurred_at", "device", "by_name"
    )
    return {found[event]: (str(event), at.isoformat(), door, by) for event, at, door, by in rows}
