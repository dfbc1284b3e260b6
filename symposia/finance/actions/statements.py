from collections.abc import Iterable

from django.db import transaction

from symposia.finance.actions.charges import mark_paid
from symposia.finance.bank_statements import StatementLine, payable
from symposia.finance.models import Charge, Method
from symposia.shared.actors import Actor


@transaction.atomic
def post_statement(lines: Iterable[StatementLine], *, by: Actor) -> list[Charge]:
    """Settle every fee that a statement pays, all of them or none; the words of the bank prove
    each."""
    return [
        mark_paid(line.charge, method=Method.BANK, evidence=line.evidence, by=by)
        for line in payable(lines)
        if line.charge
    ]
