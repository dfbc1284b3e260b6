import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.activities.models import Activity
from symposia.activities.models import State as ActivityState
from symposia.directory.models import Clinician
from symposia.directory.policies import NOT_ACTIVE
from symposia.notifications.policies import objection_to_address
from symposia.registrations.models import (
    Admission,
    AdmissionKind,
    Counts,
    Places,
    Registration,
    Source,
    State,
    WaitlistTerms,
)
from symposia.shared.refusals import Objection

ALREADY_REGISTERED = Objection("already_registered", _("There is a place here already."))
ALREADY_QUEUED = Objection("already_queued", _("The waitlist has this person already."))
NOT_OPEN = Objection("registration_not_open", _("Registration is not open."))
IS_OVER = Objection("activity_is_over", _("This activity is over."))
NOT_AT_THE_DOOR = Objection(
    "door_not_open", _("Walk-ins are taken while the activity is open or running.")
)
FULL = Objection(
    "places_all_taken",
    ngettext_lazy(
        "The %(capacity)s place is taken. Let the person in beyond the capacity, or send them on.",
        "All %(capacity)s places are taken. Let the person in beyond the"
        " capacity, or send them on.",
        "capacity",
    ),
)
NOT_CURRENT = Objection("registration_not_current", _("This place was already given up."))
CAPACITY_BELOW_PLACES = Objection(
    "capacity_below_places",
    ngettext_lazy(
        "%(taken)s place is already taken; the capacity cannot be %(capacity)s.",
        "%(taken)s places are already taken; the capacity cannot be %(capacity)s.",
        "taken",
    ),
)
NO_OFFER = Objection("no_place_offered", _("No place is offered here."))
OFFER_OVER = Objection(
    "offer_is_over", _("The offer ended. The place went on to whoever came next.")
)
ALREADY_OFFERED = Objection(
    "already_offered", _("A place is offered already. It is taken on the page of the ticket.")
)
PARTY_OF_ONE = Objection("party_of_one", _("A party is two people or more."))
NOBODY_TO_REGISTER = Objection(
    "nobody_to_register", _("No line names somebody who can be registered.")
)
PARTY_OVER_CAPACITY = Objection(
    "party_over_capacity",
    ngettext_lazy(
        "The party is %(size)s people; there is %(capacity)s place in all. Register fewer.",
        "The party is %(size)s people; there are %(capacity)s places in all. Register fewer.",
        "capacity",
    ),
)
CAPACITY_BELOW_KEPT = Objection(
    "capacity_below_kept",
    ngettext_lazy(
        "%(taken)s place is taken and %(kept)s kept for groups; the capacity"
        " cannot be %(capacity)s. Give places of the groups back first.",
        "%(taken)s places are taken and %(kept)s kept for groups; the capacity"
        " cannot be %(capacity)s. Give places of the groups back first.",
        "taken",
    ),
)
KEPT_NEEDS_A_LIMIT = Objection(
    "kept_places_need_a_limit",
    _("Places are kept for groups only where the activity has a limit of places."),
)
OTHER_GROUP = Objection("group_of_another_activity", _("This group belongs elsewhere."))
BY_INVITATION = Objection(
    "by_invitation_alone", _("This activity is by invitation. Whoever is invited gets a message.")
)
ALREADY_ASKED = Objection(
    "already_asked", _("A place was asked for already. The organiser will answer.")
)
NOT_REQUESTED = Objection("nothing_requested", _("This request was answered already."))
NO_SEAT_TO_HAND_ON = Objection(
    "no_seat_to_hand_on", _("Only a confirmed place is handed on, before the activity is over.")
)
KEPT_FOR_GROUP = Objection(
    "place_kept_for_group", _("This place is kept for a group that the person is not part of.")
)
ASK_THE_ORGANISER = Objection(
    "ask_the_organiser", _("The organiser decides who comes here. Ask them to hand your place on.")
)
SUBSTITUTE_NOT_POSSIBLE = Objection(
    "substitute_not_possible", _("Your place cannot go to this person. Ask the organiser.")
)

# In which states of the activity people may register themselves, and staff may register them.
_OPEN_TO_PEOPLE = frozenset({ActivityState.OPEN})
_OPEN_TO_STAFF = frozenset({ActivityState.OPEN, ActivityState.RUNNING})
# Who was there without a place is entered until the books close.
_ENTERED_AFTERWARDS = frozenset({ActivityState.HELD, ActivityState.RECONCILING})


def objection_to_registering(
    activity: Activity,
    clinician: Clinician,
    current: Registration | None,
    *,
    source: str,
    at: datetime,
) -> Objection | None:
    """Whether this clinician may ask for a place now."""
    if current:
        return objection_to_another(current)
    if not clinician.is_active:
        return NOT_ACTIVE
    return objection_to_a_place(activity, source=source, at=at)


def objection_to_another(current: Registration | None) -> Objection:
    """Somebody has one place, or waits for one, however often they ask."""
    if current and current.is_requested:
        return ALREADY_ASKED
    if current and current.is_offered:
        return ALREADY_OFFERED
    return ALREADY_QUEUED if current and current.is_queued else ALREADY_REGISTERED


def objection_to_ticket(registration: Registration) -> Objection | None:
    """A place that was given up has no ticket."""
    return None if registration.is_current else NOT_CURRENT


