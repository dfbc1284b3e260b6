"""What an activity costs those who come: the fees, discount codes, and how fees are paid."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.models import Profession
from symposia.finance.actions.fees import (
    TermsFacts,
    add_discount,
    add_fee,
    change_fee,
    settle_fee_terms,
    withdraw_discount,
    withdraw_fee,
)
from symposia.finance.cards import provider
from symposia.finance.fee_lists import DISCOUNTS, FEES
from symposia.finance.fee_rules import DiscountFacts, FeeFacts
from symposia.finance.models import Discount, Fee, FeeTerms, TaxKind
from symposia.finance.owed import fee_sums, tax_of
from symposia.finance.queries import books_currency
from symposia.shared.money import Money
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.money import AmountField
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_PLAN, _SEES = Permission.PLAN_MONEY, Permission.VIEW_MONEY
_DAY = {"type": "date"}


class FeeForm(forms.Form):
    """One line of the table of fees."""

    name = forms.CharField(
        label=gettext_lazy("Fee"),
        help_text=gettext_lazy("As people read it: physicians, early registration."),
        max_length=120,
    )
    amount = AmountField(
        label=gettext_lazy("Amount"), min_value=0, max_digits=12, widget=forms.TextInput
    )
    profession = forms.ChoiceField(
        label=gettext_lazy("Who pays it"),
        choices=[("", gettext_lazy("Whoever no other fee is for")), *Profession.choices],
        required=False,
    )
    until_on = forms.DateField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("The last day to register for it; empty: to the end."),
        widget=forms.DateInput(attrs=_DAY),
        required=False,
    )

    def facts(self) -> FeeFacts:
        said = dict(self.cleaned_data)
        return FeeFacts(**said | {"amount": Money(said["amount"], books_currency())})


class DiscountForm(forms.Form):
    """A code and what it takes off."""

    code = forms.RegexField(
        "^[A-Za-z0-9-]+$",
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Letters, digits and hyphens."),
        max_length=30,
    )
    percent = forms.IntegerField(label=gettext_lazy("Off, in %"), min_value=1, max_value=100)
    until_on = forms.DateField(
        label=gettext_lazy("Until"), widget=forms.DateInput(attrs=_DAY), required=False
    )
    most = forms.IntegerField(
        label=gettext_lazy("For how many people"), min_value=1, max_value=100_000, required=False
    )


class FeeTermsForm(forms.Form):
    """By when and how fees are paid."""

    days_to_pay = forms.IntegerField(label=gettext_lazy("Days to pay"), min_value=1, max_value=365)
    lapses = forms.BooleanField(
        label=gettext_lazy("A place that is not paid by then goes to whoever waits"),
        required=False,
    )
    remind_days = forms.IntegerField(
        label=gettext_lazy("Days before the last one to remind whoever has not paid"),
        help_text=gettext_lazy("0: nobody is reminded by itself."),
        min_value=0,
        max_value=60,
    )
    tax = forms.ChoiceField(
        label=gettext_lazy("Tax"),
        help_text=gettext_lazy(
            "The rate is that of the country and of the day on which it is held; fees stay what "
            "they are, and say what of them is tax."
        ),
        choices=TaxKind.choices,
        required=False,
    )
    tax_number = forms.CharField(
        label=gettext_lazy("Your number with the tax office"), max_length=60, required=False
    )
    bank_words = forms.CharField(
        label=gettext_lazy("Where money is sent to"),
        help_text=gettext_lazy(
            "Account holder, IBAN, bank: stands on the ticket until it is paid."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=600,
        required=False,
    )
    takes_cards = forms.BooleanField(
        label=gettext_lazy("Cards are taken, on the page of the provider"), required=False
    )


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the table of fees: sums of the ledger and how fees are paid."""
    activity = activity_or_404(request, activity_pk, _SEES)
    terms = FeeTerms.objects.of(activity)
    return {
        **frame_of(request, activity, "activity_money"),
        "sums": fee_sums(activity),
        "terms": terms,
        "tax": tax_of(activity, terms.tax) if terms.tax else None,
        "may_plan": request.access.holds(_PLAN),
    }


