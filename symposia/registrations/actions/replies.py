import uuid
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity, Session
from symposia.directory.actions.newcomers import Newcomer, find_or_add_clinician
from symposia.directory.models import Clinician
from symposia.registrations.actions.admission import approve_request, request_place
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.actions.questions import answer_questions
from symposia.registrations.actions.sessions import choose_sessions
from symposia.registrations.actions.telling import send_registration_message, tell_of_no_place
from symposia.registrations.choosing import choosable
from symposia.registrations.models import Admission, Registration, Source
from symposia.registrations.policies import (
    Applicant,
    objection_to_asking,
)
from symposia.registrations.session_rules import objection_to_times
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused, refuse_if


@transaction.atomic
def accept_invitation(clinician: Clinician, activity: Activity, *, by: Actor) -> None:
    """Give whoever says yes to an invitation a place, unless they have one already."""
    held = Registration.objects.held_by(clinician, activity)
    if held is None:
        register_clinician(clinician, activity, source=Source.INVITATION, by=by)
    elif held.is_requested:
        approve_request(held, by=by)


@transaction.atomic
def end_invited_place(
    clinician: Clinician, activity: Activity, *, by: Actor, reason: str = ""
) -> None:
    """Free the place of whoever says no after all, or whose invitation was taken back."""
    held = Registration.objects.held_by(clinician, activity)
    if held:
        cancel_registration(held, by=by, reason=reason)


@transaction.atomic
def ask_for_a_place(
    applicant: Applicant, activity: Activity, *, organisation: Organisation, by: Actor
) -> None:
    """Register somebody from the public page. What the activity itself is against is said there;
    what depends on who somebody is comes to the address alone: the ticket again, or why there is no
    place. So the page cannot be asked about anybody."""
    admission = Admission.objects.of(activity)
    refuse_if(objection_to_asking(activity, admission, at=now()))
    if applicant.sessions:
        refuse_if(objection_to_times(_chosen(applicant, activity)))

    try:
        _take_in(applicant, activity, admission, organisation, by=by)
    except Refused as refused:
        tell_of_no_place(applicant, activity, organisation, reason=str(refused), by=by)


def _chosen(applicant: Applicant, activity: Activity) -> list[Session]:
    return [each.session for each in choosable(activity) if each.session_id in applicant.sessions]


@transaction.atomic
def _take_in(
    applicant: Applicant,
    activity: Activity,
    admission: Admission,
    organisation: Organisation,
    *,
    by: Actor,
) -> None:
    """Give the person of the address a place, or let the office answer; nothing by halves."""
    newcomer = Newcomer(None, applicant.full_name, applicant.profession, applicant.email)
    clinician = find_or_add_clinician(newcomer, organisation, by=by)
    held = Registration.objects.held_by(clinician, activity)
    if held:
        send_registration_message(held, "ticket_again", by=by)
        return
    attending = applicant.attending
    if admission.is_moderated:
        made = request_place(clinician, activity, attending=attending, by=by)
        if applicant.sessions:
            choose_sessions(made, applicant.sessions, by=by)
    else:
        wish = {"source": Source.OPEN, "attending": attending}
        made = register_with_sessions(clinician, activity, applicant.sessions, by=by, **wish)
    answer_questions(made, applicant.answers, by=by)


def register_with_sessions(
    clinician: Clinician,
    activity: Activity,
    session_ids: Collection[uuid.UUID],
    *,
    by: Actor,
    **wish: Any,
) -> Registration:
    """Give somebody a place and the sessions they choose, or nothing of both."""
    if not session_ids:  # the place is a transaction of its own
        return register_clinician(clinician, activity, by=by, **wish)
    with transaction.atomic():
        made = register_clinician(clinician, activity, by=by, **wish)
        choose_sessions(made, session_ids, by=by)
        return made
