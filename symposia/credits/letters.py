"""What the messages about credit say, and the personal link every learner finishes with."""

from django.conf import settings

from symposia.accounts.models import Organisation
from symposia.credits.codes import grouped
from symposia.credits.models import Certificate
from symposia.credits.papers import dates_of
from symposia.credits.wording import from_json, plain
from symposia.learning.letters import LEARNING, learning_path
from symposia.registrations.models import Registration

__all__ = ["LEARNING", "certificate_values", "finishing_values", "learning_path"]


def finishing_values(registration: Registration) -> dict[str, str]:
    """What is filled into the message that asks a learner to finish."""
    organisation = Organisation.objects.get(pk=registration.organisation_id)
    return {
        "organisation": organisation.name,
        "name": registration.clinician.called,
        "activity": registration.activity.title,
        "date": dates_of(registration.activity),
        "finish_link": settings.ORIGIN + learning_path(organisation.code, registration.pk),
    }


def certificate_values(certificate: Certificate) -> dict[str, str]:
    """What is filled into the message that brings a certificate."""
    unit = plain(from_json(certificate.printed["unit"]))
    amount = certificate.printed["amount"]
    return finishing_values(certificate.registration) | {
        "number": str(certificate),
        "kind": certificate.printed["heading"],
        "credit": f"{amount} {unit}" if amount else "",
        "code": grouped(certificate.code),
        "verify_link": certificate.printed["verify_url"],
    }
