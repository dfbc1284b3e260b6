"""Whether what was handed in may be accepted, sent back or taken back: pure rules, for bills and
expenses alike."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity, State
from symposia.finance.controls import Controls
from symposia.finance.matching import EXPLAIN, is_far_over
from symposia.finance.models import BudgetLine, HandedIn, HandedInState, Overrun
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
_CURRENCY = re.compile("[A-Z]{3}")

CALLED_OFF = Objection(
    "activity_cancelled",
    _(
        "This activity was cancelled and nothing is posted for it any more. Send the paper to "
        "finance, who settle what is still owed."
    ),
)
NO_CURRENCY = Objection(
    "no_such_currency", _("A currency is three capital letters, such as %(currency)s.")
)
DECIDED = Objection("decided_already", _("This does not wait any more: %(state)s."))
OWN_PAPER = Objection(
    "own_paper", _("You handed this in yourself; somebody else of finance accepts it.")
)
LINE_ELSEWHERE = Objection("line_elsewhere", _("Choose a line of this activity's budget."))
SAY_AMOUNT = Objection(
    "say_amount",
    _("This is in %(theirs)s. Write what it comes to in %(currency)s, as it was paid."),
)
OVER_ESTIMATE = Objection(
    "over_estimate",
    _("This is %(more)s more than was estimated. Write why it is accepted nevertheless."),
)
NEEDS_SECOND = Objection(
    "needs_second",
    _("This is %(more)s above what was expected; a second person of finance agrees to it first."),
)
OVERRUN_ASKED = Objection("overrun_asked", _("%(who)s has asked a second person already."))
OVERRUN_DECIDED = Objection("overrun_decided", _("This does not wait any more: %(state)s."))
OWN_OVERRUN = Objection("own_overrun", _("You asked for it yourself; a second person agrees."))
NOT_FAR_OVER = Objection("not_far_over", _("It needs no second person: accept it."))
RETURN_REASON = Objection(
    "paper_reason", _("Write what is wrong with it; whoever handed it in reads it.")
)
NOT_YOURS = Objection("not_your_paper", _("Only whoever handed this in takes it back."))
NOT_A_PAPER = Objection("not_a_paper", _("Hand in a PDF or a picture of the paper (JPEG, PNG)."))
TOO_LARGE = Objection("paper_too_large", _("A paper has at most %(megabytes)s megabytes."))


def objection_to_handing_in(activity: Activity) -> Objection | None:
    """Bills and expenses come until the books are closed."""
    if activity.state == State.CLOSED:
        return BOOKS_CLOSED
    return CALLED_OFF if activity.state == State.CANCELLED else None


def objection_to_paper(content: bytes) -> Objection | None:
    """The paper can be looked at, and is small enough to be kept."""
    if len(content) > LARGEST:
        return TOO_LARGE.about(megabytes=LARGEST // 1024**2)
    return None if kind_of(content) else NOT_A_PAPER


def objection_to_asked_amount(amount: Money, *, currency: str) -> Objection | None:
    """Above nothing, in something that may be a currency."""
    if not _CURRENCY.fullmatch(amount.currency):
        return NO_CURRENCY.about(currency=currency)
    return NOT_AN_AMOUNT if amount.minor <= 0 else None


def objection_to_deciding(paper: HandedIn, *, by_id: object) -> Objection | None:
    """It is decided once, by somebody else than whoever handed it in."""
    if paper.state != HandedInState.HANDED_IN:
        return DECIDED.about(state=paper.get_state_display())
    return OWN_PAPER if by_id and paper.handed_in_by_id == by_id else None


def objection_to_amount_in_books(
    paper: HandedIn, amount: Money | None, *, currency: str
) -> Objection | None:
    """What is in another currency is posted with what was paid for it."""
    if amount is None:
        return SAY_AMOUNT.about(theirs=paper.currency, currency=currency)
    return WRONG_CURRENCY.about(currency=currency) if amount.currency != currency else None


def objection_to_line(
    paper: HandedIn, line: BudgetLine, *, over: Money | None, reason: str
) -> Objection | None:
    """It is posted to the activity's own budget; more than was estimated needs a reason."""
    if line.activity_id != paper.activity_id:
        return LINE_ELSEWHERE
    if over is not None and not reason.strip():
        return OVER_ESTIMATE.about(more=str(over))
    return None


def objection_to_faults(faults: Sequence[Objection], *, reason: str) -> Objection | None:
    """Papers that do not agree, or that may be there twice, are accepted with a reason."""
    if not faults or reason.strip():
        return None
    return EXPLAIN.about(why=" ".join(str(each) for each in faults))


def objection_to_one_alone(
    amount: Money, more: Money | None, agreed: Overrun | None, controls: Controls
) -> Objection | None:
    """Far above what was expected takes two; by no more than the second one agreed to."""
    if not is_far_over(amount, more, controls) or more is None:
        return None
    if agreed and more.minor <= agreed.over_minor:
        return None
    return NEEDS_SECOND.about(more=str(more))


def objection_to_asking_second(
    asked: Overrun | None, *, is_far: bool, reason: str, more: Money | None
) -> Objection | None:
    """Once, for what is far above, with a reason."""
    if not is_far:
        return NOT_FAR_OVER
    if asked:
        return OVERRUN_ASKED.about(who=asked.proposed_by_name)
    return None if reason.strip() else OVER_ESTIMATE.about(more=str(more))


def objection_to_agreeing_to_overrun(overrun: Overrun, *, by_id: object) -> Objection | None:
    """A second person, while it waits."""
    if not overrun.is_waiting:
        return OVERRUN_DECIDED.about(state=overrun.get_state_display())
    return OWN_OVERRUN if by_id is None or by_id == overrun.proposed_by_id else None


def objection_to_returning(paper: HandedIn, *, by_id: object, reason: str) -> Objection | None:
    """Sent back with words for whoever handed it in."""
    objection = objection_to_deciding(paper, by_id=by_id)
    if objection:
        return objection
    return None if reason.strip() else RETURN_REASON


def objection_to_taking_back(paper: HandedIn, *, by_id: object) -> Objection | None:
    """While nobody has decided, whoever handed it in takes it back."""
    if paper.state != HandedInState.HANDED_IN:
        return DECIDED.about(state=paper.get_state_display())
    return None if paper.handed_in_by_id == by_id else NOT_YOURS


def objection_to_accepting_now(activity: Activity) -> Objection | None:
    """Why nothing of an activity can be accepted yet, or any more."""
    return CALLED_OFF if activity.state == State.CANCELLED else objection_to_spending(activity)
