"""A statement of the bank, line by line: which fee each line pays, or why none."""

import csv
import io
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.lines import objection_to_so_many
from symposia.finance.fee_rules import objection_to_amount_paid, objection_to_payment
from symposia.finance.invoicing import objection_to_paying_invoice
from symposia.finance.models import Charge, Invoice, Payment
from symposia.finance.payment_rules import objection_to_told
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

LONGEST = 2_000
NO_REFERENCE = Objection("no_reference_in_line", _("No reference of ours stands in this line."))
UNKNOWN_REFERENCE = Objection(
    "reference_unknown", _("Nobody owes anything under the reference of this line.")
)
NO_AMOUNT = Objection("no_amount_in_line", _("The amount of this line cannot be read."))
PAID_TWICE_HERE = Objection("paid_twice_here", _("Another line of this file pays it already."))
NO_COLUMNS = Objection(
    "statement_columns",
    _("Begin the file with a line that names its columns: “amount” and “text”."),
)
_REFERENCE = re.compile(r"SY[2-9A-HJ-NP-Z]{8}")
_NOT_SAID = re.compile(r"[^0-9A-Z]")

Owing = Charge | Invoice | Payment


@dataclass(frozen=True)
class StatementLine:
    """One line: what came in, with which words, and the fee that it pays."""

    number: int
    text: str
    amount: Money | None
    charge: Charge | None
    invoice: Invoice | None
    objection: Objection | None
    payment: Payment | None = None

    @property
    def pays(self) -> Owing | None:
        """The fee of one person, the invoice of whoever pays for several, or what we paid."""
        return self.charge or self.invoice or self.payment

    @property
    def reference(self) -> str:
        """Under which it was found."""
        return self.pays.reference if self.pays else ""

    @property
    def evidence(self) -> str:
        """What proves the payment: the words of the bank."""
        return self.text[:200]


def read_statement(
    text: str, access: Access, *, currency: str
) -> tuple[list[StatementLine], Objection | None]:
    """The lines of a statement; a line that pays exactly one open fee can be posted."""
    rows = list(csv.DictReader(io.StringIO(text), dialect=_dialect(text)))
    if objection := objection_to_so_many(len(rows), most=LONGEST):
        return [], objection
    names = {(name or "").strip().lower(): name for name in (rows[0] if rows else {})}
    if not {"amount", "text"} <= names.keys():
        return [], NO_COLUMNS
    said = [(_amount(row[names["amount"]], currency), row[names["text"]] or "") for row in rows]
    known = _owing({ref for _paid, words in said for ref in _references(words)}, access)
    read, seen = [], set[uuid.UUID]()
    for number, (paid, words) in enumerate(said, start=2):
        found, objection = _judged(paid, words, known)
        if found and found.pk in seen:
            objection = PAID_TWICE_HERE
        if found and not objection:
            seen.add(found.pk)
        charge = found if isinstance(found, Charge) else None
        invoice = found if isinstance(found, Invoice) else None
        payment = found if isinstance(found, Payment) else None
        read.append(StatementLine(number, words.strip(), paid, charge, invoice, objection, payment))
    return read, None


def payable(lines: Iterable[StatementLine]) -> list[StatementLine]:
    """Those that pay a fee or an invoice, or tell of a payment of ours."""
    return [each for each in lines if each.pays and not each.objection]


def _judged(
    paid: Money | None, words: str, known: Mapping[str, Owing]
) -> tuple[Owing | None, Objection | None]:
    references = _references(words)
    if paid is None:
        return None, NO_AMOUNT
    if not references:
        return None, NO_REFERENCE
    found = next((known[each] for each in references if each in known), None)
    if found is None:
        return None, UNKNOWN_REFERENCE
    return found, _objection(found, paid, words)


def _objection(found: Owing, paid: Money, words: str) -> Objection | None:
    if isinstance(found, Invoice):
        return objection_to_paying_invoice(found, paid)
    if isinstance(found, Payment):
        return objection_to_told(found, paid)
    objection = objection_to_payment(found, evidence=words)
    return objection or objection_to_amount_paid(found, paid)


def _references(words: str) -> list[str]:
    """Banks put spaces and hyphens into what people type."""
    return _REFERENCE.findall(_NOT_SAID.sub("", words.upper()))


def _owing(references: set[str], access: Access) -> dict[str, Owing]:
    """Charges, invoices and payments of ours under these references: one way to write them."""
    charges = Charge.objects.visible_to(access, Permission.POST_MONEY)
    charges = charges.filter(reference__in=references)
    invoices = Invoice.objects.visible_to(access).filter(reference__in=references)
    found: dict[str, Owing] = {each.reference: each for each in invoices.select_related("activity")}
    people = charges.select_related("registration__clinician", "activity")
    ours = Payment.objects.visible_to(access, Permission.POST_MONEY)
    ours = ours.filter(reference__in=references).select_related("payee", "batch")
    paid = {each.reference: each for each in ours}
    return found | {each.reference: each for each in people} | paid


def _amount(said: str | None, currency: str) -> Money | None:
    """1,234.50 and 1.234,50 alike: the last separator parts the smaller coins if two digits or
    fewer follow it."""
    digits = re.sub(r"[^\d,.\-]", "", said or "")
    whole, mark, rest = digits.rpartition("," if digits.rfind(",") > digits.rfind(".") else ".")
    if mark and len(rest) <= 2:
        digits = f"{re.sub('[,.]', '', whole)}.{rest}"
    else:
        digits = re.sub("[,.]", "", digits)
    try:
        return Money(Decimal(digits), currency)
    except InvalidOperation:
        return None


def _dialect(text: str) -> type[csv.Dialect]:
    class _Found(csv.excel):
        delimiter = ";" if text.partition("\n")[0].count(";") else ","

    return _Found
