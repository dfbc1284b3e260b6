"""The bills of an agency in the demonstration: one accepted, one that waits for finance."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.utils.formats import date_format
from django.utils.timezone import now

from symposia.accounts.models import User
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.demonstration.thread import Cast
from symposia.finance.actions.bills import PaperOfBill, accept_bill, hand_in_bill
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.actions.orders import add_payee, confirm_delivered, place_order
from symposia.finance.billing import BillFacts
from symposia.finance.models import PayeeKind, PurchaseOrder
from symposia.finance.ordering import DeliveredFacts, OrderFacts, PayeeFacts
from symposia.finance.queries import LineTotals, lines_of
from symposia.shared.money import Money
from symposia.shared.paper import set_paper

TEMPLATE = Path(__file__).with_name("bill.typ")
AGENCY = "Compass Events"
ORDERED = "Stands and signs"
# What each is for, its share of what the line has, and how many days ago it was written.
BILLS = ((ORDERED, 40, 6), ("Transfer from the station", 25, 2))


def bill_of_agency(activity: Activity, address: str, cast: Cast) -> None:
    """Whoever signs in for the agency hands both in; finance has looked at the first."""
    agent = User.objects.get(email=address).actor()
    line = lines_of(activity)[0]
    order = _order(activity, line, cast)
    for number, (what_for, share, days) in enumerate(BILLS, start=2201):
        amount = (line.estimate.amount * share / 100).quantize(Decimal(1))
        facts = BillFacts(
            AGENCY,
            f"CE-{number}",
            local_day() - timedelta(days=days),
            Money(amount, line.estimate.currency),
            what_for,
            order=order if what_for == ORDERED else None,
        )
        paper = PaperOfBill(f"CE-{number}.pdf", _paper(facts))
        bill = hand_in_bill(activity, facts, paper, by=agent)
        if share == BILLS[0][1]:
            accept_bill(bill, Acceptance(line.line), by=cast.actor("finance_officer"))


def _order(activity: Activity, line: LineTotals, cast: Cast) -> PurchaseOrder:
    """Finance notes the agency as a vendor; the office orders and confirms what stood there."""
    facts = PayeeFacts(PayeeKind.VENDOR, AGENCY, cast.organisation.country)
    vendor = add_payee(facts, by=cast.actor("finance_officer"))
    share = next(share for what, share, _days in BILLS if what == ORDERED)
    each = (line.estimate.amount * share / 100).quantize(Decimal(1))
    wanted = OrderFacts(vendor, line.line, ORDERED, Money(each, line.estimate.currency))
    order = place_order(activity, wanted, by=cast.actor("coordinator"))
    came = DeliveredFacts(Decimal(1), local_day() - timedelta(days=7))
    confirm_delivered(order, came, by=cast.actor("coordinator"))
    return order


def _paper(facts: BillFacts) -> bytes:
    said = {
        "supplier": facts.supplier,
        "title": f"Bill {facts.supplier_number}",
        "what": facts.what_for,
        "day": date_format(facts.billed_on, "j F Y"),
        "amount": str(facts.amount),
    }
    return set_paper(TEMPLATE, said, now())