def around(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around a list of the fees of an activity."""
    activity = activity_or_404(request, activity_pk, _SEES)
    may = {name: request.access.holds(p) for name, p in _MAY.items()}
    frame = frame_of(request, activity, "activity_money")
    return {**frame, **may, "takes_cards": provider() is not None}


_MAY = {"may_plan": _PLAN, "may_post": Permission.POST_MONEY}


@require_http_methods(["GET", "POST"])
@requires(_PLAN)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what it costs."""
    activity = activity_or_404(request, pk, _PLAN)
    back, form = reverse(FEES.name, args=[pk]), FeeForm(given(request))

    def act(_said: dict[str, Any]) -> str:
        add_fee(activity, form.facts(), by=request.actor)
        messages.success(request, _("Whoever registers from now on pays it."))
        return back

    note = _("Amounts in %(currency)s. Whoever has a place already is not charged.") % {
        "currency": books_currency()
    }
    return ask(request, form, Question(_("New fee"), str(activity), back, _("Add it"), note), act)


@require_http_methods(["GET", "POST"])
@requires(_PLAN)
def change(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say otherwise what it costs, or charge it no more."""
    fee = _fee(request, pk)
    back = reverse(FEES.name, args=[fee.activity_id])
    names = ("name", "profession", "until_on")
    first = {name: getattr(fee, name) for name in names} | {"amount": fee.amount.amount}
    form = FeeForm(given(request), initial=first)

    def act(_said: dict[str, Any]) -> str:
        change_fee(fee, form.facts(), by=request.actor)
        messages.success(request, _("The fee is changed."))
        return back

    note = _("Whoever is charged already pays what they were told.")
    to = reverse("fee_withdrawal", args=[pk])
    question = Question(
        fee.name, str(fee.activity), back, _("Change it"), note, template=_FORM, more={"to": to}
    )
    return ask(request, form, question, act)


_FORM = "office/fees/form.html"


@require_POST
@requires(_PLAN)
def withdraw(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Charge it to nobody from now on."""
    fee = _fee(request, pk)
    back, done = reverse(FEES.name, args=[fee.activity_id]), _("Nobody is charged it any more.")
    return do(request, lambda: withdraw_fee(fee, by=request.actor), back, done)


@require_http_methods(["GET", "POST"])
@requires(_PLAN)
def new_discount(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a code by which people pay less."""
    activity = activity_or_404(request, pk, _PLAN)
    back = reverse(DISCOUNTS.name, args=[pk])

    def act(said: dict[str, Any]) -> str:
        add_discount(activity, DiscountFacts(**said), by=request.actor)
        messages.success(request, _("Whoever has the code may use it from now on."))
        return back

    note = _("People type it on the page of their ticket before they pay.")
    question = Question(_("New discount code"), str(activity), back, _("Make it"), note)
    return ask(request, DiscountForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(_PLAN)
def discount(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a code off the list."""
    rows = Discount.objects.visible_to(request.access, _PLAN).select_related("activity")
    found = get_object_or_404(rows, pk=pk)
    shown(request, found.activity, _PLAN)
    back = reverse(DISCOUNTS.name, args=[found.activity_id])

    def act(_said: dict[str, Any]) -> str:
        withdraw_discount(found, by=request.actor)
        messages.success(request, _("Nobody can use this code any more."))
        return back

    note = _("%(used)s people have used it; they pay less all the same.") % {"used": found.used}
    question = Question(found.code, str(found.activity), back, _("Withdraw the code"), note)
    return ask(request, forms.Form(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(_PLAN)
def terms(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Settle by when and how fees are paid."""
    activity = activity_or_404(request, pk, _PLAN)
    back, settled = reverse(FEES.name, args=[pk]), FeeTerms.objects.of(activity)
    names = (
        *("days_to_pay", "lapses", "remind_days", "tax", "tax_number"),
        *("bank_words", "takes_cards"),
    )
    first = {name: getattr(settled, name) for name in names}

    def act(said: dict[str, Any]) -> str:
        settle_fee_terms(activity, TermsFacts(**said), by=request.actor)
        messages.success(request, _("Fees are paid so from now on."))
        return back

    note = _("Nobody pays later than the day the activity begins.")
    question = Question(_("How fees are paid"), str(activity), back, _("Settle it"), note)
    return ask(request, FeeTermsForm(given(request), initial=first), question, act)


def _fee(request: UserRequest, pk: uuid.UUID) -> Fee:
    rows = Fee.objects.visible_to(request.access, _PLAN).select_related("activity")
    fee = get_object_or_404(rows.filter(withdrawn_at=None), pk=pk)
    shown(request, fee.activity, _PLAN)
    return fee
