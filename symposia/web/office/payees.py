"""Whom money goes to, and where: bank details entered by one person, confirmed by another."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.audit.queries import entries_about
from symposia.finance.actions.bank_details import confirm_details, drop_details, enter_details
from symposia.finance.bank_rules import DETAILS_DECIDED, OWN_DETAILS
from symposia.finance.models import BankDetails, Bill, Payee, PurchaseOrder
from symposia.finance.transfer_lists import TRANSFER_TONES
from symposia.shared.proposals import ProposalState
from symposia.shared.refusals import Objection
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.payment_forms import AccountForm, ConfirmationForm
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

SEES, POSTS = Permission.VIEW_MONEY, Permission.POST_MONEY


@require_GET
@requires(SEES, of_all=True)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Who it is, where they are paid, what was ordered there and billed from there."""
    payee = _payee(request, pk)
    orders = PurchaseOrder.objects.visible_to(request.access).filter(vendor=payee)
    bills = Bill.objects.visible_to(request.access).filter(vendor=payee)
    details = BankDetails.objects.visible_to(request.access).of(payee)
    context = {
        "payee": payee,
        "details": [
            (each, TRANSFER_TONES[ProposalState(each.state)], _confirming(request, each))
            for each in details[:10]
        ],
        "orders": orders.select_related("activity").order_by("-ordered_at", "-pk")[:20],
        "bills": bills.select_related("activity").order_by("-handed_in_at", "-pk")[:20],
        "may_post": request.access.everywhere(POSTS),
        "entries": history_of(entries_about(pk)[:50]),
    }
    return render(request, "office/orders/payee.html", context)


@require_http_methods(["GET", "POST"])
@requires(POSTS, of_all=True)
def enter(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say where somebody is paid."""
    payee, back = _payee(request, pk), reverse("payee", args=[pk])
    form = AccountForm(given(request), initial={"holder": payee.name})

    def act(_said: dict[str, Any]) -> str:
        enter_details(payee, form.facts(), by=request.actor)
        return back

    note = _("Payments there are held until a second person has asked back another way.")
    question = Question(_("Bank details"), payee.name, back, _("Save"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(POSTS, of_all=True)
def confirm(request: UserRequest, pk: uuid.UUID, details_pk: uuid.UUID) -> HttpResponse:
    """Say how they were asked back."""
    details, back = _details(request, pk, details_pk), reverse("payee", args=[pk])

    def act(said: dict[str, Any]) -> str:
        confirm_details(details, asked_by=said["asked_by"], note=said["note"], by=request.actor)
        return back

    words = _("Account %(account)s of %(holder)s; it came: %(came)s.")
    facts = {"account": details.masked, "holder": details.holder}
    note = words % (facts | {"came": details.get_came_by_display()})
    question = Question(
        *(_("Confirm the bank details"), details.payee.name, back, _("Confirm"), note),
        objection=_confirming(request, details),
    )
    return ask(request, ConfirmationForm(given(request)), question, act)


@require_POST
@requires(POSTS, of_all=True)
def drop(request: UserRequest, pk: uuid.UUID, details_pk: uuid.UUID) -> HttpResponse:
    """They are wrong; what held before holds again."""
    details, back = _details(request, pk, details_pk), reverse("payee", args=[pk])
    return do(request, lambda: drop_details(details, by=request.actor), back)


def _confirming(request: UserRequest, details: BankDetails) -> Objection | None:
    if details.state != ProposalState.WAITING:
        return DETAILS_DECIDED.about(state=details.get_state_display())
    return OWN_DETAILS if details.proposed_by_id == request.user.pk else None


def _payee(request: UserRequest, pk: uuid.UUID) -> Payee:
    return get_object_or_404(Payee.objects.visible_to(request.access), pk=pk)


def _details(request: UserRequest, pk: uuid.UUID, details_pk: uuid.UUID) -> BankDetails:
    rows = BankDetails.objects.visible_to(request.access).of(_payee(request, pk))
    return get_object_or_404(rows.select_related("payee"), pk=details_pk)
