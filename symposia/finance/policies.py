from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, State
from symposia.activities.policies import AMENDABLE
from symposia.finance.models import Kind, Posting
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

ESTIMATE_FIXED = Objection(
    "estimate_fixed",
    _("The estimate is part of what was submitted. It changes when the activity is returned."),
)
NOT_APPROVED = Objection(
    "spending_not_approved", _("Money is posted once the activity is approved.")
)
BOOKS_CLOSED = Objection("books_closed", _("The books of this activity are closed."))
NOT_AN_AMOUNT = Objection("amount_not_positive", _("An amount is more than nothing."))
WRONG_CURRENCY = Objection(
    "wrong_currency", _("The books are kept in %(currency)s; amounts are posted in it.")
)
NO_EVIDENCE = Objection(
    "no_paper", _("Name the paper that proves it: an invoice, a receipt, a contract.")
)
NO_REASON = Objection("reversal_reason", _("Write why it is taken back; it stays in the ledger."))
TAKEN_BACK = Objection("already_reversed", _("This was already taken back."))
NOT_REVERSIBLE = Objection(
    "not_reversible", _("Only an actual is taken back here; the rest follows the activity.")
)

SPENDING = frozenset(
    {State.APPROVED, State.OPEN, State.RUNNING, State.HELD, State.RECONCILING, State.POSTPONED}
)


def objection_to_estimating(
    activity: Activity, amounts: Iterable[Money], *, currency: str
) -> Objection | None:
    """An estimate changes with the plan, and after its approval when it is signed for again."""
    if not activity.in_planning and activity.state not in AMENDABLE:
        return ESTIMATE_FIXED
    return next(filter(None, (objection_to_amount(a, currency=currency) for a in amounts)), None)


def objection_to_amount(amount: Money, *, currency: str) -> Objection | None:
    """An amount is more than nothing, in the currency of the books."""
    if amount.currency != currency:
        return WRONG_CURRENCY.about(currency=currency)
    return None if amount.minor > 0 else NOT_AN_AMOUNT


def objection_to_spending(activity: Activity) -> Objection | None:
    """Money moves between approval and the closing of the books."""
    if activity.state == State.CLOSED:
        return BOOKS_CLOSED
    return None if activity.state in SPENDING else NOT_APPROVED


def objection_to_actual(
    activity: Activity, amount: Money, *, evidence: str, currency: str
) -> Objection | None:
    """What was spent is posted with the paper that proves it."""
    objection = objection_to_spending(activity) or objection_to_amount(amount, currency=currency)
    if objection:
        return objection
    return None if evidence.strip() else NO_EVIDENCE


def objection_to_reversing(
    posting: Posting, activity: Activity, *, is_reversed: bool, reason: str
) -> Objection | None:
    """A posted line is never edited: it is taken back once, with a reason."""
    if posting.kind != Kind.ACTUAL:
        return NOT_REVERSIBLE
    if is_reversed:
        return TAKEN_BACK
    if activity.state == State.CLOSED:
        return BOOKS_CLOSED
    return None if reason.strip() else NO_REASON
