from collections.abc import Sequence
from typing import Any

from django.db import transaction

from symposia.accounts.queries import this_organisation
from symposia.notifications.actions import queue_message
from symposia.notifications.queries import causes_among
from symposia.outreach.reminder_rules import objection_to_telling
from symposia.outreach.reminding import Outcome
from symposia.registrations.letters import language_of, values_of
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor


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
