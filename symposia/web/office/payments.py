"""Batches of payments: put together, released by somebody else, taken to the bank as a file."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.audit.queries import entries_about
from symposia.finance.actions.payments import (
    add_payment,
    begin_batch,
    drop_batch,
    leave_out,
    release_batch,
    take_csv,
    take_xml,
)
from symposia.finance.models import BatchState, Payment, PaymentBatch
from symposia.finance.payable import Due, dues, holds_of, sees_all
from symposia.finance.payment_lists import BATCH_TONES, PAYMENT_TONES
from symposia.finance.payment_rules import NOT_ALL_SEEN, objection_to_releasing
from symposia.shared.money import total
from symposia.shared.refusals import Objection, Refused
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.payment_forms import BatchForm
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

SEES, POSTS = Permission.VIEW_MONEY, Permission.POST_MONEY


@require_http_methods(["GET", "POST"])
@requires(POSTS, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """Begin a batch."""
    form = BatchForm(given(request), initial={"pays_on": local_day()})

    def act(said: dict[str, Any]) -> str:
        made = begin_batch(form.chosen(), said["pays_on"], by=request.actor)
        return reverse("payment_batch", args=[made.pk])

    note = _("Own accounts are noted under payees, with bank details that two people have seen.")
    question = Question(
        *(_("Begin a batch"), _("Payments"), reverse("payment_batches"), _("Begin"), note)
    )
    return ask(request, form, question, act)


@require_GET
@requires(SEES, of_all=True)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What it pays, what of it is held, and who let it go."""
    batch = _batch(request, pk)
    seen = Payment.objects.of(batch).visible_to(request.access)
    payments = list(seen.select_related("activity"))
    may_post = request.access.everywhere(POSTS)
    is_open = batch.state == BatchState.OPEN
    holds = holds_of(payments) if is_open else {}
    context = {
        "batch": batch,
        "tone": BATCH_TONES[batch.state],
        "payments": [(x, PAYMENT_TONES[x.state], holds.get(x.pk)) for x in payments],
        "total": total((each.amount for each in payments), batch.currency),
        "is_open": is_open and may_post,
        "releasing": _releasing(request, batch, payments),
        "is_out": batch.state in (BatchState.RELEASED, BatchState.SETTLED) and may_post,
        "entries": history_of(entries_about(pk)[:50]),
    }
    return render(request, "office/payments/show.html", context)


def _releasing(
    request: UserRequest, batch: PaymentBatch, payments: list[Payment]
) -> Objection | None:
    """What of releasing it can be said before everything is asked once more."""
    if not sees_all(request.access, batch):
        return NOT_ALL_SEEN
    person, today = request.user.pk, local_day()
    return objection_to_releasing(batch, payments, by_id=person, fresh=[], today=today)


@require_http_methods(["GET", "POST"])
@requires(POSTS, of_all=True)
def add(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What waits to be paid, to choose from."""
    batch, found = _batch(request, pk), dues(request.access)
    if request.method == "GET":
        context = {"batch": batch, "dues": [(_name(each), each) for each in found]}
        return render(request, "office/payments/add.html", context)
    chosen = set(request.POST.getlist("papers"))
    added = sum(_added(request, batch, each) for each in found if _name(each) in chosen)
    words = ngettext("%(n)d payment is added.", "%(n)d payments are added.", added)
    messages.success(request, words % {"n": added})
    return redirect("payment_batch", pk)


def _name(due: Due) -> str:
    return str(due.paper.pk)


def _added(request: UserRequest, batch: PaymentBatch, due: Due) -> bool:
    """Whether it was; if not, why is said."""
    try:
        add_payment(batch, due.paper, by=request.actor)
    except Refused as refused:
        messages.error(request, f"{due.paper.number}: {refused}")
        return False
    return True


@require_POST
@requires(POSTS, of_all=True)
def leave(request: UserRequest, pk: uuid.UUID, payment_pk: uuid.UUID) -> HttpResponse:
    """Take one out."""
    rows = Payment.objects.of(_batch(request, pk)).visible_to(request.access, POSTS)
    payment, back = get_object_or_404(rows, pk=payment_pk), reverse("payment_batch", args=[pk])
    return do(request, lambda: leave_out(payment, by=request.actor), back)


@require_POST
@requires(POSTS, of_all=True)
def release(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Somebody else lets it go."""
    batch, back = _whole(request, pk), reverse("payment_batch", args=[pk])
    done = _("It is released; take the file to the bank.")
    return do(request, lambda: release_batch(batch, by=request.actor), back, done)


@require_POST
@requires(POSTS, of_all=True)
def drop(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Pay nothing of it."""
    batch, back = _whole(request, pk), reverse("payment_batch", args=[pk])
    return do(request, lambda: drop_batch(batch, by=request.actor), back)


@require_POST
@requires(POSTS, of_all=True)
def xml(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The file for the bank."""
    batch = _whole(request, pk)
    try:
        content = take_xml(batch, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("payment_batch", pk)
    return _download(content, f"{batch.number}.xml", "application/xml")


@require_POST
@requires(POSTS, of_all=True)
def csv(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The same as a table."""
    batch = _whole(request, pk)
    try:
        content = take_csv(batch, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("payment_batch", pk)
    return _download(content, f"{batch.number}.csv", "text/csv; charset=utf-8")


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _batch(request: UserRequest, pk: uuid.UUID) -> PaymentBatch:
    rows = PaymentBatch.objects.visible_to(request.access).select_related("account", "bank")
    return get_object_or_404(rows, pk=pk)


def _whole(request: UserRequest, pk: uuid.UUID) -> PaymentBatch:
    """A batch of which this person sees everything; another one does not exist for them here."""
    batch = _batch(request, pk)
    if not sees_all(request.access, batch):
        raise Http404
    return batch
