from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.directory.actions.clinicians import add_clinician
from symposia.directory.models import Clinician
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.actions.telling import send_registration_message
from symposia.registrations.models import Registration, Source
from symposia.registrations.policies import (
    Applicant,
    objection_to_a_place,
)
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def accept_invitation(clinician: Clinician, activity: Activity, *, by: Actor) -> None:
    """Give whoever says yes to an invitation a place, unless they have one already."""
    if Registration.objects.held_by(clinician, activity) is None:
        register_clinician(clinician, activity, source=Source.INVITATION, by=by)


@transaction.atomic
def decline_invitation(clinician: Clinician, activity: Activity, *, by: Actor) -> None:
    """Free the place of whoever says no after all."""
    held = Registration.objects.held_by(clinician, activity)
    if held:
        cancel_registration(held, by=by)


@transaction.atomic
def ask_for_a_place(
    applicant: Applicant, activity: Activity, *, organisation: Organisation, by: Actor
) -> None:
    """Register somebody from the public page. Who was registered before gets the ticket again by
    mail; the page cannot be asked whether somebody is."""
    refuse_if(objection_to_a_place(activity, source=Source.OPEN, at=now()))

    clinician = Clinician.objects.active().by_email(applicant.email).order_by("pk").first()
    held = Registration.objects.held_by(clinician, activity) if clinician else None
    if held:
        send_registration_message(held, "ticket_again", by=by)
        return
    if clinician is None:
        clinician = add_clinician(
            full_name=applicant.full_name,
            email=applicant.email.strip().lower(),
            profession=applicant.profession,
            country=organisation.country,
            language=organisation.language,
            zone=organisation.zone,
            by=by,
        )
    register_clinician(clinician, activity, source=Source.OPEN, by=by)
