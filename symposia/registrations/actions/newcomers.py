from django.db import transaction

from symposia.accounts.models import Organisation
from symposia.directory.actions.clinicians import add_clinician
from symposia.directory.models import Clinician
from symposia.registrations.policies import Applicant
from symposia.shared.actors import Actor


@transaction.atomic
def clinician_of_applicant(
    applicant: Applicant, *, organisation: Organisation, by: Actor
) -> Clinician:
    """The person of the directory with this address, or a new entry there."""
    known = Clinician.objects.active().by_email(applicant.email).order_by("pk").first()
    return known or add_clinician(
        full_name=applicant.full_name,
        email=applicant.email.strip().lower(),
        profession=applicant.profession,
        country=organisation.country,
        language=organisation.language,
        zone=organisation.zone,
        by=by,
    )
