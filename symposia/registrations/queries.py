import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Subquery

from symposia.accounts.permissions import Access
from symposia.activities.models import Activity
from symposia.activities.numbers import numbers_of, register_numbers
from symposia.activities.wall import FEWEST, only_counts
from symposia.directory.models import Clinician
from symposia.notifications.models import Delivery
from symposia.registrations.models import CURRENT, Places, Registration, SessionChoice, State
from symposia.registrations.tickets import read_ticket
from symposia.shared.planned import fetch, planned
from symposia.shared.tenancy import current_organisation_id


def activity_as_it_is(activity_id: uuid.UUID) -> Activity:
    """The activity now; nobody changes it until this transaction ends, many may register."""
    one = "organisation_id = %(of)s AND id = %(id)s FOR KEY SHARE"
    return fetch(Activity, one, of=current_organisation_id(), id=activity_id)[0]


def activity_of(activity_id: uuid.UUID) -> Activity:
    """The activity that an event or a job names."""
    return Activity.objects.get(pk=activity_id)


def clinician_of(clinician_id: uuid.UUID) -> Clinician:
    """The clinician that an event names."""
    return Clinician.objects.get(pk=clinician_id)


def ended_place_of(clinician: Clinician, activity: Activity) -> Registration | None:
    """The place of somebody that ended last, for whoever is told what became of it."""
    theirs = Registration.objects.of(activity).filter(clinician=clinician)
    return theirs.exclude(state__in=CURRENT).order_by("-requested_at", "-pk").first()


def registration_of(registration_id: uuid.UUID) -> Registration:
    """The registration that an event or a job names, with its person and its activity."""
    return Registration.objects.with_people().get(pk=registration_id)


def choice_of(choice_id: uuid.UUID) -> SessionChoice:
    """The place in a session that a job names, with its person and its activity."""
    rows = SessionChoice.objects.select_related("session", "activity", "registration__activity")
    return rows.select_related("registration__clinician").get(pk=choice_id)


# What is counted of an activity's places.
SEATS = ("taken", "waiting", "beyond")


@dataclass(frozen=True)
class Seats:
    """How full an activity is."""

    capacity: int | None
    taken: int
    waiting: int
    beyond: int

    @property
    def left(self) -> int | None:
        """Places that are free; none while people wait, unknown without a limit."""
        if self.capacity is None:
            return None
        return 0 if self.waiting else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        return self.left == 0


def register_seats() -> None:
    """Let an activity be read together with how full it is."""
    places = Places.objects.filter(activity=OuterRef("pk"))
    register_numbers(**{name: Subquery(places.values(name)[:1]) for name in SEATS})


def seats_of(activity: Activity) -> Seats:
    """The places of one activity."""
    return seats_from(activity, numbers_of(activity, *SEATS))


def seats_from(activity: Activity, full: Sequence[int | None]) -> Seats:
    """The places of an activity from what `SEATS` names; nobody has registered: nothing."""
    taken, waiting, beyond = (number or 0 for number in full)
    return Seats(activity.capacity, taken, waiting, beyond)


def seats_shown(activity: Activity, access: Access) -> Seats:
    """How full an activity is, without the small counts that the wall keeps from somebody."""
    seats = seats_of(activity)
    if activity.mode not in only_counts(access):
        return seats
    taken, waiting, beyond = (
        count if count >= FEWEST else 0 for count in (seats.taken, seats.waiting, seats.beyond)
    )
    return Seats(seats.capacity, taken, waiting, beyond)


_BEFORE = """
SELECT count(*) FROM registrations_registration
WHERE organisation_id = %(organisation)s AND activity_id = %(activity)s AND state = 'queued'
  AND (requested_at, id) < (%(at)s, %(id)s)
"""


def position_of(registration: Registration) -> int | None:
    """The place in the queue, from 1; nothing for whoever does not wait."""
    if not registration.is_queued:
        return None
    values = {
        "organisation": registration.organisation_id,
        "activity": registration.activity_id,
        "at": registration.requested_at,
        "id": registration.pk,
    }
    before: int = planned(_BEFORE, values)[0][0]
    return before + 1


def registration_of_code(text: str, activity_id: uuid.UUID) -> uuid.UUID | None:
    """The registration that a scanned ticket or a typed code names."""
    ticket = read_ticket(text)
    if ticket:
        return ticket.registration_id
    code = "".join(text.split()).upper()
    return (
        Registration.objects.filter(activity_id=activity_id, ticket_code=code)
        .values_list("pk", flat=True)
        .first()
    )


def registrations_of_codes(texts: Collection[str], activity_id: uuid.UUID) -> dict[str, uuid.UUID]:
    """The registrations that several scanned tickets or typed codes name, in one statement; what
    names none is left out."""
    tickets = {text: read_ticket(text) for text in texts}
    found = {text: one.registration_id for text, one in tickets.items() if one}
    typed = {text: "".join(text.split()).upper() for text, one in tickets.items() if not one}
    if not typed:
        return found
    rows = Registration.objects.filter(activity_id=activity_id, ticket_code__in=typed.values())
    known = dict(rows.values_list("ticket_code", "pk"))
    return found | {text: known[code] for text, code in typed.items() if code in known}


def was_told(
    registration: Registration, template_code: str, *, since: datetime | None = None
) -> bool:
    """Whether a message of this kind was already written about the registration."""
    about = Delivery.objects.about(registration._meta.label, registration.pk)
    written = about.filter(template_code=template_code)
    return (written.filter(queued_at__gte=since) if since else written).exists()


def counts_by_state(activity: Activity) -> dict[str, int]:
    """How many registrations of an activity there are in each state."""
    rows = Registration.objects.of(activity).values_list("state").annotate(Count("pk"))
    return {str(state): 0 for state in State} | dict(rows)
