from dataclasses import dataclass

from django.db import transaction

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import local_day, person_behind
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.finance.actions.budgets import Paper
from symposia.finance.actions.deciding import (
    Acceptance,
    Weighing,
    decide,
    drop_waiting_overrun,
    post_accepted,
    propose_overrun,
)
from symposia.finance.billed import over_estimate, twin_of
from symposia.finance.billing import BillFacts, objection_to_bill, told_by
from symposia.finance.booking import day_if_open
from symposia.finance.events import (
    BillAccepted,
    BillHandedIn,
    BillReturned,
    BillWithdrawn,
    OverrunAsked,
)
from symposia.finance.handed_in import (
    objection_to_handing_in,
    objection_to_paper,
    objection_to_returning,
    objection_to_taking_back,
)
from symposia.finance.letters import write_decision
from symposia.finance.models import Bill, HandedInState, Overrun, PurchaseOrder
from symposia.finance.models.payees import known_words
from symposia.finance.ordered import faults_of, vendor_known_as
from symposia.finance.ordering import objection_to_linking
from symposia.finance.queries import books_currency
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.work.files import store_file
from symposia.work.kinds import kind_of

PURPOSE = "bill"


@dataclass(frozen=True)
class PaperOfBill:
    """The bill itself, as it was handed in."""

    name: str
    content: bytes


@transaction.atomic
def hand_in_bill(activity: Activity, facts: BillFacts, paper: PaperOfBill, *, by: Actor) -> Bill:
    """Give finance a supplier's bill for an activity, with its paper; each bill once."""
    activity = Activity.objects.locked(activity.pk)
    # One bill of the organisation after the other: no two of the same number slip through.
    number = next_numbers("BILL", year=local_day().year)[0]
    known_by = told_by(facts.supplier, facts.supplier_number)

    refuse_if(objection_to_handing_in(activity))
    refuse_if(
        objection_to_bill(
            *(activity, facts, twin_of(known_by)), today=local_day(), currency=books_currency()
        )
    )
    refuse_if(objection_to_paper(paper.content))

    bill = _keep(activity, facts, paper, number, by=by)
    details = {"number": number, "amount": str(bill.amount), "sha256": bill.sha256}
    record(by, "bill.handed_in", bill, details=details)
    announce(BillHandedIn(activity.pk, bill.pk))
    return bill


def _keep(
    activity: Activity, facts: BillFacts, paper: PaperOfBill, number: str, *, by: Actor
) -> Bill:
    file = store_file(
        paper.content,
        name=paper.name,
        content_type=kind_of(paper.content),
        purpose=PURPOSE,
        subject_id=activity.pk,
        by=by,
    )
    return Bill.objects.create(
        number=number,
        activity=activity,
        arrangement=facts.arrangement,
        order=facts.order,
        vendor=vendor_known_as(known_words(facts.supplier)),
        supplier=facts.supplier.strip(),
        supplier_number=facts.supplier_number.strip(),
        told_by=told_by(facts.supplier, facts.supplier_number),
        billed_on=facts.billed_on,
        amount_minor=facts.amount.minor,
        currency=facts.amount.currency,
        what_for=facts.what_for.strip(),
        file=file,
        sha256=file.sha256,
        handed_in_by_id=person_behind(by),
        handed_in_by_name=by.name,
    )


@transaction.atomic
def link_bill(bill: Bill, order: PurchaseOrder | None, *, by: Actor) -> Bill:
    """Say which order a bill is for, or that it is for none, while it waits."""
    bill = _locked(bill)

    refuse_if(objection_to_linking(bill, order))

    bill.order = order
    bill.vendor = vendor_known_as(known_words(bill.supplier))
    bill.save(update_fields=["order", "vendor"])
    record(by, "bill.linked", bill, details={"order": order.number if order else ""})
    return bill


@transaction.atomic
def accept_bill(bill: Bill, said: Acceptance, *, agreed: Overrun | None = None, by: Actor) -> Bill:
    """Find a bill right and post it to a line of the budget, with the bill as its evidence."""
    bill = _locked(bill)

    proof = f"{bill.number}, {bill.supplier_number}"
    day = day_if_open(bill.billed_on)
    paper = Paper(bill.what_for, paid_to=bill.supplier, evidence=proof, booked_on=day)
    weighing = Weighing(over=over_estimate, faults=faults_of, agreed=agreed)
    details = post_accepted(bill, said, paper, weighing=weighing, by=by)

    record(by, "bill.accepted", bill, reason=bill.decided_because, details=details)
    write_decision(bill, _words_of(bill), by=by)
    announce(BillAccepted(bill.activity_id, bill.pk))
    return bill


@transaction.atomic
def ask_about_bill(bill: Bill, said: Acceptance, *, by: Actor) -> Overrun:
    """Find a bill right that is far above what was expected: a second person agrees first."""
    bill = _locked(bill)

    overrun = propose_overrun(bill, said, weighing=Weighing(over=over_estimate), by=by)

    details = {"bill": bill.number, "over": str(overrun.over)}
    record(by, "overrun.proposed", overrun, reason=overrun.reason, details=details)
    announce(OverrunAsked(bill.activity_id, overrun.pk))
    return overrun


@transaction.atomic
def return_bill(bill: Bill, *, reason: str, by: Actor) -> Bill:
    """Send a bill back with what is wrong; mended, it may be handed in again."""
    bill = _locked(bill)

    refuse_if(objection_to_returning(bill, by_id=person_behind(by), reason=reason))

    decide(bill, HandedInState.RETURNED, reason, by=by)
    drop_waiting_overrun(bill, by=by)
    record(by, "bill.returned", bill, reason=bill.decided_because)
    write_decision(bill, _words_of(bill), by=by)
    announce(BillReturned(bill.activity_id, bill.pk))
    return bill


@transaction.atomic
def withdraw_bill(bill: Bill, *, reason: str = "", by: Actor) -> Bill:
    """Take back a bill that one handed in, while nobody has decided on it."""
    bill = _locked(bill)

    refuse_if(objection_to_taking_back(bill, by_id=person_behind(by)))

    decide(bill, HandedInState.WITHDRAWN, reason, by=by)
    drop_waiting_overrun(bill, by=by)
    record(by, "bill.withdrawn", bill, reason=bill.decided_because)
    announce(BillWithdrawn(bill.activity_id, bill.pk))
    return bill


def _words_of(bill: Bill) -> dict[str, str]:
    return {"supplier": bill.supplier, "supplier_number": bill.supplier_number}


def _locked(bill: Bill) -> Bill:
    Activity.objects.locked(bill.activity_id)
    rows = Bill.objects.select_related("activity", "arrangement", "vendor")
    return rows.select_for_update(of=("self",)).get(pk=bill.pk)
