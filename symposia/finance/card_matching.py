"""Lines of cards and receipts: which may belong to each other, and what is refused. Pure."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from symposia.finance.models import CardLine, CardLineState, Expense, Payment
from symposia.finance.models.handed_in import STANDING
from symposia.shared.refusals import Objection

LINE_DECIDED = Objection("card_line_decided", _("This line waits for no receipt: %(state)s."))
OTHER_AMOUNT = Objection(
    "card_other_amount", _("The receipt says %(receipt)s, the line of the card %(line)s.")
)
NOT_STANDING = Objection("card_receipt_gone", _("This receipt was sent or taken back."))
HAS_LINE = Objection("card_receipt_taken", _("Another line of a card has this receipt already."))
PAID_BACK = Objection(
    "card_receipt_paid", _("%(number)s is in a batch of payments; leave it out there first.")
)
EXPLAIN_WHY = Objection("card_explain", _("Write why there is no receipt, or why it parts again."))
NOT_DECIDED = Objection("card_line_open", _("This line is open."))


def objection_to_matching(
    line: CardLine, expense: Expense, *, has_line: bool, payment: Payment | None
) -> Objection | None:
    """An open line and a standing receipt of the same amount, which nobody is paid back for."""
    objections = (
        (
            line.state != CardLineState.OPEN,
            LINE_DECIDED.about(state=line.get_state_display()),
        ),
        (expense.state not in STANDING, NOT_STANDING),
        (
            expense.amount != line.amount,
            OTHER_AMOUNT.about(receipt=expense.amount, line=line.amount),
        ),
        (has_line, HAS_LINE),
        (payment is not None, PAID_BACK.about(number=expense.number)),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_explaining(line: CardLine, *, reason: str) -> Objection | None:
    """An open one, with a reason."""
    if line.state != CardLineState.OPEN:
        return LINE_DECIDED.about(state=line.get_state_display())
    return None if reason.strip() else EXPLAIN_WHY


def objection_to_parting(line: CardLine, *, reason: str) -> Objection | None:
    """One that is not open, with a reason."""
    if line.state == CardLineState.OPEN:
        return NOT_DECIDED
    return None if reason.strip() else EXPLAIN_WHY


def only_one(candidates: Iterable[Expense]) -> Expense | None:
    """What matches by itself: the one receipt that can be meant, and no second."""
    found = list(candidates)
    return found[0] if len(found) == 1 else None
