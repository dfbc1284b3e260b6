import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Unpack

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record, record_each
from symposia.notifications.filling import one_line
from symposia.notifications.messages import Envelope, Message
from symposia.notifications.models import (
    LEASE,
    Cause,
    Delivery,
    DomainPace,
    State,
    Suppression,
)
from symposia.notifications.policies import (
    objection_to_address,
    objection_to_cancelling_message,
    objection_to_lifting,
    objection_to_retrying,
)
from symposia.notifications.posting import Outcome
from symposia.notifications.reports import says_no_such_address
from symposia.notifications.trying import GIVE_UP_AFTER, pause_after
from symposia.shared.actors import Actor, job_actor
from symposia.shared.jobs import defer_each, defer_named
from symposia.shared.planned import fetch, insert, insert_each, together
from symposia.shared.refusals import refuse_if
from symposia.work.models import StoredFile

SEND = "notifications.send_delivery"
MAIL = job_actor("mail")
# When a message that somebody held just then is looked at again.
_SOON = timedelta(seconds=1)


@transaction.atomic
def queue_message(
    template_code: str,
    *,
    to_address: str,
    values: Mapping[str, str],
    by: Actor,
    **envelope: Unpack[Envelope],
) -> Delivery:
    """Write a message to one person; it leaves after this transaction, by a job."""
    refuse_if(objection_to_address(to_address))

    message = Message(template_code, to_address, values, envelope)
    delivery = message.letter()
    with together():
        insert(delivery)
        record(by, "message.queued", delivery)
        defer_named(SEND, delivery_id=str(delivery.pk), awaited=message.awaited)
    return delivery


@transaction.atomic
def queue_each(messages: Sequence[Message], *, by: Actor) -> list[Delivery]:
    """Write to many people, in few statements however many; each message leaves by its own job."""
    for each in messages:
        refuse_if(objection_to_address(each.to_address))
    if not messages:
        return []

    deliveries = [each.letter() for each in messages]
    insert_each(deliveries)
    record_each(by, "message.queued", deliveries)
    defer_each(SEND, [{"delivery_id": str(each.pk)} for each in deliveries])
    return deliveries


@transaction.atomic(savepoint=False)
def claim_delivery(delivery_id: uuid.UUID, *, by: Actor = MAIL) -> Delivery | None:
    """Take a message to be handed over now; nothing when it is not due or already taken."""
    rows = Delivery.objects.select_related("attachment")
    return _claimed(rows.select_for_update(of=("self",)).get(pk=delivery_id), by=by)


@transaction.atomic(savepoint=False)
def claim_another(delivery_id: uuid.UUID, *, by: Actor = MAIL) -> Delivery | None:
    """Take a message after another one was settled: one that somebody else holds right now is not
    waited for, its job is asked for again."""
    free = "id = %(id)s FOR UPDATE SKIP LOCKED"
    delivery = next(iter(fetch(Delivery, free, id=delivery_id)), None)
    if delivery is None:
        defer_named(SEND, after=_SOON, delivery_id=str(delivery_id))
        return None
    if delivery.attachment_id:  # read here: outside of this transaction there are no files
        delivery.attachment = StoredFile.objects.get(pk=delivery.attachment_id)
    return _claimed(delivery, by=by)


def _claimed(delivery: Delivery, *, by: Actor) -> Delivery | None:
    at = now()
    if not delivery.is_due(at) or _waits_in_line(delivery, at):
        return None
    if delivery.state == State.SENDING:
        delivery.move(State.WAITING, may_be_duplicate=True)
        record(by, "message.left_behind", delivery)

    with together():
        delivery.move_on(State.SENDING, claimed_at=at, attempts=delivery.attempts + 1)
        # Should this process end before it knows the answer, this job finds the message again.
        after = LEASE + timedelta(seconds=5)
        defer_named(SEND, after=after, delivery_id=str(delivery.pk))
    return delivery


