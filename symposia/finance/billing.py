"""Whether a bill may be handed in, accepted, sent back or taken back: pure rules."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, Arrangement, State
from symposia.finance.models import Bill, BillState, BudgetLine
from symposia.finance.policies import (
    BOOKS_CLOSED,
    NOT_AN_AMOUNT,
    WRONG_CURRENCY,
    objection_to_spending,
)
from symposia.shared.money import Money
from symposia.shared.refusals import Objection
from symposia.work.kinds import kind_of

LARGEST = 25 * 1024 * 1024
_SIGNS = re.compile(r"[\W_]+")
_CURRENCY = re.compile("[A-Z]{3}")

CALLED_OFF = Objection(
    "activity_cancelled",
    _(
        "This activity was cancelled and nothing is posted for it any more. Send the bill to "
        "finance, who settle what is still owed."
    ),
)
NO_SUPPLIER = Objection("no_supplier", _("Write who asks to be paid."))
NO_NUMBER = Objection("no_bill_number", _("Write the number that the supplier gave the bill."))
NO_PURPOSE = Objection("no_purpose", _("Write what the bill is for."))
NO_CURRENCY = Objection(
    "no_such_currency", _("A currency is three capital letters, such as %(currency)s.")
)
FROM_TOMORROW = Objection("billed_tomorrow", _("The day of the bill has not come yet."))
ARRANGED_ELSEWHERE = Objection(
    "arranged_elsewhere", _("What the bill is for is arranged for another activity.")
)
NOT_A_BILL = Objection(
    "not_a_bill", _("Hand in the bill as a PDF or as a picture of the paper (JPEG, PNG).")
)
TOO_LARGE = Objection("bill_too_large", _("A bill has at most %(megabytes)s megabytes."))
THERE_ALREADY = Objection(
    "bill_there_already",
    _(
        "Bill %(theirs)s of %(supplier)s was handed in on %(day)s as %(number)s. It is not paid "
        "twice: if this is another bill, write the number that is on it."
    ),
)
DECIDED = Objection("bill_decided", _("This bill does not wait any more: %(state)s."))
OWN_BILL = Objection("own_bill", _("You handed this bill in; somebody else of finance accepts it."))
LINE_ELSEWHERE = Objection("line_elsewhere", _("Choose a line of this activity's budget."))
SAY_AMOUNT = Objection(
    "say_amount",
    _("The bill is in %(theirs)s. Write what it comes to in %(currency)s, as it was paid."),
)
OVER_ESTIMATE = Objection(
    "over_estimate",
    _("This is %(more)s more than was estimated. Write why it is accepted nevertheless."),
)
RETURN_REASON = Objection(
    "bill_return_reason", _("Write what is wrong with it; whoever handed it in reads it.")
)
NOT_YOURS = Objection("not_your_bill", _("Only whoever handed a bill in takes it back."))


@dataclass(frozen=True)
class BillFacts:
    """What a bill says, and what of the activity it is for."""

    supplier: str
    supplier_number: str
    billed_on: date
    amount: Money
    what_for: str
    arrangement: Arrangement | None = None


def told_by(supplier: str, number: str) -> str:
    """By what a bill is known, however it is written."""
    return "|".join(_SIGNS.sub("", each).casefold() for each in (supplier, number))[:300]


def objection_to_billing(activity: Activity) -> Objection | None:
    """Bills come until the books are closed."""
    if activity.state == State.CLOSED:
        return BOOKS_CLOSED
    return CALLED_OFF if activity.state == State.CANCELLED else None


def objection_to_bill(
    activity: Activity, facts: BillFacts, twin: Bill | None, *, today: date, currency: str
) -> Objection | None:
    """A bill says who asks for what, and is handed in once."""
    arrangement = facts.arrangement
    objections = (
        (not _SIGNS.sub("", facts.supplier), NO_SUPPLIER),
        (not _SIGNS.sub("", facts.supplier_number), NO_NUMBER),
        (not facts.what_for.strip(), NO_PURPOSE),
        (not _CURRENCY.fullmatch(facts.amount.currency), NO_CURRENCY.about(currency=currency)),
        (facts.amount.minor <= 0, NOT_AN_AMOUNT),
        (facts.billed_on > today, FROM_TOMORROW),
        (arrangement and arrangement.activity_id != activity.pk, ARRANGED_ELSEWHERE),
        (twin, _twice(twin) if twin else None),
    )
    return next((objection for holds, objection in objections if holds), None)


def _twice(twin: Bill) -> Objection:
    return THERE_ALREADY.about(
        theirs=twin.supplier_number,
        supplier=twin.supplier,
        day=date_format(twin.handed_in_at, "j M Y"),
        number=twin.number,
    )


def objection_to_paper_of_bill(content: bytes) -> Objection | None:
    """The paper can be looked at, and is small enough to be kept."""
    if len(content) > LARGEST:
        return TOO_LARGE.about(megabytes=LARGEST // 1024**2)
    return None if kind_of(content) else NOT_A_BILL


def objection_to_deciding_bill(bill: Bill, *, by_id: object) -> Objection | None:
    """A bill is decided once, by somebody else than whoever handed it in."""
    if bill.state != BillState.HANDED_IN:
        return DECIDED.about(state=bill.get_state_display())
    return OWN_BILL if by_id and bill.handed_in_by_id == by_id else None


def objection_to_amount_in_books(
    bill: Bill, amount: Money | None, *, currency: str
) -> Objection | None:
    """A bill in another currency is posted with what was paid for it."""
    if amount is None:
        return SAY_AMOUNT.about(theirs=bill.currency, currency=currency)
    return WRONG_CURRENCY.about(currency=currency) if amount.currency != currency else None


def objection_to_line(
    bill: Bill, line: BudgetLine, *, over: Money | None, reason: str
) -> Objection | None:
    """It is posted to the activity's own budget; more than was estimated needs a reason."""
    if line.activity_id != bill.activity_id:
        return LINE_ELSEWHERE
    if over is not None and not reason.strip():
        return OVER_ESTIMATE.about(more=str(over))
    return None


def objection_to_returning_bill(bill: Bill, *, by_id: object, reason: str) -> Objection | None:
    """Sent back with words for whoever handed it in."""
    objection = objection_to_deciding_bill(bill, by_id=by_id)
    if objection:
        return objection
    return None if reason.strip() else RETURN_REASON


def objection_to_withdrawing_bill(bill: Bill, *, by_id: object) -> Objection | None:
    """While nobody has decided, whoever handed it in takes it back."""
    if bill.state != BillState.HANDED_IN:
        return DECIDED.about(state=bill.get_state_display())
    return None if bill.handed_in_by_id == by_id else NOT_YOURS


def objection_to_accepting_now(activity: Activity) -> Objection | None:
    """Why no bill of an activity can be accepted yet, or any more."""
    return CALLED_OFF if activity.state == State.CANCELLED else objection_to_spending(activity)
