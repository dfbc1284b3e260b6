from dataclasses import dataclass
from hashlib import sha256
from typing import Any

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
from symposia.finance.booking import day_if_open
from symposia.finance.events import (
    ExpenseAccepted,
    ExpenseHandedIn,
    ExpenseReturned,
    ExpenseWithdrawn,
    OverrunAsked,
)
from symposia.finance.expenses import over_line, sharers_at, split_of, twin_of_receipt
from symposia.finance.expensing import (
    UNREADABLE,
    ExpenseFacts,
    objection_to_expense,
    objection_to_second,
    objection_to_withdrawing_for,
)
from symposia.finance.handed_in import (
    objection_to_handing_in,
    objection_to_paper,
    objection_to_returning,
    objection_to_taking_back,
)
from symposia.finance.letters import write_decision
from symposia.finance.models import Expense, HandedInState, Overrun
from symposia.finance.queries import books_currency
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, refuse_if
from symposia.work.apart import Unreadable
from symposia.work.files import store_file
from symposia.work.kinds import JPEG, PDF, kind_of
from symposia.work.models import StoredFile
from symposia.work.pictures import redrawn

PURPOSE = "expense"


@dataclass(frozen=True)
class Receipt:
    """The paper of an expense, as it was photographed or taken from a file."""

    name: str
    content: bytes
    # What is hard to read about it.
    faults: tuple[str, ...] = ()


@transaction.atomic
def hand_in_expense(
    activity: Activity, facts: ExpenseFacts, receipt: Receipt, *, by: Actor
) -> Expense:
    """Give finance what somebody paid at a meeting, with its receipt and who shared it.

    A photograph is kept as it is seen, upright and without where it was taken; what is hard to
    read is said and refuses nothing. Presence counts as it is recorded now.
    """
    refuse_if(objection_to_paper(receipt.content))
    receipt = _as_kept(receipt)
    activity = Activity.objects.locked(activity.pk)
    # One expense of the organisation after the other: no receipt slips through twice.
    number = next_numbers("EXP", year=local_day().year)[0]
    known = sharers_at(activity)

    refuse_if(objection_to_handing_in(activity))
    refuse_if(objection_to_expense(facts, known, today=local_day(), currency=books_currency()))
    refuse_if(objection_to_second(twin_of_receipt(sha256(receipt.content).hexdigest())))

    split = split_of(activity, facts, known)
    file = _keep(receipt, activity, by=by)
    expense = Expense.objects.create(
        number=number,
        activity=activity,
        **_stated(facts),
        attendees=split.attendees,
        faculty=split.faculty,
        staff=split.staff,
        faults=list(receipt.faults),
        finding=split.worst,
        file=file,
        sha256=file.sha256,
        handed_in_by_id=person_behind(by),
        handed_in_by_name=by.name,
    )
    details = {"number": number, "amount": str(expense.amount), "sha256": file.sha256}
    said = [f"{each.rule} {each.result}" for each in split.findings]
    details |= {"per_head": str(split.per_head), "heads": str(split.heads)}
    record(by, "expense.handed_in", expense, details=details | {"findings": ", ".join(said)})
    announce(ExpenseHandedIn(activity.pk, expense.pk))
    return expense


def _stated(facts: ExpenseFacts) -> dict[str, Any]:
    """What whoever paid says of it, as it is kept."""
    return {
        "kind": facts.kind,
        "paid_to": facts.paid_to.strip(),
        "spent_on": facts.spent_on,
        "amount_minor": facts.amount.minor,
        "currency": facts.amount.currency,
        "what_for": facts.what_for.strip(),
    }


@transaction.atomic
def accept_expense(
    expense: Expense, said: Acceptance, *, agreed: Overrun | None = None, by: Actor
) -> Expense:
    """Find an expense right and post it to a line of the budget, its receipt as the evidence."""
    expense = _locked(expense)

    paper = Paper(
        expense.what_for or expense.get_kind_display(),
        paid_to=expense.paid_to,
        evidence=expense.number,
        booked_on=day_if_open(expense.spent_on),
    )
    weighing = Weighing(over=over_line, agreed=agreed)
    details = post_accepted(expense, said, paper, weighing=weighing, by=by)

    record(by, "expense.accepted", expense, reason=expense.decided_because, details=details)
    write_decision(expense, _words_of(expense), by=by)
    announce(ExpenseAccepted(expense.activity_id, expense.pk))
    return expense


@transaction.atomic
def ask_about_expense(expense: Expense, said: Acceptance, *, by: Actor) -> Overrun:
    """Find an expense right that is far above what was expected: a second person agrees first."""
    expense = _locked(expense)

    overrun = propose_overrun(expense, said, weighing=Weighing(over=over_line), by=by)

    details = {"expense": expense.number, "over": str(overrun.over)}
    record(by, "overrun.proposed", overrun, reason=overrun.reason, details=details)
    announce(OverrunAsked(expense.activity_id, overrun.pk))
    return overrun


@transaction.atomic
def return_expense(expense: Expense, *, reason: str, by: Actor) -> Expense:
    """Send an expense back with what is wrong; mended, it may be handed in again."""
    expense = _locked(expense)

    refuse_if(objection_to_returning(expense, by_id=person_behind(by), reason=reason))

    decide(expense, HandedInState.RETURNED, reason, by=by)
    drop_waiting_overrun(expense, by=by)
    record(by, "expense.returned", expense, reason=expense.decided_because)
    write_decision(expense, _words_of(expense), by=by)
    announce(ExpenseReturned(expense.activity_id, expense.pk))
    return expense


@transaction.atomic
def withdraw_expense(expense: Expense, *, reason: str, by: Actor) -> Expense:
    """Take back what one handed in, with a reason; it stays, and so does its receipt."""
    expense = _locked(expense)

    refuse_if(objection_to_taking_back(expense, by_id=person_behind(by)))
    refuse_if(objection_to_withdrawing_for(reason))

    decide(expense, HandedInState.WITHDRAWN, reason, by=by)
    drop_waiting_overrun(expense, by=by)
    record(by, "expense.withdrawn", expense, reason=expense.decided_because)
    announce(ExpenseWithdrawn(expense.activity_id, expense.pk))
    return expense


def _as_kept(receipt: Receipt) -> Receipt:
    """A picture drawn anew; a document as it is."""
    if kind_of(receipt.content) == PDF:
        return receipt
    try:
        picture = redrawn(receipt.content)
    except Unreadable as problem:
        raise Refused(UNREADABLE.about(problem=str(problem))) from problem
    return Receipt(receipt.name, picture.content, tuple(map(str, picture.faults)))


def _keep(receipt: Receipt, activity: Activity, *, by: Actor) -> StoredFile:
    kind = kind_of(receipt.content)
    stem = receipt.name.rsplit(".", 1)[0] or "receipt"
    return store_file(
        receipt.content,
        name=f"{stem[:190]}.jpg" if kind == JPEG else receipt.name,
        content_type=kind,
        purpose=PURPOSE,
        subject_id=activity.pk,
        by=by,
    )


def _words_of(expense: Expense) -> dict[str, str]:
    return {"paid_to": expense.paid_to, "kind": str(expense.get_kind_display())}


def _locked(expense: Expense) -> Expense:
    Activity.objects.locked(expense.activity_id)
    rows = Expense.objects.select_related("activity")
    return rows.select_for_update(of=("self",)).get(pk=expense.pk)
