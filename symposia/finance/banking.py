"""Numbers of accounts, opened for the file of a bank alone; and that file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from symposia.accounts.queries import this_organisation
from symposia.finance.models import BankDetails, Payment, PaymentBatch
from symposia.finance.pain001 import Account, Initiation, Transfer, pain001
from symposia.shared.sealing import sealed, unsealed
from symposia.shared.sheets import csv_chunks, csv_head

PURPOSE = "bank account of a payee"
HEAD = (
    *("Reference", "Paid to", "Account holder", "Account", "Bank code"),
    *("Amount", "Currency", "Pays", "Day"),
)


def sealed_account(number: str) -> str:
    return sealed(number, purpose=PURPOSE)


def account_of(details: BankDetails) -> Account:
    """The account as the bank needs it. Raises SealBroken."""
    number = unsealed(details.account, purpose=PURPOSE)
    return Account(details.holder, number, details.bank_code)


def initiation_of(
    batch: PaymentBatch, bank: BankDetails, payments: Sequence[Payment], at: datetime
) -> Initiation:
    """A batch as it goes to the bank."""
    transfers = [
        Transfer(account_of(bank_of(each)), each.amount, each.reference, words_of(each))
        for each in payments
    ]
    return Initiation(
        *(batch.number, at, this_organisation().name, batch.pays_on),
        *(account_of(bank), batch.currency, transfers),
    )


def xml_of(
    batch: PaymentBatch, bank: BankDetails, payments: Sequence[Payment], at: datetime
) -> bytes:
    return pain001(initiation_of(batch, bank, payments, at))


def hash_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def csv_of(batch: PaymentBatch, payments: Sequence[Payment]) -> Iterator[bytes]:
    """The same as a table; no cell of it is a live formula."""
    yield csv_head(HEAD)
    yield from csv_chunks([_rows(batch, payments)])


def _rows(batch: PaymentBatch, payments: Sequence[Payment]) -> Iterator[tuple[str, ...]]:
    for each in payments:
        account = account_of(bank_of(each))
        yield (
            *(each.reference, each.payee.name, account.holder, account.number, account.bank_code),
            *(str(each.amount.amount), each.currency, words_of(each), batch.pays_on.isoformat()),
        )


def words_of(payment: Payment) -> str:
    """By what the payee knows what is paid: the number on their own bill first."""
    if payment.bill:
        return f"{payment.bill.supplier_number} {payment.bill.number} {payment.reference}"
    return f"{payment.paper.number} {payment.reference}"


def bank_of(payment: Payment) -> BankDetails:
    """Where a released payment goes."""
    if payment.bank is None:
        raise TypeError("a released payment goes somewhere")
    return payment.bank
