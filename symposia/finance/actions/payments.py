"""Batches of payments: put together, released by somebody else, told of by the bank."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import local_day, person_behind
from symposia.activities.models import Activity, Agreement
from symposia.audit.actions import record
from symposia.finance.bank_rules import objection_to_paying_there
from symposia.finance.banking import csv_of, hash_of, xml_of
from symposia.finance.events import BatchReleased, PaymentTold
from symposia.finance.models import (
    BankDetails,
    BatchState,
    Bill,
    Expense,
    Payee,
    PayeeKind,
    Payment,
    PaymentBatch,
    PaymentState,
)
from symposia.finance.models.payees import known_words
from symposia.finance.payable import (
    Paper,
    as_it_is,
    changed_lately_by,
    field_of,
    latest_details,
    left_to_pay,
    objection_to_adding,
    objection_to_paying,
    withheld_from,
)
from symposia.finance.payment_rules import (
    NOT_RELEASED,
    OTHER_FILE,
    objection_to_batch,
    objection_to_changing_batch,
    objection_to_leaving_out,
    objection_to_releasing,
    objection_to_told,
)
from symposia.finance.queries import books_currency
from symposia.registrations.tickets import new_code
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

PREFIX = "SY"


@transaction.atomic
def begin_batch(account: Payee, pays_on: date, *, by: Actor) -> PaymentBatch:
    """Begin to put payments together that leave one of our accounts on a day."""
    refuse_if(objection_to_batch(account, pays_on, today=local_day()))

    batch = PaymentBatch.objects.create(
        number=next_numbers("PAY", year=local_day().year)[0],
        account=account,
        pays_on=pays_on,
        currency=books_currency(),
        made_by_id=_person(by),
        made_by_name=by.name,
    )
    record(by, "payment_batch.begun", batch, details={"account": account.name})
    return batch


@transaction.atomic
def add_payment(batch: PaymentBatch, paper: Paper, *, by: Actor) -> Payment:
    """Pay an accepted bill, an expense or a fee with this batch: each once, and only what no rule
    forbids. Somebody whose bank details are held may be added; it is released once they are not."""
    Activity.objects.locked(paper.activity_id)
    batch, paper = PaymentBatch.objects.locked(batch.pk), as_it_is(paper)

    refuse_if(objection_to_changing_batch(batch))
    refuse_if(objection_to_adding(paper, currency=batch.currency))

    payment = Payment.objects.create(
        batch=batch,
        activity_id=paper.activity_id,
        payee=_payee_of(paper, by=by),
        **{field_of(paper): paper},
        amount_minor=left_to_pay(paper).minor,
        withheld_minor=withheld_from(paper, batch.currency).minor,
        currency=batch.currency,
        reference=f"{PREFIX}{new_code()}",
        added_by_id=_person(by),
        added_by_name=by.name,
    )
    details = {"batch": batch.number, "amount": str(payment.amount), "pays": paper.number}
    record(by, "payment.planned", payment, details=details)
    return payment


@transaction.atomic
def leave_out(payment: Payment, *, by: Actor) -> Payment:
    """Take a payment out of a batch that is being put together."""
    batch = PaymentBatch.objects.locked(payment.batch_id)
    payment = Payment.objects.locked(payment.pk)

    refuse_if(objection_to_changing_batch(batch))
    refuse_if(objection_to_leaving_out(payment))

    payment.move(PaymentState.DROPPED)
    record(by, "payment.left_out", payment)
    return payment


@transaction.atomic
def drop_batch(batch: PaymentBatch, *, by: Actor) -> PaymentBatch:
    """Pay nothing of it; everything in it may be put into another."""
    batch = PaymentBatch.objects.locked(batch.pk)

    refuse_if(objection_to_changing_batch(batch))

    for each in Payment.objects.of(batch):
        each.move(PaymentState.DROPPED)
        record(by, "payment.left_out", each)
    batch.move(BatchState.DROPPED, ended_at=now())
    record(by, "payment_batch.dropped", batch)
    return batch


@transaction.atomic
def release_batch(batch: PaymentBatch, *, by: Actor) -> PaymentBatch:
    """Somebody who put nothing of it together lets it go to the bank. Everything is asked once
    more: what was taken back, forbidden or held since is not paid, and neither is the rest."""
    batch = _held(batch)
    payments = list(Payment.objects.of(batch).select_for_update(of=("self",)))
    at, person = now(), person_behind(by)

    fresh = changed_lately_by(person, payments, at)
    refuse_if(
        objection_to_releasing(batch, payments, by_id=person, fresh=fresh, today=local_day(at))
    )
    bank = _confirmed(batch.account, latest_details([batch.account]).get(batch.account_id))
    places = latest_details([each.payee for each in payments])
    for each in payments:
        each.bank = _confirmed(each.payee, places.get(each.payee_id))
        refuse_if(objection_to_paying(each.paper, currency=batch.currency))

    for each in payments:
        each.move(PaymentState.RELEASED, bank=each.bank)
        record(by, "payment.released", each, details={"batch": batch.number})
    batch.move(
        BatchState.RELEASED,
        bank=bank,
        released_at=at,
        released_by_id=person,
        released_by_name=by.name,
        sha256=hash_of(xml_of(batch, bank, payments, at)),
    )
    details = {"sha256": batch.sha256, "payments": len(payments)}
    record(by, "payment_batch.released", batch, details=details)
    announce(BatchReleased(batch.pk))
    return batch


@transaction.atomic
def take_xml(batch: PaymentBatch, *, by: Actor) -> bytes:
    """The file for the bank, the very bytes that were released; who took it is kept."""
    content = _file(batch)
    refuse_if(None if hash_of(content) == batch.sha256 else OTHER_FILE)
    record(by, "payment_batch.taken", batch, details={"form": "pain.001.001.09"})
    return content


@transaction.atomic
def take_csv(batch: PaymentBatch, *, by: Actor) -> bytes:
    """The same as a table."""
    _file(batch)
    record(by, "payment_batch.taken", batch, details={"form": "csv"})
    return b"".join(csv_of(batch, _sent(batch)))


@transaction.atomic
def tell_paid(payment: Payment, *, words: str, by: Actor) -> Payment:
    """The bank paid it: a line of its statement says so."""
    return _told(payment, PaymentState.PAID, words, by=by)


@transaction.atomic
def tell_failed(payment: Payment, *, words: str, by: Actor) -> Payment:
    """The bank sent it back: what it paid waits again."""
    return _told(payment, PaymentState.FAILED, words, by=by)


def _payee_of(paper: Paper, *, by: Actor) -> Payee:
    """Whom a paper is paid to, noted where nobody was yet: the vendor of a bill, whoever handed an
    expense in, whoever an agreement is with."""
    known: dict[str, object]
    if isinstance(paper, Bill):
        known = {"kind": PayeeKind.VENDOR, "known_as": known_words(paper.supplier)}
        return _found_or_noted(paper.supplier, known, by=by)
    if isinstance(paper, Expense):
        known = {"kind": PayeeKind.STAFF, "user_id": paper.handed_in_by_id}
        return _found_or_noted(paper.handed_in_by_name, known, by=by)
    contributor = Agreement.objects.select_related("contributor").get(pk=paper.pk).contributor
    known = {"kind": PayeeKind.FACULTY, "contributor": contributor}
    return _found_or_noted(contributor.name, known, by=by)


def _found_or_noted(name: str, known: dict[str, object], *, by: Actor) -> Payee:
    # The counter is held first: two who add the same payee come one after the other.
    number = next_numbers("PYE", year=local_day().year)[0]
    found = Payee.objects.filter(**known).first()
    if found is not None:
        return found
    facts = {"known_as": known_words(name) or name.casefold(), **known}
    payee = Payee.objects.create(number=number, name=name[:200], made_by_name=by.name, **facts)
    record(by, "payee.added", payee)
    return payee


def _told(payment: Payment, state: PaymentState, words: str, *, by: Actor) -> Payment:
    batch = PaymentBatch.objects.locked(payment.batch_id)
    payment = Payment.objects.locked(payment.pk)
    moved = -payment.amount if state == PaymentState.PAID else payment.amount

    refuse_if(objection_to_told(payment, moved))

    payment.move(state, told_at=now(), told=words[:200])
    record(by, f"payment.{state}", payment, details={"words": payment.told})
    waiting = Payment.objects.of(batch).filter(state=PaymentState.RELEASED)
    if batch.state == BatchState.RELEASED and not waiting.exists():
        batch.move(BatchState.SETTLED, ended_at=now())
        record(by, "payment_batch.settled", batch)
    announce(PaymentTold(payment.activity_id, payment.pk, str(state)))
    return payment


def _file(batch: PaymentBatch) -> bytes:
    """Its bytes as they were when it was released."""
    if batch.bank is None or batch.released_at is None:
        refuse_if(NOT_RELEASED)
        raise TypeError("a released batch has a bank")
    return xml_of(batch, batch.bank, _sent(batch), batch.released_at)


def _held(batch: PaymentBatch) -> PaymentBatch:
    """The batch, after the activities it pays for: nobody takes back meanwhile what it pays."""
    paid = Payment.objects.of(batch).order_by().values("activity")
    list(Activity.objects.filter(pk__in=paid).order_by("pk").select_for_update(of=("self",)))
    return PaymentBatch.objects.select_related("account").locked(batch.pk)


def _sent(batch: PaymentBatch) -> Sequence[Payment]:
    return list(Payment.objects.of(batch))


def _confirmed(payee: Payee, details: BankDetails | None) -> BankDetails:
    refuse_if(objection_to_paying_there(payee, details))
    if details is None:
        raise TypeError("what is paid goes somewhere")
    return details


def _person(by: Actor) -> uuid.UUID:
    person = person_behind(by)
    if person is None:
        raise TypeError("a person puts payments together")
    return person
