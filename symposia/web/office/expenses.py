"""Expenses of an activity: receipts handed in, accepted, sent back, or taken back with a reason."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.activities.models import Activity
from symposia.compliance.lists import RESULT_TONES
from symposia.compliance.models import Finding
from symposia.finance.actions.expenses import (
    accept_expense,
    ask_about_expense,
    hand_in_expense,
    return_expense,
    withdraw_expense,
)
from symposia.finance.bill_lists import HANDED_IN_TONES
from symposia.finance.billed import takes_two
from symposia.finance.expenses import (
    Split,
    lines_for_expense,
    sharers_at,
    split_as_kept,
    split_of,
)
from symposia.finance.expensing import fault_words, objection_to_sharers
from symposia.finance.handed_in import (
    objection_to_deciding,
    objection_to_handing_in,
    objection_to_taking_back,
)
from symposia.finance.models import Expense
from symposia.finance.queries import books_currency
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, WhyForm, ask, given
from symposia.web.office.bill_forms import ReturnForm
from symposia.web.office.expense_forms import ExpenseForm
from symposia.web.office.handed_in import (
    ASKED_SECOND,
    HANDS_IN,
    POSTS,
    SEES,
    acceptance_form,
    acceptance_of,
    around,
    around_those_of,
    objection_to_accepting,
)
from symposia.web.requests import UserRequest
from symposia.work.kinds import PICTURES

FOLDER = "office/expenses"


@require_GET
@requires(SEES)
def of_activity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The receipts of an activity: all for whoever sees its money, their own for others."""
    activity = activity_or_404(request, pk, SEES)
    expenses = Expense.objects.visible_to(request.access).of(activity)
    context = frame_of(request, activity, "activity_expenses") | {
        "expenses": [(each, HANDED_IN_TONES[each.state]) for each in expenses],
        **around_those_of(request, activity),
    }
    return render(request, f"{FOLDER}/activity.html", context)


@require_http_methods(["GET", "POST"])
@requires(HANDS_IN)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand in a receipt; what each had of it and what rules say is shown while one writes."""
    activity = activity_or_404(request, pk, HANDS_IN)
    form = form_for(request, activity)

    def act(_said: dict[str, Any]) -> str:
        return reverse("expense", args=[hand_in(request, activity, form).pk])

    note = _("Finance looks at it and writes to you when it is accepted or comes back.")
    back = reverse("activity_expenses", args=[pk])
    question = Question(
        *(_("Hand in a receipt"), str(activity), back, _("Hand it in"), note),
        objection=objection_to_handing_in(activity),
        template=f"{FOLDER}/new.html",
        more=divided(activity, form),
    )
    return ask(request, form, question, act)


def form_for(request: UserRequest, activity: Activity) -> ExpenseForm:
    return ExpenseForm(
        *(given(request), request.FILES or None),
        known=sharers_at(activity),
        currency=books_currency(),
    )


def hand_in(request: UserRequest, activity: Activity, form: ExpenseForm) -> Expense:
    """Hand in what the form says; what is hard to read on its picture is said at once."""
    expense = hand_in_expense(activity, form.facts(), form.receipt(), by=request.actor)
    for words in fault_words(expense.faults):
        messages.warning(request, str(words))
    return expense


def divided(activity: Activity, form: ExpenseForm) -> dict[str, Any]:
    """What each would have of it, and what rules say; nothing while it says no amount yet."""
    facts = form.facts_so_far()
    refused = facts and objection_to_sharers(facts, form.known)
    said = _shown(split_of(activity, facts, form.known)) if facts and not refused else None
    return {"activity": activity, "said": said, "refused": refused}


@require_POST
@requires(HANDS_IN)
def split(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The same while it is being written; nothing of it is kept."""
    activity = activity_or_404(request, pk, HANDS_IN)
    form = form_for(request, activity)
    return render(request, f"{FOLDER}/said.html", divided(activity, form))


def _shown(found: Split) -> dict[str, Any]:
    return {"split": found, "findings": _toned(found.findings)}


def _toned(findings: list[Finding]) -> list[tuple[Finding, str]]:
    return [(each, RESULT_TONES[each.result]) for each in findings]


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One expense: what it says, its receipt, who shared it, what rules say, what became of it."""
    expense = _expense(request, pk)
    context = {
        "expense": expense,
        "activity": expense.activity,
        "said": _shown(split_as_kept(expense)),
        "known": sharers_at(expense.activity),
        "faults": fault_words(expense.faults),
        "is_picture": expense.file.content_type in PICTURES,
        **around(request, expense, may_post=_posts(request, expense)),
    }
    return render(request, f"{FOLDER}/show.html", context)


@require_http_methods(["GET", "POST"])
@requires(POSTS)
def accept(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Find it right and choose the line that it is posted to."""
    expense, back = _to_decide(request, pk), reverse("expense", args=[pk])
    form = acceptance_form(request, expense, lines_for_expense(expense))

    def act(_said: dict[str, Any]) -> str:
        said = acceptance_of(expense, form)
        if takes_two(expense, said.line, said.amount):
            ask_about_expense(expense, said, by=request.actor)
            messages.warning(request, ASKED_SECOND)
        else:
            accept_expense(expense, said, by=request.actor)
        return back

    words = _("%(amount)s at %(paid_to)s. It is posted with the receipt as its evidence.")
    note = words % {"amount": expense.amount, "paid_to": expense.paid_to}
    objection = objection_to_accepting(request, expense)
    question = Question(_("Accept the expense"), str(expense), back, _("Accept"), note, objection)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(POSTS)
def send_back(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what is wrong with it; whoever handed it in is written to."""
    expense, back = _to_decide(request, pk), reverse("expense", args=[pk])

    def act(said: dict[str, Any]) -> str:
        return_expense(expense, reason=said["reason"], by=request.actor)
        return back

    objection = objection_to_deciding(expense, by_id=request.user.pk)
    question = Question(
        _("Send the receipt back"), str(expense), back, _("Send it back"), objection=objection
    )
    return ask(request, ReturnForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(HANDS_IN)
def withdraw(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one's own receipt back with a reason; nothing is deleted."""
    expense, back = _expense(request, pk), reverse("expense", args=[pk])

    def act(said: dict[str, Any]) -> str:
        withdraw_expense(expense, reason=said["reason"], by=request.actor)
        return back

    note = _("The receipt stays with your reason; finance does not wait for it any more.")
    objection = objection_to_taking_back(expense, by_id=request.user.pk)
    question = Question(
        _("Take the receipt back"), str(expense), back, _("Take it back"), note, objection
    )
    return ask(request, WhyForm(given(request)), question, act)


def _expense(request: UserRequest, pk: uuid.UUID) -> Expense:
    rows = Expense.objects.visible_to(request.access)
    return get_object_or_404(rows.select_related("activity", "file", "posting__line"), pk=pk)


def _to_decide(request: UserRequest, pk: uuid.UUID) -> Expense:
    """An expense of an activity whose money this person posts."""
    rows = Expense.objects.postable_by(request.access)
    return get_object_or_404(rows.select_related("activity"), pk=pk)


def _posts(request: UserRequest, expense: Expense) -> bool:
    posted = Expense.objects.postable_by(request.access)
    return request.access.holds(POSTS) and posted.filter(pk=expense.pk).exists()
