"""Receipts from the phone: photographed, divided by who was there, handed to finance."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.finance.bill_lists import HANDED_IN_TONES
from symposia.finance.expensing import fault_words
from symposia.finance.handed_in import objection_to_handing_in
from symposia.finance.models import Expense
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask
from symposia.web.office.expenses import divided, form_for, hand_in
from symposia.web.requests import UserRequest

_HELD = Permission.HAND_IN_BILLS


@require_GET
@requires(_HELD)
def receipts(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What I handed in for this meeting, with what each had of it and what finance says."""
    activity = activity_or_404(request, pk, _HELD)
    mine = Expense.objects.visible_to(request.access).filter(handed_in_by_id=request.user.pk)
    context = {
        "activity": activity,
        "expenses": [
            (each, HANDED_IN_TONES[each.state], fault_words(each.faults))
            for each in mine.of(activity)
        ],
        "objection": objection_to_handing_in(activity),
    }
    return render(request, "field/receipts.html", context)


@require_http_methods(["GET", "POST"])
@requires(_HELD)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Photograph a receipt, see what each had of it, hand it in."""
    activity = activity_or_404(request, pk, _HELD)
    form = form_for(request, activity)
    back = reverse("field_receipts", args=[pk])

    def act(_said: dict[str, Any]) -> str:
        expense = hand_in(request, activity, form)
        messages.success(request, words_of_receipt(expense))
        return back

    question = Question(
        *(_("New receipt"), activity.title, back, _("Hand it in")),
        objection=objection_to_handing_in(activity),
        template="field/receipt.html",
        more=divided(activity, form),
    )
    return ask(request, form, question, act)


def words_of_receipt(expense: Expense) -> str:
    """What became of it, in a line."""
    words = _("%(number)s: %(amount)s, %(each)s a person, waits for finance.")
    facts = {"number": expense.number, "amount": expense.amount, "each": expense.per_head}
    return words % facts
