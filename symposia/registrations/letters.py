"""What the messages of a registration say: the facts of the activity, the ticket, the calendar."""

import uuid
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import override

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity, DeliveryForm
from symposia.notifications.calendar import Meeting, sequence_at
from symposia.registrations.models import Registration
from symposia.shared.links import make_link
from symposia.shared.times import wall_time

TICKET = "registration"


def ticket_link(organisation_code: str, registration_id: uuid.UUID) -> str:
    """The address of a person's own ticket."""
    token = make_link(TICKET, registration_id, organisation_code)
    return f"{settings.ORIGIN}{reverse('ticket', args=[token])}"


def values_of(
    registration: Registration, organisation: Organisation, *, position: int | None, note: str = ""
) -> dict[str, str]:
    """What is filled into the words of a message."""
    activity = registration.activity
    with override(registration.clinician.language or organisation.language):
        return {
            "organisation": organisation.name,
            "name": registration.clinician.called,
            "activity": activity.title,
            "number": activity.number,
            "when": _when(activity),
            "where": _where(activity),
            "position": str(position or ""),
            "ticket_link": ticket_link(organisation.code, registration.pk),
            "online_link": activity.online_address,
            "note": note,
        }


def meeting_of(registration: Registration, organisation: Organisation, *, at: datetime) -> Meeting:
    """The calendar entry of a place. Its identity is the pair of activity and clinician, so that
    it takes the place of the one that came with an invitation."""
    activity, clinician = registration.activity, registration.clinician
    return Meeting(
        uid=f"{activity.pk}.{clinician.pk}@symposia",
        sequence=sequence_at(at),
        title=activity.title,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        zone=activity.zone,
        place=_where(activity),
        notes=activity.number,
        link=ticket_link(organisation.code, registration.pk),
        organiser=organisation.name,
        attendee_name=clinician.called,
        attendee_address=clinician.email,
        coming=registration.is_confirmed,
    )


def _when(activity: Activity) -> str:
    start = wall_time(activity.starts_at, activity.zone)
    end = wall_time(activity.ends_at, activity.zone)
    day = formats.date_format(start, "l, j F Y")
    same_day = start.date() == end.date()
    until = f"{end:%H:%M}" if same_day else formats.date_format(end, "j F H:i")
    return f"{day}, {start:%H:%M} – {until} ({activity.zone})"  # noqa: RUF001 - a range


def _where(activity: Activity) -> str:
    if activity.delivery == DeliveryForm.ONLINE:
        return str(activity.get_delivery_display())
    return ", ".join(filter(None, [activity.venue_name, activity.venue_address, activity.city]))
