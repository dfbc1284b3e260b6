"""Money: the budget of an activity, its estimate, what was spent and what was taken back."""

import re
import uuid
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.signed import asked_again_by
from symposia.finance.actions.budgets import (
    EstimateLine,
    Paper,
    post_actual,
    reverse_entry,
    set_estimate,
)
from symposia.finance.models import BudgetLine, Category, Posting
from symposia.finance.policies import objection_to_estimating, objection_to_spending
from symposia.finance.queries import Budget, LineTotals, books_currency, budget_of, ledger_of
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.web.formats import money_amount, number, percent
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import warned_of
from symposia.web.office.budget_places import on_activity
from symposia.web.office.meeting_forms import DAY
from symposia.web.parts import Figure
from symposia.web.requests import UserRequest

FOLDER = "office/money"
ROWS = 3
_SEPARATORS = re.compile(r"[,\s]")


class AmountField(forms.DecimalField):
    """An amount as people write it: 1,80,000.00 is the same as 180000."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(_SEPARATORS.sub("", value) if isinstance(value, str) else value)


class EstimateForm(forms.Form):
    """One line of an estimate; an empty one is left out."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    category = forms.ChoiceField(
        label=gettext_lazy("Category"), choices=Category.choices, required=False
    )
    description = forms.CharField(label=gettext_lazy("What"), max_length=200, required=False)
    amount = AmountField(
        label=gettext_lazy("Amount"), max_digits=14, required=False, widget=forms.TextInput
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("amount") and not said.get("description"):
            self.add_error("description", _("Say what the amount is for."))
        if said.get("description") and not said.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Say what it will cost."))
        return said


EstimateForms = forms.formset_factory(EstimateForm, extra=ROWS, max_num=60, validate_max=True)


class ActualForm(forms.Form):
    """What was spent, to whom it went and the paper that proves it."""

    line = forms.ChoiceField(label=gettext_lazy("Line"))
    amount = AmountField(label=gettext_lazy("Amount"), max_digits=14, widget=forms.TextInput)
    paid_to = forms.CharField(label=gettext_lazy("Paid to"), max_length=200)
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=200,
        help_text=gettext_lazy("Number of the invoice, receipt or contract."),
    )
    reason = forms.CharField(label=gettext_lazy("What for"), max_length=300)
    booked_on = forms.DateField(
        label=gettext_lazy("Day of the books"),
        help_text=gettext_lazy("Empty: today. The books of that day are open."),
        widget=DAY,
        required=False,
    )

    def __init__(self, lines: list[LineTotals], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.line.pk), each.line.description) for each in lines]
        self.fields["line"].choices = choices  # type: ignore[attr-defined]


