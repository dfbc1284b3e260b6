"""Accounts that two people have seen, accepted papers, and batches for tests."""

from datetime import timedelta

from symposia.finance.actions.bank_details import confirm_details, enter_details
from symposia.finance.actions.bills import accept_bill
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.actions.payments import add_payment, begin_batch
from symposia.finance.bank_rules import AccountFacts
from symposia.finance.models import BudgetLine, Payee
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import day_here
from tests.factories.finance import handed_in, payee

OUR_IBAN, THEIR_IBAN = "DE89370400440532013000", "GB29NWBK60161331926819"


def entered(whom, by, account=THEIR_IBAN, **facts):
    said = {"holder": whom.name, "bank_code": "NWBKGB2L", "came_by": "letter"} | facts
    return enter_details(whom, AccountFacts(account=account, **said), by=by)


def confirmed(whom, people, account=THEIR_IBAN, **facts):
    """Entered by the first of two people, asked back by the second."""
    details = entered(whom, people[0], account, **facts)
    return confirm_details(details, asked_by="phone", note="Ms Rao", by=people[1])


def our_account(people):
    account = payee("Harbour current account", kind="house")
    confirmed(account, people, OUR_IBAN, bank_code="COBADEFFXXX")
    return account


def accepted(activity, amount="400.00", *, by=SYSTEM, **facts):
    """A bill that finance has posted to the first line."""
    bill = handed_in(activity, amount, **facts)
    line = BudgetLine.objects.of(activity)[0]
    return accept_bill(bill, Acceptance(line, reason="It is right"), by=by)


def batch_of(account, *papers, by, days=1):
    batch = begin_batch(account, day_here() + timedelta(days=days), by=by)
    for each in papers:
        add_payment(batch, each, by=by)
    return batch


def vendor_of(bill):
    """Whom a bill that is in a batch is paid to."""
    return Payee.objects.get(kind="vendor", name=bill.supplier)
