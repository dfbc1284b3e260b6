"""What the pages of bills and of expenses have in common: what stands around one, and what decides
whether it is accepted."""

from collections.abc import Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.wall import may
from symposia.audit.queries import entries_about
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.bill_lists import HANDED_IN_TONES
from symposia.finance.billed import was_taken_back
from symposia.finance.handed_in import (
    objection_to_accepting_now,
    objection_to_agreeing_to_overrun,
    objection_to_deciding,
    objection_to_handing_in,
    objection_to_taking_back,
)
from symposia.finance.models import Bill, BudgetLine, Expense, HandedIn, Overrun, TaxLine
from symposia.finance.payable import standing_payment
from symposia.finance.queries import LineTotals, books_currency
from symposia.shared.refusals import Objection
from symposia.web.office.asking import given
from symposia.web.office.bill_forms import AcceptanceForm
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

SEES, HANDS_IN, POSTS = Permission.VIEW_BILLS, Permission.HAND_IN_BILLS, Permission.POST_MONEY

ASKED_SECOND = gettext_lazy(
    "It is far above what was expected: it waits until a second person agrees."
)


def around_those_of(request: UserRequest, activity: Activity) -> dict[str, Any]:
    """What stands around what was handed in for an activity."""
    return {
        "may_hand_in": may(request.access, activity.mode, HANDS_IN),
        "objection": objection_to_handing_in(activity),
        "sees_all": may(request.access, activity.mode, Permission.VIEW_MONEY),
    }


def around(request: UserRequest, paper: Bill | Expense, *, may_post: bool) -> dict[str, Any]:
    """What may be done with one paper, why not, and what became of it."""
    by_id, activity = request.user.pk, paper.activity
    overrun = Overrun.objects.of(paper).first()
    sees_money = may(request.access, activity.mode, Permission.VIEW_MONEY)
    return {
        "tone": HANDED_IN_TONES[paper.state],
        "may_post": may_post,
        "is_mine": paper.handed_in_by_id == by_id,
        "deciding": objection_to_deciding(paper, by_id=by_id),
        "accepting": objection_to_accepting_now(activity),
        "withdrawing": objection_to_taking_back(paper, by_id=by_id),
        "may_hand_in": may(request.access, activity.mode, HANDS_IN),
        "sees_money": sees_money,
        "taxes": TaxLine.objects.of(paper) if sees_money else [],
        "payment": standing_payment(paper) if sees_money else None,
        "overrun": overrun if sees_money else None,
        "agreeing": objection_to_agreeing_to_overrun(overrun, by_id=by_id) if overrun else None,
        "is_reversed": was_taken_back(paper),
        "entries": history_of(entries_about(paper.pk)[:50]) if sees_money else [],
    }


def objection_to_accepting(request: UserRequest, paper: HandedIn) -> Objection | None:
    """Why whoever looks at a paper does not accept it now."""
    objection = objection_to_deciding(paper, by_id=request.user.pk)
    return objection or objection_to_accepting_now(paper.activity)


def acceptance_form(
    request: UserRequest, paper: HandedIn, lines: Sequence[LineTotals]
) -> AcceptanceForm:
    """The lines it may be posted to; what it comes to where it is in another currency."""
    currency = books_currency()
    return AcceptanceForm(
        given(request),
        lines=list(lines),
        currency=currency,
        is_foreign=paper.currency != currency,
    )


def acceptance_of(paper: HandedIn, form: AcceptanceForm) -> Acceptance:
    """What the form says of it."""
    said = form.cleaned_data
    line = get_object_or_404(BudgetLine.objects.of(paper.activity), pk=said["line"])
    return Acceptance(line, form.in_books(), said["reason"])
