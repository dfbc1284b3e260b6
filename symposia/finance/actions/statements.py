from collections.abc import Iterable

from django.db import transaction

from symposia.finance.actions.charges import mark_paid
from symposia.finance.actions.invoices import pay_invoice
from symposia.finance.bank_statements import StatementLine, payable
from symposia.finance.models import Charge, Invoice, Method
from symposia.shared.actors import Actor


@transaction.atomic
def post_statement(lines: Iterable[StatementLine], *, by: Actor) -> list[Charge | Invoice]:
    """Settle every fee and invoice that a statement pays, all of them or none; the words of the
    bank prove each."""
    settled: list[Charge | Invoice] = []
    for line in payable(lines):
        words = line.evidence
        if line.charge:
            settled.append(mark_paid(line.charge, method=Method.BANK, evidence=words, by=by))
        elif line.invoice:
            settled.append(pay_invoice(line.invoice, method=Method.BANK, evidence=words, by=by))
    return settled
