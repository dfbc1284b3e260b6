"""Whether somebody may choose sessions that have places of their own, and how many there are."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import combinations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from symposia.activities.models import Activity, Session
from symposia.activities.models import State as ActivityState
from symposia.registrations.models import Registration, SessionPlaces
from symposia.registrations.policies import IS_OVER, NOT_CURRENT
from symposia.shared.refusals import Objection

SAME_TIME = Objection(
    "sessions_at_the_same_time",
    _("“%(first)s” and “%(second)s” are at the same time. Choose one of them."),
)
SESSION_HAS_BEGUN = Objection(
    "session_has_begun", _("“%(session)s” has begun; its places are given out in the room.")
)
NOT_CHOSEN_APART = Objection(
    "session_not_chosen_apart",
    _("“%(session)s” has no places of its own: everybody at the activity may come to it."),
)
OTHER_AGENDA = Objection("session_of_another_activity", _("This session belongs elsewhere."))
BREAKS_HAVE_NO_PLACES = Objection(
    "break_has_no_places", _("A break has no places of its own: it is for everybody.")
)
SESSION_BELOW_TAKEN = Objection(
    "session_places_below_taken",
    ngettext_lazy(
        "%(taken)s place of this session is taken; it cannot have %(capacity)s.",
        "%(taken)s places of this session are taken; it cannot have %(capacity)s.",
        "taken",
    ),
)
SESSION_CHOSEN = Objection(
    "session_places_chosen",
    ngettext_lazy(
        "%(people)s person chose this session. Its places cannot be taken away any more.",
        "%(people)s people chose this session. Its places cannot be taken away any more.",
        "people",
    ),
)

# While people register; a workshop of the second day is still given out on the first.
_GIVES = frozenset({ActivityState.OPEN, ActivityState.RUNNING})


def objection_to_session_places(
    activity: Activity, session: Session, *, at: datetime
) -> Objection | None:
    """Whether a session can have places of its own."""
    if session.activity_id != activity.pk:
        return OTHER_AGENDA
    if session.is_break:
        return BREAKS_HAVE_NO_PLACES
    return IS_OVER if activity.is_over_at(at) else None


def objection_to_session_capacity(places: SessionPlaces, capacity: int) -> Objection | None:
    """Nobody who has a place in a session loses it by a smaller number."""
    if capacity >= places.taken:
        return None
    return SESSION_BELOW_TAKEN.about(taken=places.taken, capacity=capacity)


def objection_to_dropping(places: SessionPlaces) -> Objection | None:
    """A session is open to everybody again only while nobody has chosen it."""
    people = places.taken + places.waiting
    return SESSION_CHOSEN.about(people=people) if people else None


def objection_to_choosing(
    registration: Registration,
    activity: Activity,
    wanted: Collection[Session],
    changed: Collection[Session],
    *,
    at: datetime,
) -> Objection | None:
    """Whether somebody may come to these sessions; those that change have not begun."""
    if not registration.is_current:
        return NOT_CURRENT
    if activity.is_over_at(at):
        return IS_OVER
    if any(each.activity_id != activity.pk for each in changed):
        return OTHER_AGENDA
    begun = next((each for each in changed if each.starts_at <= at), None)
    if begun:
        return SESSION_HAS_BEGUN.about(session=begun.title)
    return objection_to_times(wanted)


def objection_to_times(wanted: Iterable[Session]) -> Objection | None:
    """Nobody is in two rooms at once."""
    in_order = sorted(wanted, key=lambda each: (each.starts_at, each.pk))
    for first, second in combinations(in_order, 2):
        if second.starts_at < first.ends_at:
            return SAME_TIME.about(first=first.title, second=second.title)
    return None


def may_give_session_places(activity: Activity, session: Session, *, at: datetime) -> bool:
    """A place of a session that comes free goes to whoever waits until the session begins."""
    return activity.state in _GIVES and at < session.starts_at
