import time
import uuid

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils.timezone import now

from symposia.notifications.actions import claim_another, claim_delivery, settle_delivery
from symposia.notifications.actions.domains import CHECK_DOMAIN, settle_domain_check
from symposia.notifications.actions.texts import SEND_TEXT, claim_text, settle_text
from symposia.notifications.chatting import hand_over_chat
from symposia.notifications.here import code_here, organisations
from symposia.notifications.models import Delivery, SenderDomain, TextChannel
from symposia.notifications.name_servers import texts_of
from symposia.notifications.posting import Line, Outcome, hand_over
from symposia.notifications.sender import expected_of, sender_here, with_key_of
from symposia.notifications.sender_records import Finding, Unanswered, findings_of
from symposia.notifications.texting import TextOutcome, hand_over_text
from symposia.shared.jobs import task, tick
from symposia.shared.planned import together
from symposia.shared.tenancy import acting_in

log = structlog.get_logger()
# So many seconds one job goes on with what else waits: whatever is more urgent comes in between.
_GOES_ON = 2.0
# So many jobs whose message has left already are passed over at once.
_LOOKS = 10


@task("notifications.send_delivery", whole=False)
def send_delivery(organisation_id: uuid.UUID, delivery_id: str) -> None:
    """Claim, hand over, settle, then what else waits on the same line: one message is claimed at
    a time, and no transaction is open while the mail server is spoken to."""
    with acting_in(organisation_id):
        delivery, sender = claim_delivery(uuid.UUID(delivery_id)), sender_here()
    ends = time.monotonic() + _GOES_ON
    with Line() as line:
        while delivery is not None:
            # The demonstration keeps its mail on a page of its own.
            kept = settings.MAILBOX_INSIDE
            outcome = Outcome("sent") if kept else hand_over(delivery, sender, line)
            goes_on = outcome.kind != "later" and time.monotonic() < ends
            delivery = _settled(organisation_id, delivery, outcome, goes_on=goes_on)


def _settled(
    organisation_id: uuid.UUID, delivery: Delivery, outcome: Outcome, *, goes_on: bool
) -> Delivery | None:
    """Settle a message and claim the next in one commit. What goes wrong with the next takes
    nothing back of the one that has left: that is settled alone."""
    if goes_on:
        try:
            with acting_in(organisation_id), together():
                settle_delivery(delivery.pk, outcome)
                return _next()
        except DatabaseError:
            log.exception("next_message_not_claimed")
    with acting_in(organisation_id), together():
        settle_delivery(delivery.pk, outcome)
    return None


def _next() -> Delivery | None:
    """The next message whose job waits and which is due, claimed; its job is done with it."""
    for _looked in range(_LOOKS):
        asked = send_delivery.take_along(most=1)
        found = claim_another(uuid.UUID(asked[0]["delivery_id"])) if asked else None
        if found or not asked:
            return found
    return None


@task(SEND_TEXT, whole=False)
def send_text(organisation_id: uuid.UUID, text_id: str) -> None:
    """Claim, hand over, settle: no transaction is open while the gateway is spoken to."""
    with acting_in(organisation_id):
        text, code = claim_text(uuid.UUID(text_id)), code_here()
    if text is None:
        return
    # The demonstration keeps its messages on a page of its own.
    hand_over_by = hand_over_chat if text.channel == TextChannel.CHAT else hand_over_text
    outcome = TextOutcome("sent") if settings.MAILBOX_INSIDE else hand_over_by(text, code)
    with acting_in(organisation_id):
        settle_text(text.pk, outcome)


@task(CHECK_DOMAIN, whole=False)
def check_sender_domain(organisation_id: uuid.UUID, domain_id: str) -> None:
    """Ask the name servers of a domain: no transaction is open meanwhile."""
    with acting_in(organisation_id):
        own = SenderDomain.objects.filter(pk=uuid.UUID(domain_id)).first()
    if own is None:
        return
    findings: list[Finding] | None = None
    try:
        findings = with_key_of(own, findings_of(expected_of(own), texts_of))
    except Unanswered as silent:
        log.warning("name_servers_silent", error=str(silent))
    with acting_in(organisation_id):
        settle_domain_check(own.pk, own.selector, findings)


@tick("notifications.sender_domains", seconds=3600)
def look_at_sender_domains() -> None:
    """Each domain that mail leaves from is looked at once a day."""
    for organisation_id in organisations():
        with acting_in(organisation_id):
            for own in SenderDomain.objects.due(now()):
                check_sender_domain.defer(domain_id=str(own.pk))
