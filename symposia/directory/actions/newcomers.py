import uuid
from dataclasses import dataclass

from django.db import connection, transaction

from symposia.accounts.models import Organisation
from symposia.directory.actions.clinicians import add_clinician
from symposia.directory.models import Clinician
from symposia.directory.policies import NOT_ACTIVE
from symposia.shared.actors import Actor
from symposia.shared.refusals import needed


@dataclass(frozen=True)
class Newcomer:
    """Who asks for a place or stands at the door: somebody of the directory, or what they say of
    themselves."""

    clinician_id: uuid.UUID | None = None
    full_name: str = ""
    profession: str = ""
    email: str = ""


@transaction.atomic
def find_or_add_clinician(
    newcomer: Newcomer, organisation: Organisation, *, by: Actor
) -> Clinician:
    """The person who was chosen by name or has this address, else a new entry of the directory,
    with the country, language and clock of the organisation."""
    people = Clinician.objects.active().select_related("institution")
    if newcomer.clinician_id:
        return needed(people.filter(pk=newcomer.clinician_id).first(), NOT_ACTIVE)
    email = newcomer.email.strip().lower()
    if email and (known := _known(email) or _known_by_now(organisation, email)):
        return known
    return add_clinician(
        full_name=newcomer.full_name,
        email=email,
        profession=newcomer.profession,
        country=organisation.country,
        language=organisation.language,
        zone=organisation.zone,
        by=by,
    )


def _known(email: str) -> Clinician | None:
    people = Clinician.objects.active().select_related("institution")
    return people.by_email(email).order_by("pk").first()


def _known_by_now(organisation: Organisation, email: str) -> Clinician | None:
    """Nobody else comes in with this address until this transaction ends: whoever asked at the same
    moment was waited for, and is found."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"newcomer:{organisation.pk}:{email}"],
        )
    return _known(email)
