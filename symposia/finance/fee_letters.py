"""What is written to whoever has not paid a fee yet."""

from django.utils import formats, translation

from symposia.accounts.queries import this_organisation
from symposia.finance.models import Charge, FeeTerms
from symposia.notifications.actions import queue_message
from symposia.registrations.letters import language_of, values_of
from symposia.shared.actors import Actor


def write_reminder(charge: Charge, *, by: Actor) -> None:
    """How much is owed, by when, under which reference, and where it is sent to."""
    registration, here = charge.registration, this_organisation()
    language = language_of(registration, here)
    with translation.override(language):
        last_day = formats.date_format(charge.due_on, "j F Y")
    queue_message(
        "finance.fee_due",
        to_address=registration.clinician.email,
        to_name=registration.clinician.called,
        language=language,
        values=values_of(registration, here, position=None)
        | {
            "amount": str(charge.amount),
            "due_on": last_day,
            "reference": charge.reference,
            "bank_words": FeeTerms.objects.of(charge.activity).bank_words,
        },
        about=(charge._meta.label, charge.pk),
        by=by,
    )
