from datetime import date
from decimal import Decimal
from functools import cache

from symposia.finance.actions.bills import PaperOfBill, hand_in_bill
from symposia.finance.actions.budgets import (
    EstimateLine,
    Paper,
    commit_budget,
    post_actual,
    set_estimate,
)
from symposia.finance.actions.expenses import Receipt, hand_in_expense
from symposia.finance.actions.orders import add_payee, confirm_delivered, place_order
from symposia.finance.billing import BillFacts
from symposia.finance.expensing import ExpenseFacts
from symposia.finance.models import BudgetLine
from symposia.finance.ordering import DeliveredFacts, OrderFacts, PayeeFacts
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from tests.factories.activities import (
    ActivityFactory,
    ActivityObjectiveFactory,
    SessionFactory,
    SessionFacultyFactory,
)
from tests.work.pictures import photo

THREE = (("venue", "Hall A", "1800.00"), ("meals", "Dinner", "2000.00"), ("faculty", "Fee", "450"))


def usd(amount):
    return Money(Decimal(amount), "USD")


def complete(**facts):
    """A plan in draft to which nothing is missing but its money."""
    activity = ActivityFactory(state="draft", **facts)
    SessionFacultyFactory(session=SessionFactory(activity=activity))
    ActivityObjectiveFactory(activity=activity)
    return activity


def estimated(activity=None, lines=THREE, *, currency="USD"):
    """An activity with an estimate, three lines unless told otherwise, in draft."""
    activity = activity or ActivityFactory(state="draft")
    wanted = [
        EstimateLine(category, description, Money(Decimal(amount), currency))
        for category, description, amount in lines
    ]
    set_estimate(activity, wanted, by=SYSTEM)
    return activity


def committed(lines=THREE, **more):
    """An approved activity whose estimate is committed."""
    activity = estimated(lines=lines, **more)
    approve(activity)
    commit_budget(activity, by=SYSTEM)
    return activity


def approve(activity):
    """Along the table of states, as the database holds it."""
    for state in ("submitted", "in_approval", "approved"):
        activity.move(state)


def spent(line, amount="1765.00", *, by=SYSTEM, **paper):
    facts = {"reason": "Invoice of the hall", "paid_to": "Bay Hotels", "evidence": "INV-118"}
    return post_actual(line, usd(amount), Paper(**(facts | paper)), by=by)


PDF = b"%PDF-1.7\n1 0 obj << /Type /Pages /Kids [] /Count 1 >> endobj\n%%EOF"


def handed_in(activity, amount="400.00", *, by=SYSTEM, **facts):
    """A bill that waits for finance."""
    said = {
        "supplier": "Compass Events",
        "supplier_number": "CE-2201",
        "billed_on": date(2026, 1, 5),
        "amount": amount if isinstance(amount, Money) else usd(amount),
        "what_for": "Stands and signs",
    }
    said |= facts
    paper = PaperOfBill("bill.pdf", content_of(activity, said["supplier_number"]))
    return hand_in_bill(activity, BillFacts(**said), paper, by=by)


def content_of(activity, number):
    """No two papers are the same file, unless somebody hands one in twice."""
    return PDF + f"\n% {activity.pk} {number}".encode()


def payee(name="Compass Events", **facts):
    return add_payee(PayeeFacts(**({"kind": "vendor", "name": name} | facts)), by=SYSTEM)


def ordered(activity, vendor, *, by=SYSTEM, **facts):
    """Forty plates at twenty each, on the line of the meals, unless told otherwise."""
    said = {
        "what_for": "Dinner",
        "each": usd("20"),
        "quantity": Decimal(40),
        "unit": "heads",
        "line": BudgetLine.objects.get(activity=activity, category="meals"),
    }
    return place_order(activity, OrderFacts(vendor=vendor, **(said | facts)), by=by)


def came(order, quantity="40", *, by=SYSTEM, note="All ate", **facts):
    said = {"quantity": Decimal(quantity), "delivered_on": date(2026, 1, 5), "note": note}
    return confirm_delivered(order, DeliveredFacts(**(said | facts)), by=by)


@cache
def receipt_photo():
    return photo()


def spent_at(activity, amount="200.00", *, by=SYSTEM, content=None, name="IMG_1.jpg", **facts):
    """A dinner paid at a meeting, whose receipt waits for finance."""
    said = {
        "kind": "meals",
        "paid_to": "Bay Hotels",
        "spent_on": date(2026, 1, 5),
        "amount": amount if isinstance(amount, Money) else usd(amount),
    }
    receipt = Receipt(name, content or receipt_photo())
    return hand_in_expense(activity, ExpenseFacts(**(said | facts)), receipt, by=by)
