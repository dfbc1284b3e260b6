from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.timezone import now

from symposia.accounts.queries import person_behind
from symposia.finance.actions.budgets import Paper, post_actual
from symposia.finance.handed_in import (
    objection_to_accepting_now,
    objection_to_amount_in_books,
    objection_to_deciding,
    objection_to_line,
)
from symposia.finance.models import BudgetLine, HandedIn, HandedInState
from symposia.finance.queries import books_currency
from symposia.shared.actors import Actor
from symposia.shared.money import Money
from symposia.shared.refusals import refuse_if

HandedInRow = TypeVar("HandedInRow", bound=HandedIn)


@dataclass(frozen=True)
class Acceptance:
    """To which line something is posted; what it comes to in the books where it is in another
    currency, and why it is accepted where it is more than was estimated."""

    line: BudgetLine
    amount: Money | None = None
    reason: str = ""


def post_accepted(
    given: HandedInRow,
    said: Acceptance,
    paper: Paper,
    *,
    over: Callable[[HandedInRow, BudgetLine, Money], Money | None],
    by: Actor,
) -> Mapping[str, str]:
    """Post what is held and found right to a line of the budget; what the journal says of it."""
    currency = books_currency()
    amount = given.amount if given.currency == currency else said.amount
    refuse_if(objection_to_deciding(given, by_id=person_behind(by)))
    refuse_if(objection_to_accepting_now(given.activity))
    refuse_if(objection_to_amount_in_books(given, amount, currency=currency))
    amount = amount or given.amount
    more = over(given, said.line, amount)
    refuse_if(objection_to_line(given, said.line, over=more, reason=said.reason))
    posting = post_actual(said.line, amount, paper, by=by)
    decide(given, HandedInState.ACCEPTED, said.reason, by=by, posting=posting)
    return {"line": said.line.description, "amount": str(amount), "over": str(more or "")}


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
