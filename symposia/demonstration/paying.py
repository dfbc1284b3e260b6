"""Payments in the demonstration: one batch at the bank, one that waits, and an account on hold."""

from datetime import timedelta

from symposia.accounts.queries import local_day
from symposia.demonstration.thread import Cast
from symposia.finance.actions.bank_details import confirm_details, enter_details
from symposia.finance.actions.orders import add_payee
from symposia.finance.actions.payments import add_payment, begin_batch, release_batch
from symposia.finance.bank_rules import AccountFacts
from symposia.finance.models import BankDetails, Channel, Payee, PayeeKind, Payment, PaymentBatch
from symposia.finance.ordering import PayeeFacts
from symposia.finance.payable import (
    Paper,
    objection_to_adding,
    unpaid_bills,
    unpaid_expenses,
    unpaid_fees,
)

# Numbers that belong to nobody: written for the demonstration.
OURS, THEIRS = "50100000000142", "50100000000{:03d}"
MOST = 6
# Who releases, the first that a house has.
SECOND = ("deputy", "publisher", "administrator")
ASKED = "Asked under the number on our own records (demonstration)"


def pay_what_waits(cast: Cast) -> None:
    """Half of what waits is released by a second person; the rest is in a batch, and of one payee
    the bank details changed and nobody has asked back yet."""
    finance = cast.actor("finance_officer")
    account = _our_account(cast)
    papers = _payable(cast.organisation.currency)[:MOST]
    half = len(papers) // 2
    if half:
        _released(account, papers[:half], cast)
    if not papers:
        return
    waiting = begin_batch(account, local_day() + timedelta(days=8), by=finance)
    for each in papers[half:]:
        add_payment(waiting, each, by=finance)
    changed = _payees(waiting)[-1]
    _entered(changed, THEIRS.format(777), Channel.MAIL, cast)


def _released(account: Payee, papers: list[Paper], cast: Cast) -> None:
    finance = cast.actor("finance_officer")
    released = begin_batch(account, local_day() + timedelta(days=1), by=finance)
    for each in papers:
        add_payment(released, each, by=finance)
    for number, payee in enumerate(_payees(released), start=1):
        _confirmed(payee, THEIRS.format(number), cast)
    second = next(role for role in SECOND if role in cast.team)
    release_batch(released, by=cast.actor(second))


def _payable(currency: str) -> list[Paper]:
    rows = [*unpaid_bills(), *unpaid_expenses(), *unpaid_fees()]
    return [each for each in rows if objection_to_adding(each, currency=currency) is None]


def _payees(batch: PaymentBatch) -> list[Payee]:
    paid = Payment.objects.filter(batch=batch).order_by().values("payee")
    return list(Payee.objects.filter(pk__in=paid).order_by("name", "pk"))


def _our_account(cast: Cast) -> Payee:
    name = f"{cast.organisation.name}, current account"
    facts = PayeeFacts(PayeeKind.HOUSE, name, cast.organisation.country)
    account = add_payee(facts, by=cast.actor("finance_officer"))
    _confirmed(account, OURS, cast)
    return account


def _confirmed(payee: Payee, number: str, cast: Cast) -> None:
    details = _entered(payee, number, Channel.LETTER, cast)
    by = cast.actor("finance_officer")
    confirm_details(details, asked_by=Channel.PHONE, note=ASKED, by=by)


def _entered(payee: Payee, number: str, came_by: Channel, cast: Cast) -> BankDetails:
    facts = AccountFacts(payee.name, number, "HDFC0000142", came_by)
    return enter_details(payee, facts, by=cast.actor("coordinator"))
