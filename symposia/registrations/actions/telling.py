from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.notifications.actions import queue_message
from symposia.notifications.here import language_here
from symposia.notifications.local_times import local_time
from symposia.notifications.models import Delivery
from symposia.notifications.policies import objection_to_address
from symposia.outreach.models import Invitation
from symposia.outreach.queries import calendar_sequence
from symposia.registrations.letters import (
    calendar_of,
    language_of,
    ticket_link,
    values_of,
    values_of_choice,
)
from symposia.registrations.models import Registration, SessionChoice
from symposia.registrations.policies import (
    Applicant,
    Told,
    needs_telling,
    objection_to_ticket,
)
from symposia.registrations.queries import (
    position_of,
    was_told,
)
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if

# So often at most somebody else can make us write to a registered person.
PAUSE = timedelta(hours=1)
# What takes the entry out of the calendar.
_TAKES_OUT = frozenset({"place_cancelled", "place_postponed"})
# Whoever has no place yet has no entry in the calendar; whoever gets the ticket again has it.
_WITHOUT_CALENDAR = frozenset(
    {"place_queued", "place_offered", "offer_lapsed", "ticket_again"}
    | {"place_requested", "place_declined"}
)


@transaction.atomic
def send_registration_message(
    registration: Registration, message: str, *, reason: str = "", by: Actor
) -> None:
    """Write to the clinician what became of the wish for a place, once, with the calendar entry."""
    code = f"registrations.{message}"
    at = now()
    invited = Invitation.objects.of(registration.activity).standing()
    since = at - PAUSE if message == "ticket_again" else None
    known = Told(
        before=was_told(registration, code, since=since),
        by_invitation=invited.filter(clinician=registration.clinician).exists(),
    )
    if not needs_telling(registration, message, known):
        return
    organisation = this_organisation()
    values = values_of(registration, organisation, position=position_of(registration))

    queue_message(
        code,
        to_address=registration.clinician.email,
        to_name=registration.clinician.called,
        language=language_of(registration, organisation),
        values=values | ({"reason": reason} if reason else {}),
        calendar=_calendar(registration, message, organisation, at=at),
        about=(registration._meta.label, registration.pk),
        by=by,
    )


@transaction.atomic
def tell_of_no_place(
    applicant: Applicant, activity: Activity, organisation: Organisation, *, reason: str, by: Actor
) -> None:
    """Write to the address of whoever asked on the public page why there is no place for them."""
    code, about = "registrations.place_not_given", (activity._meta.label, activity.pk)
    address = applicant.email.strip().lower()
    before = Delivery.objects.about(*about).filter(template_code=code, to_address=address)
    is_just_told = before.filter(queued_at__gte=now() - PAUSE).exists()
    if is_just_told or objection_to_address(address):
        return
    language = language_here()
    queue_message(
        code,
        to_address=address,
        to_name=applicant.full_name,
        language=language,
        values={
            "organisation": organisation.name,
            "name": applicant.full_name,
            "activity": activity.title,
            "number": activity.number,
            "when": local_time(activity.starts_at, activity.ends_at, activity.zone, language),
            "reason": reason,
        },
        about=about,
        by=by,
    )


@transaction.atomic
def tell_of_session_place(choice: SessionChoice, *, by: Actor) -> None:
    """Write to somebody that the place in a session for which they waited is theirs."""
    code = "registrations.session_place_given"
    registration, about = choice.registration, (choice._meta.label, choice.pk)
    told = Delivery.objects.about(*about).filter(template_code=code).exists()
    address = registration.clinician.email
    if told or not choice.is_confirmed or objection_to_address(address):
        return
    organisation = this_organisation()

    queue_message(
        code,
        to_address=address,
        to_name=registration.clinician.called,
        language=language_of(registration, organisation),
        values=values_of_choice(choice, organisation),
        about=about,
        by=by,
    )


def _calendar(
    registration: Registration, message: str, organisation: Organisation, *, at: datetime
) -> bytes | None:
    if message in _WITHOUT_CALENDAR:
        return None
    return calendar_of(
        registration,
        organisation,
        sequence=calendar_sequence(registration.activity),
        at=at,
        method="cancel" if message in _TAKES_OUT else "request",
    )


@transaction.atomic
def open_ticket(registration: Registration, *, by: Actor) -> str:
    """The address of somebody's ticket, for staff to show it; the journal says who looked."""
    refuse_if(objection_to_ticket(registration))

    record(by, "ticket.opened", registration)
    return ticket_link(this_organisation().code, registration.pk)


@transaction.atomic
def tell_everybody_of_a_change(activity: Activity, *, by: Actor) -> int:
    """Write to the registered people whom no invitation tells that time or place changed."""
    registrations = list(Registration.objects.of(activity).current().with_people().order_by("pk"))
    for registration in registrations:
        send_registration_message(registration, "place_moved", by=by)
    return len(registrations)


@transaction.atomic
def tell_everybody_of_a_postponement(activity: Activity, *, reason: str, by: Actor) -> int:
    """Write to the registered people whom no invitation tells that it takes place later."""
    registrations = list(Registration.objects.of(activity).current().with_people().order_by("pk"))
    for registration in registrations:
        send_registration_message(registration, "place_postponed", reason=reason, by=by)
    return len(registrations)
