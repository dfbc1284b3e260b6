"""Payees and orders: noted, placed, confirmed as delivered, ended; what is far above by two."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.wall import may
from symposia.audit.queries import entries_about
from symposia.finance.actions.bills import link_bill
from symposia.finance.actions.orders import add_payee, confirm_delivered, end_order, place_order
from symposia.finance.actions.overruns import agree_to_overrun, drop_overrun
from symposia.finance.models import Bill, Delivered, Overrun, PurchaseOrder
from symposia.finance.order_lists import ORDER_TONES
from symposia.finance.ordered import heads_recorded, orderable_lines, papers_of
from symposia.finance.ordering import objection_to_linking
from symposia.finance.policies import objection_to_spending
from symposia.finance.queries import books_currency
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, WhyForm, ask, do, given
from symposia.web.office.order_forms import DeliveredForm, OrderForm, OrderOfBillForm, PayeeForm
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

SEES, PLANS, POSTS = Permission.VIEW_MONEY, Permission.PLAN_MONEY, Permission.POST_MONEY


@require_http_methods(["GET", "POST"])
@requires(POSTS, of_all=True)
def new_payee(request: UserRequest) -> HttpResponse:
    """Note a vendor, or an own account."""
    form = PayeeForm(given(request))

    def act(_said: dict[str, Any]) -> str:
        return reverse("payee", args=[add_payee(form.facts(), by=request.actor).pk])

    question = Question(_("Note a payee"), _("Payees"), reverse("payees"), _("Note it"))
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Order something for an activity."""
    activity = activity_or_404(request, pk, PLANS)
    form = OrderForm(given(request), lines=orderable_lines(activity), currency=books_currency())

    def act(_said: dict[str, Any]) -> str:
        made = place_order(activity, form.facts(), by=request.actor)
        return reverse("order", args=[made.pk])

    note = _("It draws on what its line has promised. Vendors are noted by finance, under payees.")
    question = Question(
        *(_("Order something"), str(activity), reverse("activity_bills", args=[pk])),
        *(_("Order it"), note),
        objection=objection_to_spending(activity),
    )
    return ask(request, form, question, act)


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What was ordered, what came of it, what was billed: the three papers beside each other."""
    order = _order(request, pk)
    papers = papers_of(order)
    context = {
        "order": order,
        "papers": papers,
        "tone": ORDER_TONES[order.state],
        "came": Delivered.objects.of(order)[:50],
        "bills": Bill.objects.visible_to(request.access).filter(order=order)[:50],
        "recorded": heads_recorded(order),
        "may_plan": may(request.access, order.activity.mode, PLANS) and order.state == "open",
        "entries": history_of(entries_about(pk)[:50]),
    }
    return render(request, "office/orders/show.html", context)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def delivered(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Confirm how much of it came."""
    order, back = _planned(request, pk), reverse("order", args=[pk])
    rest = order.quantity - Delivered.objects.quantity(order)
    recorded = heads_recorded(order)
    first = {"quantity": rest if recorded is None else recorded, "delivered_on": local_day()}
    form = DeliveredForm(given(request), initial=first)

    def act(_said: dict[str, Any]) -> str:
        confirm_delivered(order, form.facts(), by=request.actor)
        return back

    note = ""
    if recorded is not None:
        words = _("%(n)s people are recorded as present, faculty counted.")
        note = words % {"n": recorded}
    question = Question(_("Confirm what was delivered"), str(order), back, _("Confirm"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(PLANS)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Everything is billed, or the rest is not wanted."""
    order, back = _planned(request, pk), reverse("order", args=[pk])

    def act(said: dict[str, Any]) -> str:
        end_order(order, reason=said["reason"], by=request.actor)
        return back

    note = _("Its line has the rest again.")
    question = Question(_("End the order"), str(order), back, _("End it"), note)
    return ask(request, WhyForm(given(request)), question, act)


@require_http_methods(["GET", "POST"])
@requires(POSTS)
def of_bill(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say which order a bill is for."""
    rows = Bill.objects.postable_by(request.access).select_related("activity")
    bill, back = get_object_or_404(rows, pk=pk), reverse("bill", args=[pk])
    orders = list(PurchaseOrder.objects.of(bill.activity))
    first = {"order": bill.order_id or ""}
    form = OrderOfBillForm(given(request), orders=orders, initial=first)

    def act(_said: dict[str, Any]) -> str:
        link_bill(bill, form.chosen(), by=request.actor)
        return back

    question = Question(
        *(_("Which order is it for?"), str(bill), back, _("Save")),
        objection=objection_to_linking(bill, None),
    )
    return ask(request, form, question, act)


@require_POST
@requires(POSTS)
def agree(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A second person accepts what is far above."""
    overrun, done = _overrun(request, pk), _("It is accepted and posted.")
    act = lambda: agree_to_overrun(overrun, by=request.actor)  # noqa: E731
    return do(request, act, _paper_page(overrun), done)


@require_POST
@requires(POSTS)
def drop(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Not like this."""
    overrun = _overrun(request, pk)
    return do(request, lambda: drop_overrun(overrun, by=request.actor), _paper_page(overrun))


def _order(request: UserRequest, pk: uuid.UUID) -> PurchaseOrder:
    rows = PurchaseOrder.objects.visible_to(request.access)
    return get_object_or_404(rows.select_related("vendor", "line", "activity"), pk=pk)


def _planned(request: UserRequest, pk: uuid.UUID) -> PurchaseOrder:
    rows = PurchaseOrder.objects.visible_to(request.access, PLANS)
    return get_object_or_404(rows.select_related("vendor", "line", "activity"), pk=pk)


def _overrun(request: UserRequest, pk: uuid.UUID) -> Overrun:
    rows = Overrun.objects.visible_to(request.access, POSTS)
    return get_object_or_404(rows.select_related("line", "bill", "expense"), pk=pk)


def _paper_page(overrun: Overrun) -> str:
    if overrun.bill_id:
        return reverse("bill", args=[overrun.bill_id])
    return reverse("expense", args=[overrun.expense_id])
