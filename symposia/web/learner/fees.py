"""What a place costs, on the page of its ticket: how to pay, a discount code, the receipt."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.finance.actions.charges import use_discount
from symposia.finance.actions.checkouts import begin_checkout
from symposia.finance.cards import whoever_takes_cards
from symposia.finance.fee_rules import objection_to_receipt
from symposia.finance.models import Charge
from symposia.finance.owed import owed_for
from symposia.registrations.letters import TICKET
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.links import personal_link
from symposia.web.office.charges import receipt_file


class CodeForm(forms.Form):
    """A code by which somebody pays less."""

    code = forms.CharField(label=gettext_lazy("Discount code"), max_length=30)


@require_POST
@personal_link(TICKET)
def discount(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Take off what a code takes off."""
    registration, form = _registration(pk), CodeForm(request.POST)
    by = Actor("link", registration.pk, registration.clinician.called)
    try:
        if form.is_valid():
            use_discount(_charge(registration), form.cleaned_data["code"], by=by)
            messages.success(request, _("The discount is taken off."))
        else:
            messages.error(request, _("Type the code first."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("ticket", token)


@require_POST
@personal_link(TICKET)
def checkout(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Begin a payment by card; the ticket then leads to the page of the provider."""
    registration = _registration(pk)
    by = Actor("link", registration.pk, registration.clinician.called)
    back = f"{settings.ORIGIN}{reverse('ticket', args=[token])}"
    code = request.organisation.code
    try:
        cards = whoever_takes_cards()
        begin_checkout(_charge(registration), cards, organisation_code=code, back=back, by=by)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("ticket", token)


@require_GET
@personal_link(TICKET)
def receipt(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The receipt as PDF."""
    registration = _registration(pk)
    charge = _charge(registration)
    if objection := objection_to_receipt(charge):
        messages.error(request, str(objection))
        return redirect("ticket", token)
    charge.registration = registration
    return receipt_file(charge)


def _registration(pk: uuid.UUID) -> Registration:
    return get_object_or_404(Registration.objects.with_people(), pk=pk)


def _charge(registration: Registration) -> Charge:
    owed = owed_for(registration)
    if owed is None:
        raise Http404
    return owed.charge