@require_GET
@requires(Permission.VIEW_MONEY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The three amounts of every line, the ledger behind them, the cost per attendee."""
    activity = activity_or_404(request, pk, Permission.VIEW_MONEY)
    return render(request, f"{FOLDER}/show.html", _context(request, activity))


@require_GET
@requires(Permission.PLAN_MONEY)
def edit_estimate(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The lines of the estimate as fields, with room for more."""
    activity = activity_or_404(request, pk, Permission.PLAN_MONEY)
    lines = [
        {
            "id": each.line.pk,
            "category": each.line.category,
            "description": each.line.description,
            "amount": each.estimate.amount,
        }
        for each in budget_of(activity).lines
        if each.estimate and not _follows(each.line)
    ]
    return _estimate_page(request, activity, EstimateForms(initial=lines))


@require_POST
@requires(Permission.PLAN_MONEY)
def estimate(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what the activity will cost."""
    activity = activity_or_404(request, pk, Permission.PLAN_MONEY)
    forms_ = EstimateForms(request.POST)
    if not forms_.is_valid():
        return _estimate_page(request, activity, forms_, status=422)
    currency = books_currency()
    wanted = [
        EstimateLine(
            said["category"], said["description"], Money(said["amount"], currency), said["id"]
        )
        for said in forms_.cleaned_data
        if said.get("amount")
    ]
    try:
        set_estimate(activity, wanted, by=request.actor)
        messages.success(request, _("The estimate is kept."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("activity_money", pk)


@require_POST
@requires(Permission.POST_MONEY)
def actual(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Post what was spent on a line."""
    activity = activity_or_404(request, pk, Permission.POST_MONEY)
    budget = budget_of(activity)
    form = ActualForm(budget.lines, request.POST)
    if not form.is_valid():
        context = _context(request, activity, form=form)
        return render(request, f"{FOLDER}/show.html", context, status=422)
    said = form.cleaned_data
    line = get_object_or_404(BudgetLine.objects.of(activity), pk=said["line"])
    paper = Paper(said["reason"], said["paid_to"], said["evidence"], said["booked_on"])
    try:
        post_actual(line, Money(said["amount"], budget.currency), paper, by=request.actor)
        messages.success(request, _("The amount is posted."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("activity_money", pk)


@require_POST
@requires(Permission.POST_MONEY)
def reverse_posting(request: UserRequest, pk: uuid.UUID, posting_pk: uuid.UUID) -> HttpResponse:
    """Take a posted amount back by its opposite."""
    activity = activity_or_404(request, pk, Permission.POST_MONEY)
    posting = get_object_or_404(Posting.objects.of(activity), pk=posting_pk)
    try:
        reverse_entry(posting, reason=request.POST.get("reason", "")[:300], by=request.actor)
        messages.success(request, _("The amount is taken back; both entries stay."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("activity_money", pk)


def _follows(line: BudgetLine) -> bool:
    """Whether a line says what is arranged or agreed, and changes with it."""
    return bool(line.arrangement_id or line.agreement_id)


def _estimate_page(
    request: UserRequest, activity: Activity, forms_: Any, *, status: int = 200
) -> HttpResponse:
    currency = books_currency()
    context = frame_of(request, activity, "activity_money") | {
        "forms": forms_,
        "following": [
            each for each in budget_of(activity).lines if each.estimate and _follows(each.line)
        ],
        "currency": currency,
        "objection": objection_to_estimating(activity, [], currency=currency),
        "asks_again": warned_of(asked_again_by(activity, "budget")),
    }
    return render(request, f"{FOLDER}/estimate.html", context, status=status)


def _context(
    request: UserRequest, activity: Activity, form: ActualForm | None = None
) -> dict[str, Any]:
    budget = budget_of(activity)
    may_post = request.access.holds(Permission.POST_MONEY)
    return frame_of(request, activity, "activity_money") | {
        "budget": budget,
        "figures": _figures(budget, activity),
        "ledger": ledger_of(activity),
        "form": form or ActualForm(budget.lines),
        "may_plan_money": request.access.holds(Permission.PLAN_MONEY),
        "may_post": may_post and bool(budget.lines),
        "estimating": objection_to_estimating(activity, [], currency=budget.currency),
        "spending": objection_to_spending(activity),
        "may_export": request.access.holds(Permission.EXPORT),
        **on_activity(request, activity),
    }


def _figures(budget: Budget, activity: Activity) -> list[Figure]:
    """The sums that lead the page, in the one currency its head names."""
    ledger = reverse("activity_ledger", args=[activity.pk])
    present = ngettext("%(n)s was there", "%(n)s were there", budget.attendees)
    each = budget.per_attendee
    return [
        Figure(_("Estimate"), money_amount(budget.estimate), f"{ledger}?kind=estimate"),
        Figure(
            _("Committed"),
            money_amount(budget.committed),
            f"{ledger}?kind=commitment",
            _share(budget.committed, budget.estimate),
        ),
        Figure(
            _("Actual"),
            money_amount(budget.actual),
            f"{ledger}?kind=actual&kind=reversal",
            _share(budget.actual, budget.estimate),
        ),
        Figure(
            _("Over") if budget.left.amount < 0 else _("Left"),
            money_amount(budget.left),
            note=_("against the estimate"),
        ),
        Figure(
            _("Per attendee"),
            money_amount(each) if each else "—",
            note=present % {"n": number(budget.attendees)},
        ),
    ]


def _share(part: Money, whole: Money) -> str:
    if not whole:
        return ""
    return _("%(share)s of the estimate") % {"share": percent(_exact(part, whole))}


def _exact(part: Money, whole: Money) -> Decimal:
    """Whole percents; beside a hundred with its tenth, so that what is over never reads as even."""
    share, tenth = 100 * part.amount / whole.amount, Decimal("0.1")
    if part == whole or round(share) != 100:
        return Decimal(round(share))
    return share.quantize(tenth, ROUND_CEILING if share > 100 else ROUND_FLOOR)
