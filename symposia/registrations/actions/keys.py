from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.audit.actions import record
from symposia.registrations.models import TicketKey
from symposia.registrations.tickets import public_key
from symposia.shared.actors import Actor


@transaction.atomic
def change_ticket_key(organisation: Organisation, *, reason: str, by: Actor) -> TicketKey:
    """Sign tickets with a new key from now on; those that were given out stay valid."""
    organisation = Organisation.objects.select_for_update(of=("self",), no_key=True).get(
        pk=organisation.pk
    )
    number = TicketKey.objects.current_number() + 1

    key = TicketKey.objects.create(
        number=number,
        public_key=public_key(organisation.code, number),
        reason=reason,
        made_by_name=by.name,
        made_at=now(),
    )

    record(by, "ticket_key.changed", key, reason=reason)
    return key
