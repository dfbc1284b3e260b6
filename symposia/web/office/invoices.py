"""One payer for several people: an invoice issued, shown, paid, cancelled, printed."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.finance.actions.invoice_mail import mail_invoice
from symposia.finance.actions.invoices import cancel_invoice, issue_invoice, pay_invoice
from symposia.finance.fee_lists import CHARGES
from symposia.finance.invoice_letters import letters_of
from symposia.finance.invoice_lists import INVOICE_TONES
from symposia.finance.invoice_papers import print_invoice
from symposia.finance.invoicing import (
    Payer,
    objection_to_invoice_payment,
    objection_to_mailing,
)
from symposia.finance.models import Charge, Invoice
from symposia.finance.owed import charges_to_invoice, owed_on
from symposia.notifications.lists import TONES
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.charges import PaidForm
from symposia.web.pdfs import pdf_file
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_POST = Permission.POST_MONEY


class InvoiceForm(forms.Form):
    """Who pays, and for whom."""

    name = forms.CharField(label=gettext_lazy("Payer"), max_length=200)
    address = forms.CharField(
        label=gettext_lazy("Address"), widget=forms.Textarea(attrs={"rows": 4}), max_length=600
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("The invoice can be mailed there once it is issued."),
        max_length=254,
        required=False,
    )
    tax_number = forms.CharField(
        label=gettext_lazy("Tax number of the payer"), max_length=60, required=False
    )
    order = forms.CharField(
        label=gettext_lazy("Order of the payer"),
        help_text=gettext_lazy("What the payer wants to read on it: an order, a cost centre."),
        max_length=120,
        required=False,
    )
    charges = forms.MultipleChoiceField(
        label=gettext_lazy("For whom"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, owing: list[Charge]) -> None:
        super().__init__(*args)
        self.fields["charges"].choices = [(str(each.pk), _said(each)) for each in owing]  # type: ignore[attr-defined]

    def payer(self) -> Payer:
        said = self.cleaned_data
        said_of_it = (said["tax_number"], said["order"], said["email"])
        return Payer(said["name"], said["address"], *said_of_it)


class MailForm(forms.Form):
    """Where an invoice is mailed to."""

    to = forms.EmailField(
        label=gettext_lazy("E-mail of the payer"),
        help_text=gettext_lazy("It gets the invoice as PDF, with where and by when to pay."),
        max_length=254,
    )


def _said(charge: Charge) -> str:
    """Whose fee, of which group, how much."""
    place = charge.registration
    said = [str(place.clinician), str(place.party or ""), charge.fee.name, str(charge.amount)]
    return " · ".join(each for each in said if each)


@require_http_methods(["GET", "POST"])
@requires(_POST)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put what several people owe on one invoice."""
    activity = activity_or_404(request, pk, _POST)
    form = InvoiceForm(given(request), owing=charges_to_invoice(activity))

    def act(said: dict[str, Any]) -> str:
        chosen = [uuid.UUID(each) for each in said["charges"]]
        invoice = issue_invoice(activity, chosen, form.payer(), by=request.actor)
        messages.success(request, _("Issued: its payer owes it now, not the people on it."))
        return reverse("invoice", args=[invoice.pk])

    note = _("Those who are on it are not reminded and pay nothing themselves.")
    back = reverse(CHARGES.name, args=[pk])
    question = Question(_("Invoice for a group"), str(activity), back, _("Issue it"), note)
    return ask(request, form, question, act)


@require_GET
@requires(_POST)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What it says, and what became of it."""
    return _page(request, _invoice(request, pk))


@require_POST
@requires(_POST)
def paid(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Settle everything on it with what came in."""
    found, form = _invoice(request, pk), PaidForm(request.POST)
    if not form.is_valid():
        return _page(request, found, paid_form=form, status=422)
    act = partial(pay_invoice, found, **form.cleaned_data, by=request.actor)
    done = _("The invoice is paid, and everybody's fee on it.")
    return do(request, act, reverse("invoice", args=[pk]), done)


@require_POST
@requires(_POST)
def mail(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send it to its payer, for the first time or again."""
    found, form = _invoice(request, pk), MailForm(request.POST)
    if not form.is_valid():
        return _page(request, found, mail_form=form, status=422)
    act = partial(mail_invoice, found, to=form.cleaned_data["to"], by=request.actor)
    done = _("The invoice is on its way to %s.") % form.cleaned_data["to"]
    return do(request, act, reverse("invoice", args=[pk]), done)


@require_POST
@requires(_POST)
def cancel(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take it back; everybody owes their own fee again."""
    found, form = _invoice(request, pk), WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, why_form=form, status=422)
    act = partial(cancel_invoice, found, reason=form.cleaned_data["reason"], by=request.actor)
    done = _("Cancelled: everybody on it owes their own fee again.")
    return do(request, act, reverse("invoice", args=[pk]), done)


@require_GET
@requires(_POST)
def printed(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The invoice as PDF."""
    found = _invoice(request, pk)
    return pdf_file(print_invoice(found), found.number)


def _page(
    request: UserRequest,
    found: Invoice,
    *,
    paid_form: PaidForm | None = None,
    why_form: WhyForm | None = None,
    mail_form: MailForm | None = None,
    **more: Any,
) -> HttpResponse:
    context = {
        "invoice": found,
        "activity": found.activity,
        "tone": INVOICE_TONES[found.state],
        "paid_form": paid_form or PaidForm(),
        "why_form": why_form or WhyForm(),
        "mail_form": mail_form or MailForm(initial={"to": found.payer_email}),
        "mailing": objection_to_mailing(found, found.payer_email or "-"),
        "letters": [(each, TONES[each.state]) for each in letters_of(found)],
        "may_read_outbox": request.access.holds(Permission.VIEW_OUTBOX),
        "paying": objection_to_invoice_payment(found, owed_on(found), evidence="-"),
    }
    return render(request, "office/fees/invoice.html", context, **more)


def _invoice(request: UserRequest, pk: uuid.UUID) -> Invoice:
    rows = Invoice.objects.visible_to(request.access).select_related("activity")
    found = get_object_or_404(rows, pk=pk)
    shown(request, found.activity, _POST)
    return found
