"""Whom the reminders of places concern: who holds one, and who was offered one."""

from datetime import datetime
from functools import partial

from symposia.activities.models import State as ActivityState
from symposia.outreach.models import Trigger
from symposia.outreach.reminding import Open, Reader, register_reader
from symposia.registrations.actions.reminders import remind_registered
from symposia.registrations.models import Registration

# Whoever holds a place expects the activity: it takes people, or stands approved.
_STANDS = (ActivityState.APPROVED, ActivityState.OPEN)


def expected_at(at: datetime) -> Open:
    """Places at activities that are still to come."""
    rows = Registration.objects.confirmed().with_people()
    return rows.filter(activity__state__in=_STANDS, activity__starts_at__gt=at)


def offered_at(at: datetime) -> Open:
    """Places that are kept for somebody who has not said yes."""
    rows = Registration.objects.filter(offered_until__gt=at, state="offered").with_people()
    return rows.filter(activity__state__in=_STANDS)


def register_place_reminders() -> None:
    """What is known here: places that are held, and places that are offered."""
    told = partial(remind_registered, message="place_soon")
    register_reader(Trigger.START, Reader(expected_at, told, "activity__starts_at", "confirmed_at"))
    ready = partial(remind_registered, message="place_ready")
    register_reader(Trigger.PLACE, Reader(expected_at, ready, "confirmed_at", "confirmed_at"))
    offered = partial(remind_registered, message="offer_ends")
    register_reader(Trigger.OFFER, Reader(offered_at, offered, "offered_until", "offered_at"))
