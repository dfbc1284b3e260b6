from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.timezone import now

from symposia.accounts.queries import local_day, person_behind
from symposia.audit.actions import record
from symposia.finance.actions.budgets import Paper, post_actual
from symposia.finance.controls import Controls, controls_on
from symposia.finance.handed_in import (
    objection_to_accepting_now,
    objection_to_amount_in_books,
    objection_to_asking_second,
    objection_to_deciding,
    objection_to_faults,
    objection_to_line,
    objection_to_one_alone,
)
from symposia.finance.matching import is_far_over
from symposia.finance.models import Bill, BudgetLine, Expense, HandedIn, HandedInState, Overrun
from symposia.finance.queries import books_currency
from symposia.shared.actors import Actor
from symposia.shared.money import Money
from symposia.shared.proposals import ProposalState
from symposia.shared.refusals import Objection, refuse_if

HandedInRow = TypeVar("HandedInRow", Bill, Expense)


@dataclass(frozen=True)
class Acceptance:
    """To which line something is posted; what it comes to in the books where it is in another
    currency, and why it is accepted where it is more than was estimated."""

    line: BudgetLine
    amount: Money | None = None
    reason: str = ""


@dataclass(frozen=True)
class Weighing(Generic[HandedInRow]):
    """What a kind of paper is held against: by how much it is above what was expected, what
    somebody must explain, and whether a second person has agreed."""

    over: Callable[[HandedInRow, BudgetLine, Money], Money | None]
    faults: Callable[[HandedInRow], Sequence[Objection]] = lambda _given: ()
    agreed: Overrun | None = None


def _in_books(given: HandedIn, said: Acceptance) -> Money | None:
    """What a paper comes to in the currency of the books, where that is known."""
    return given.amount if given.currency == books_currency() else said.amount


def post_accepted(
    given: HandedInRow,
    said: Acceptance,
    paper: Paper,
    *,
    weighing: Weighing[HandedInRow],
    by: Actor,
) -> Mapping[str, str]:
    """Post what is held and found right to a line of the budget; what the journal says of it."""
    amount = _in_books(given, said)
    refuse_if(objection_to_deciding(given, by_id=person_behind(by)))
    refuse_if(objection_to_accepting_now(given.activity))
    refuse_if(objection_to_amount_in_books(given, amount, currency=books_currency()))
    amount = amount or given.amount
    more, faults = weighing.over(given, said.line, amount), weighing.faults(given)
    refuse_if(objection_to_line(given, said.line, over=more, reason=said.reason))
    refuse_if(objection_to_faults(faults, reason=said.reason))
    refuse_if(objection_to_one_alone(amount, more, weighing.agreed, _limits()))
    posting = post_actual(said.line, amount, paper, by=by)
    decide(given, HandedInState.ACCEPTED, said.reason, by=by, posting=posting)
    details = {"line": said.line.description, "amount": str(amount), "over": str(more or "")}
    asked_by = weighing.agreed.proposed_by_name if weighing.agreed else ""
    return details | {"faults": ", ".join(x.code for x in faults), "asked_by": asked_by}


def propose_overrun(
    given: HandedInRow, said: Acceptance, *, weighing: Weighing[HandedInRow], by: Actor
) -> Overrun:
    """Keep on which line and why a person would accept what is far above; a paper that is held."""
    amount, person = _in_books(given, said), person_behind(by)
    refuse_if(objection_to_deciding(given, by_id=person))
    refuse_if(objection_to_accepting_now(given.activity))
    refuse_if(objection_to_amount_in_books(given, amount, currency=books_currency()))
    amount = amount or given.amount
    more = weighing.over(given, said.line, amount)
    refuse_if(objection_to_line(given, said.line, over=more, reason=said.reason))
    is_far = is_far_over(amount, more, _limits())
    asked = Overrun.objects.of(given).filter(state=ProposalState.WAITING).first()
    refuse_if(objection_to_asking_second(asked, is_far=is_far, reason=said.reason, more=more))
    if person is None or more is None:
        raise TypeError("a person asks about what is more")
    return Overrun.objects.create(
        bill=given if isinstance(given, Bill) else None,
        expense=given if isinstance(given, Expense) else None,
        line=said.line,
        amount_minor=amount.minor,
        over_minor=more.minor,
        currency=amount.currency,
        reason=said.reason.strip()[:500],
        proposed_by_id=person,
        proposed_by_name=by.name,
    )


def drop_waiting_overrun(given: Bill | Expense, *, by: Actor) -> None:
    """What was sent or taken back waits for no second person any more."""
    for asked in Overrun.objects.of(given).filter(state=ProposalState.WAITING):
        asked.move(
            ProposalState.DROPPED,
            decided_at=now(),
            decided_by_id=person_behind(by),
            decided_by_name=by.name,
        )
        record(by, "overrun.dropped", asked)


def _limits() -> Controls:
    return controls_on(local_day())


def decide(given: HandedIn, state: HandedInState, reason: str, *, by: Actor, **more: Any) -> None:
    """It waits no longer: who said so, when and why."""
    given.move(
        state,
        decided_at=now(),
        decided_by_id=person_behind(by),
        decided_by_name=by.name,
        decided_because=reason.strip()[:500],
        **more,
    )
