"""The mailbox of drug safety, and what is written to it."""

from django.db import transaction

from symposia.accounts.queries import person_behind, this_organisation
from symposia.audit.actions import record
from symposia.engagement.models import AdverseEvent, SafetyMailbox, SafetySending
from symposia.engagement.queries import safety_mailbox
from symposia.engagement.safety_letters import SAFETY, safety_values
from symposia.notifications.actions import queue_message
from symposia.notifications.policies import objection_to_address
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def set_safety_mailbox(address: str, *, by: Actor) -> SafetyMailbox:
    """Say where drug safety reads its mail; what had to wait for a mailbox is written there."""
    refuse_if(objection_to_address(address))

    mailbox = SafetyMailbox.objects.create(
        address=address.strip(), set_by_id=person_behind(by), set_by_name=by.name
    )
    record(by, "safety_mailbox.set", mailbox)
    for event in AdverseEvent.objects.unsent().for_list().order_by("received_at", "pk"):
        send_to_safety(event, by=by)
    return mailbox


@transaction.atomic
def send_to_safety(event: AdverseEvent, *, by: Actor) -> SafetySending | None:
    """Write an adverse event to drug safety, once; nothing while there is no mailbox."""
    mailbox = safety_mailbox()
    if mailbox is None:
        return None
    queue_message(
        SAFETY,
        to_address=mailbox.address,
        reply_to=event.follow_up.owner.email,
        values=safety_values(event, this_organisation()),
        about=(event._meta.label, event.pk),
        by=by,
    )
    sending = SafetySending.objects.create(
        event=event, activity_id=event.activity_id, address=mailbox.address
    )
    record(by, "adverse_event.sent", sending)
    return sending
