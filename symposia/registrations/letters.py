"""What the messages of a registration say: the facts of the activity, the ticket, the calendar."""

import uuid
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from symposia.accounts.models import Organisation
from symposia.notifications.calendar import calendar_cancellation, calendar_request
from symposia.notifications.local_times import local_moment, local_time
from symposia.notifications.posting import sender_address
from symposia.outreach.letters import meeting_of, place_of
from symposia.registrations.models import Registration, SessionChoice
from symposia.shared.links import make_link

TICKET = "registration"


def ticket_link(organisation_code: str, registration_id: uuid.UUID) -> str:
    """The address of a person's own ticket."""
    token = make_link(TICKET, registration_id, organisation_code)
    return f"{settings.ORIGIN}{reverse('ticket', args=[token])}"


def language_of(registration: Registration, organisation: Organisation) -> str:
    return registration.clinician.language or organisation.language


def values_of(
    registration: Registration, organisation: Organisation, *, position: int | None
) -> dict[str, str]:
    """What is filled into the words of a message."""
    activity = registration.activity
    language = language_of(registration, organisation)
    return {
        "organisation": organisation.name,
        "name": registration.clinician.called,
        "activity": activity.title,
        "number": activity.number,
        "when": local_time(activity.starts_at, activity.ends_at, activity.zone, language),
        "where": place_of(activity),
        "online": activity.online_address,
        "position": str(position or ""),
        "reason": registration.declined_because,
        "until": _until(registration, language),
        "ticket_link": ticket_link(organisation.code, registration.pk),
    }


def values_of_choice(choice: SessionChoice, organisation: Organisation) -> dict[str, str]:
    """What is filled into the words of a message about one session."""
    registration, session = choice.registration, choice.session
    language, zone = language_of(registration, organisation), choice.activity.zone
    return values_of(registration, organisation, position=None) | {
        "session": session.title,
        "when": local_time(session.starts_at, session.ends_at, zone, language),
        "where": session.room or place_of(choice.activity),
    }


def _until(registration: Registration, language: str) -> str:
    """Until when an offered place is kept, on the venue's clock."""
    until = registration.offered_until
    return local_moment(until, registration.activity.zone, language) if until else ""


def calendar_of(
    registration: Registration,
    organisation: Organisation,
    *,
    sequence: int,
    at: datetime,
    method: str = "request",
) -> bytes:
    """The calendar entry of a place; it takes the place of the one that came with an invitation."""
    meeting = replace(
        meeting_of(registration.activity, registration.clinician, organisation, sequence=sequence),
        link=ticket_link(organisation.code, registration.pk),
        coming=registration.is_confirmed,
    )
    write = calendar_cancellation if method == "cancel" else calendar_request
    return write(meeting, organiser_address=sender_address(), at=at)
