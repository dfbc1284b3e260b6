import uuid

from django.conf import settings

from symposia.notifications.actions import claim_delivery, settle_delivery
from symposia.notifications.actions.texts import SEND_TEXT, claim_text, settle_text
from symposia.notifications.here import code_here
from symposia.notifications.posting import Outcome, hand_over
from symposia.notifications.texting import TextOutcome, hand_over_text
from symposia.shared.jobs import task
from symposia.shared.tenancy import acting_in


@task("notifications.send_delivery", whole=False)
def send_delivery(organisation_id: uuid.UUID, delivery_id: str) -> None:
    """Claim, hand over, settle: no transaction is open while the mail server is spoken to."""
    with acting_in(organisation_id):
        delivery = claim_delivery(uuid.UUID(delivery_id))
    if delivery is None:
        return
    # The demonstration keeps its mail on a page of its own.
    outcome = Outcome("sent") if settings.MAILBOX_INSIDE else hand_over(delivery)
    with acting_in(organisation_id):
        settle_delivery(delivery.pk, outcome)


@task(SEND_TEXT, whole=False)
def send_text(organisation_id: uuid.UUID, text_id: str) -> None:
    """Claim, hand over, settle: no transaction is open while the gateway is spoken to."""
    with acting_in(organisation_id):
        text, code = claim_text(uuid.UUID(text_id)), code_here()
    if text is None:
        return
    # The demonstration keeps its messages on a page of its own.
    outcome = TextOutcome("sent") if settings.MAILBOX_INSIDE else hand_over_text(text, code)
    with acting_in(organisation_id):
        settle_text(text.pk, outcome)
