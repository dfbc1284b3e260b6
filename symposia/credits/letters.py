"""What the messages about credit say, and the personal link every learner finishes with."""

import uuid

from django.conf import settings
from django.urls import reverse

from symposia.accounts.models import Organisation
from symposia.credits.codes import grouped
from symposia.credits.models import Certificate
from symposia.credits.papers import dates_of
from symposia.credits.wording import from_json, plain
from symposia.registrations.models import Registration
from symposia.shared.links import make_link

# A purpose of its own: whoever photographs a ticket at the door cannot claim with it.
LEARNING = "learning"


def learning_path(organisation_code: str, registration_id: uuid.UUID) -> str:
    """Where a learner finishes: attendance, evaluation, claim, certificate."""
    token = make_link(LEARNING, registration_id, organisation_code)
    return reverse("finish", args=[token])


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
