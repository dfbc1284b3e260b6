from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from symposia.accounts.queries import this_organisation
from symposia.activities.models import State as ActivityState
from symposia.notifications.actions import queue_message
from symposia.notifications.queries import causes_among
from symposia.outreach.models import Trigger
from symposia.outreach.reminder_rules import objection_to_telling
from symposia.outreach.reminding import Open, Outcome, Reader, register_reader
from symposia.registrations.letters import language_of, values_of
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor

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


@transaction.atomic
def remind_registered(rows: Sequence[Registration], *, message: str, by: Actor) -> list[Outcome]:
    """Write to people about their own place; a place that was given up is not among them."""
    organisation, told = this_organisation(), list[Outcome]()
    causes = causes_among(row.clinician.email for row in rows if row.clinician.email)
    for row in rows:
        clinician = row.clinician
        answer: Any = objection_to_telling(clinician, causes.get(clinician.email.lower()))
        if answer is None:
            answer = queue_message(
                f"registrations.{message}",
                to_address=clinician.email,
                to_name=clinician.called,
                language=language_of(row, organisation),
                values=values_of(row, organisation, position=None),
                about=(row._meta.label, row.pk),
                by=by,
            )
        told.append(Outcome(row.pk, clinician.full_name, clinician.pk, answer))
    return told


def register_readers() -> None:
    """What is known here: places that are held, and places that are offered."""
    told = partial(remind_registered, message="place_soon")
    register_reader(Trigger.START, Reader(expected_at, told, "activity__starts_at", "confirmed_at"))
    ready = partial(remind_registered, message="place_ready")
    register_reader(Trigger.PLACE, Reader(expected_at, ready, "confirmed_at", "confirmed_at"))
    offered = partial(remind_registered, message="offer_ends")
    register_reader(Trigger.OFFER, Reader(offered_at, offered, "offered_until", "offered_at"))
