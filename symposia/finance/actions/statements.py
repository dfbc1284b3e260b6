from collections.abc import Iterable

from django.db import transaction

from symposia.finance.actions.charges import mark_paid
from symposia.finance.actions.invoices import pay_invoice
from symposia.finance.actions.payments import tell_failed, tell_paid
from symposia.finance.bank_statements import Owing, StatementLine, payable
from symposia.finance.models import Method
from symposia.shared.actors import Actor


@transaction.atomic
def post_statement(lines: Iterable[StatementLine], *, by: Actor) -> list[Owing]:
    """Settle every fee and invoice that a statement pays, and every payment of ours that it tells
    of, all of them or none; the words of the bank prove each."""
    settled: list[Owing] = []
    for line in payable(lines):
        words = line.evidence
        if line.charge:
            settled.append(mark_paid(line.charge, method=Method.BANK, evidence=words, by=by))
        elif line.invoice:
            settled.append(pay_invoice(line.invoice, method=Method.BANK, evidence=words, by=by))
        elif line.payment and line.amount:
            tell = tell_paid if line.amount.minor < 0 else tell_failed
            settled.append(tell(line.payment, words=words, by=by))
    return settled