def objection_to_a_place(activity: Activity, *, source: str, at: datetime) -> Objection | None:
    """Whether the activity takes anybody at all now, by this way."""
    if source == Source.WALK_IN and activity.state in _ENTERED_AFTERWARDS:
        return None
    if activity.is_over_at(at):
        return IS_OVER
    by_staff = source in {Source.OFFICE, Source.WALK_IN}
    if activity.state in (_OPEN_TO_STAFF if by_staff else _OPEN_TO_PEOPLE):
        return None
    return NOT_AT_THE_DOOR if source == Source.WALK_IN else NOT_OPEN


def objection_to_asking(
    activity: Activity, admission: Admission, *, at: datetime
) -> Objection | None:
    """Whether anybody may ask for a place on the public page."""
    if objection := objection_to_a_place(activity, source=Source.OPEN, at=at):
        return objection
    return BY_INVITATION if admission.is_by_invitation else None


def objection_to_answering(
    registration: Registration, activity: Activity, *, at: datetime
) -> Objection | None:
    """A request is answered once, while there is still something to come to."""
    if not registration.is_requested:
        return NOT_REQUESTED
    return IS_OVER if activity.is_over_at(at) else None


def objection_to_naming_another(admission: Admission) -> Objection | None:
    """Where the office says who comes, nobody else does."""
    return None if admission.kind == AdmissionKind.OPEN else ASK_THE_ORGANISER


def objection_to_handing_on(
    registration: Registration, activity: Activity, *, at: datetime
) -> Objection | None:
    """What stands against it whoever would come instead."""
    if not registration.is_confirmed or activity.is_over_at(at):
        return NO_SEAT_TO_HAND_ON
    return objection_to_a_place(activity, source=registration.source, at=at)


def objection_to_substituting(
    registration: Registration, clinician: Clinician, activity: Activity, *, at: datetime
) -> Objection | None:
    """A seat goes to somebody else while it is one; a group's own to one of the group."""
    if not registration.is_confirmed or activity.is_over_at(at):
        return NO_SEAT_TO_HAND_ON
    group = registration.drawn_from
    if group and group.profession and group.profession != clinician.profession:
        return KEPT_FOR_GROUP
    return None


def objection_to_letting_in(counts: Counts, *, beyond_capacity: bool) -> Objection | None:
    """A full room is said to the door, which may still let the person in."""
    if counts.has_room_here or beyond_capacity:
        return None
    room = counts.forms.get(counts.here)
    return FULL.about(capacity=room.capacity if room else counts.places.capacity)


def objection_to_cancelling(
    registration: Registration, activity: Activity, *, at: datetime
) -> Objection | None:
    """A place is given up once, while there is something to come to."""
    if not registration.is_current:
        return NOT_CURRENT
    if activity.is_over_at(at):
        return IS_OVER
    return None


def objection_to_capacity(places: Places, capacity: int | None) -> Objection | None:
    """Nobody who has a place loses it by a smaller number, nor does a group what is kept for it."""
    if capacity is None:
        return KEPT_NEEDS_A_LIMIT if places.kept else None
    if capacity >= places.taken + places.kept:
        return None
    if capacity >= places.taken:
        return CAPACITY_BELOW_KEPT.about(taken=places.taken, kept=places.kept, capacity=capacity)
    return CAPACITY_BELOW_PLACES.about(taken=places.taken, capacity=capacity)


def objection_to_party(size: int, capacity: int | None) -> Objection | None:
    """A party that could never be let in would hold up everybody behind it."""
    if size < 2:
        return PARTY_OF_ONE
    if capacity is not None and size > capacity:
        return PARTY_OVER_CAPACITY.about(size=size, capacity=capacity)
    return None


def objection_to_taking_an_offer(registration: Registration, *, at: datetime) -> Objection | None:
    """A place is taken while it is offered, and not a moment later."""
    if registration.state == State.LAPSED:
        return OFFER_OVER
    if not registration.is_offered or registration.offered_until is None:
        return NO_OFFER
    return None if at < registration.offered_until else OFFER_OVER


def offer_ends(terms: WaitlistTerms, activity: Activity, *, at: datetime) -> datetime | None:
    """Until when a place that comes free now is kept: never beyond the beginning of the activity.
    Nothing where it is confirmed at once."""
    if terms.offer_hours is None:
        return None
    return min(at + timedelta(hours=terms.offer_hours), activity.starts_at)


def objection_to_terms(activity: Activity, *, at: datetime) -> Objection | None:
    """How a waitlist moves is settled while somebody can still be on it."""
    return IS_OVER if activity.is_over_at(at) else None


def may_promote(activity: Activity, *, at: datetime) -> bool:
    """A place that comes free goes to the queue until the activity starts."""
    return activity.state == ActivityState.OPEN and at < activity.starts_at


def state_of(waiting: int) -> State:
    """Nobody jumps the queue: with nobody waiting afterwards, the place was free."""
    return State.QUEUED if waiting else State.CONFIRMED


@dataclass(frozen=True)
class Applicant:
    """Who asks for a place on the public page."""

    full_name: str
    email: str
    profession: str
    attending: str = ""
    # Sessions with places of their own to which the person wants to come.
    sessions: tuple[uuid.UUID, ...] = ()
    # What they answered to the questions of the activity.
    answers: Mapping[uuid.UUID, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What the person already knows, or learns from elsewhere."""

    before: bool
    by_invitation: bool


def needs_telling(registration: Registration, message: str, told: Told) -> bool:
    """Each fact is written once; changes of the activity reach invited people by the invitation."""
    if objection_to_address(registration.clinician.email):
        return False
    if message in {"place_moved", "place_postponed"}:
        return not told.by_invitation
    if message == "place_cancelled" and told.by_invitation:
        return not told.before and registration.activity.state != ActivityState.CANCELLED
    return not told.before