def _waits_in_line(delivery: Delivery, at: datetime) -> bool:
    """Give it the next slot of its domain, once; whether that is still to come."""
    if delivery.state != State.WAITING or delivery.slot_at:
        return False
    pace = DomainPace.objects.held(delivery.domain)
    if pace is None:
        return False
    slot = max(pace.next_at, at)
    pace.next_at = slot + pace.interval
    pace.save(update_fields=["next_at"])
    if slot <= at:
        return False
    delivery.slot_at = delivery.next_attempt_at = slot
    delivery.save(update_fields=["slot_at", "next_attempt_at"])
    defer_named(SEND, after=slot - at, delivery_id=str(delivery.pk))
    return True


@transaction.atomic(savepoint=False)
def settle_delivery(delivery_id: uuid.UUID, outcome: Outcome, *, by: Actor = MAIL) -> Delivery:
    """Note what the mail server said: sent, refused for good, or to be tried again."""
    [delivery] = fetch(Delivery, "id = %(id)s FOR UPDATE", id=delivery_id)
    at = now()
    error = one_line(outcome.error)
    match outcome.kind:
        case "sent":
            with together():
                delivery.move_on(State.SENT, sent_at=at, error="")
                record(by, "message.sent", delivery, details=_how_it_left(delivery, outcome))
        case "later" if at < delivery.queued_at + GIVE_UP_AFTER:
            _try_again(delivery, error, unsure=outcome.unsure, at=at)
        case "bounced":
            delivery.move(State.BOUNCED, error=error)
            record(by, "message.bounced", delivery, reason=error)
            if says_no_such_address(error):
                suppress_address(delivery.to_address, cause=Cause.BOUNCED, diagnostic=error, by=by)
        case _:
            delivery.move(State.FAILED, error=error)
            record(by, "message.failed", delivery, reason=error)
    return delivery


def _how_it_left(delivery: Delivery, outcome: Outcome) -> dict[str, object]:
    sender = {"from": outcome.sender} if outcome.sender else {}
    return {"attempts": delivery.attempts, **sender}


def _try_again(delivery: Delivery, error: str, *, unsure: bool, at: datetime) -> None:
    pause = pause_after(delivery.attempts)
    delivery.move(
        State.WAITING,
        error=error,
        slot_at=None,
        next_attempt_at=at + pause,
        may_be_duplicate=delivery.may_be_duplicate or unsure,
    )
    defer_named(SEND, after=pause, delivery_id=str(delivery.pk))


@transaction.atomic
def retry_delivery(delivery: Delivery, *, by: Actor) -> Delivery:
    """Send a message again that was given up or refused."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)

    refuse_if(objection_to_retrying(delivery))

    delivery.move(State.WAITING, next_attempt_at=now(), slot_at=None, error="")
    record(by, "message.retried", delivery)
    defer_named(SEND, delivery_id=str(delivery.pk))
    return delivery


@transaction.atomic
def cancel_delivery(delivery: Delivery, *, by: Actor, reason: str = "") -> Delivery:
    """Keep back a message that has not left."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)

    refuse_if(objection_to_cancelling_message(delivery))

    delivery.move(State.CANCELLED)
    record(by, "message.cancelled", delivery, reason=reason)
    return delivery


@transaction.atomic
def suppress_address(
    address: str, *, by: Actor, cause: str = Cause.ASKED, diagnostic: str = ""
) -> Suppression:
    """Remember that an address is invited no more; asking twice changes nothing."""
    refuse_if(objection_to_address(address))

    suppression, is_new = Suppression.objects.get_or_create(
        address=address.strip().lower(),
        defaults={"cause": cause, "diagnostic": one_line(diagnostic)[:500]},
    )
    if not is_new and cause == Cause.ASKED and suppression.cause == Cause.BOUNCED:
        suppression.cause = cause  # the word of the person outweighs that of a server
        suppression.save(update_fields=["cause"])
        is_new = True
    if is_new:
        record(by, "address.suppressed", suppression, reason=suppression.diagnostic)
    return suppression


@transaction.atomic
def lift_suppression(suppression: Suppression, *, by: Actor, reason: str) -> None:
    """Let an address be invited again, because the person asked for it."""
    suppression = Suppression.objects.select_for_update().get(pk=suppression.pk)

    refuse_if(objection_to_lifting(reason))

    record(by, "address.unsuppressed", suppression, reason=reason)
    suppression.delete()
