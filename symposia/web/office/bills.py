"""Bills of an activity: handed in from a phone or a desk, accepted or sent back by finance."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.activities.models import Arrangement
from symposia.finance.actions.bills import (
    accept_bill,
    ask_about_bill,
    hand_in_bill,
    return_bill,
    withdraw_bill,
)
from symposia.finance.bill_lists import HANDED_IN_TONES
from symposia.finance.billed import lines_for, takes_two
from symposia.finance.handed_in import objection_to_deciding, objection_to_handing_in
from symposia.finance.models import Bill
from symposia.finance.ordered import faults_of
from symposia.finance.queries import books_currency
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.bill_forms import BillForm, ReturnForm
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

FOLDER = "office/bills"


@require_GET
@requires(SEES)
def of_activity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The bills of an activity: all for whoever sees its money, their own for others."""
    activity = activity_or_404(request, pk, SEES)
    bills = Bill.objects.visible_to(request.access).of(activity)
    context = frame_of(request, activity, "activity_bills") | {
        "bills": [(each, HANDED_IN_TONES[each.state]) for each in bills],
        **around_those_of(request, activity),
    }
    return render(request, f"{FOLDER}/activity.html", context)


@require_http_methods(["GET", "POST"])
@requires(HANDS_IN)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand in a bill with its paper."""
    activity = activity_or_404(request, pk, HANDS_IN)
    form = BillForm(
        *(given(request), request.FILES or None),
        arrangements=list(Arrangement.objects.of(activity).standing()),
        currency=books_currency(),
    )

    def act(_said: dict[str, Any]) -> str:
        bill = hand_in_bill(activity, form.facts(), form.paper(), by=request.actor)
        return reverse("bill", args=[bill.pk])

    note = _("Finance looks at it and writes to you when it is accepted or comes back.")
    back = reverse("activity_bills", args=[pk])
    question = Question(
        *(_("Hand in a bill"), str(activity), back, _("Hand it in"), note),
        objection=objection_to_handing_in(activity),
        template=f"{FOLDER}/new.html",
    )
    return ask(request, form, question, act)


@require_GET
@requires(SEES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One bill: what it says, the paper, what became of it."""
    bill = _bill(request, pk)
    may_post = _posts(request, bill)
    waits = may_post and bill.state == "handed_in"
    faults = [str(each) for each in faults_of(bill)] if waits else []
    context = {"bill": bill, "faults": faults, **around(request, bill, may_post=may_post)}
    return render(request, f"{FOLDER}/show.html", context)


@require_http_methods(["GET", "POST"])
@requires(POSTS)
def accept(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Find it right and choose the line that it is posted to."""
    bill, back = _to_decide(request, pk), reverse("bill", args=[pk])
    form = acceptance_form(request, bill, lines_for(bill))

    def act(_said: dict[str, Any]) -> str:
        said = acceptance_of(bill, form)
        if takes_two(bill, said.line, said.amount):
            ask_about_bill(bill, said, by=request.actor)
            messages.warning(request, ASKED_SECOND)
        else:
            accept_bill(bill, said, by=request.actor)
        return back

    words = _("%(amount)s of %(supplier)s. It is posted with the bill as its evidence.")
    note = words % {"amount": bill.amount, "supplier": bill.supplier}
    objection = objection_to_accepting(request, bill)
    question = Question(_("Accept the bill"), str(bill), back, _("Accept"), note, objection)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(POSTS)
def send_back(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say what is wrong with it; whoever handed it in is written to."""
    bill, back = _to_decide(request, pk), reverse("bill", args=[pk])

    def act(said: dict[str, Any]) -> str:
        return_bill(bill, reason=said["reason"], by=request.actor)
        return back

    objection = objection_to_deciding(bill, by_id=request.user.pk)
    question = Question(
        _("Send the bill back"), str(bill), back, _("Send it back"), objection=objection
    )
    return ask(request, ReturnForm(given(request)), question, act)


@require_POST
@requires(HANDS_IN)
def withdraw(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one's own bill back."""
    bill, back = _bill(request, pk), reverse("bill", args=[pk])
    done = _("The bill is taken back.")
    return do(request, lambda: withdraw_bill(bill, by=request.actor), back, done)


def _bill(request: UserRequest, pk: uuid.UUID) -> Bill:
    rows = Bill.objects.visible_to(request.access)
    return get_object_or_404(
        rows.select_related("activity", "arrangement", "order", "file", "posting__line"), pk=pk
    )


def _to_decide(request: UserRequest, pk: uuid.UUID) -> Bill:
    """A bill of an activity whose money this person posts."""
    rows = Bill.objects.postable_by(request.access)
    return get_object_or_404(rows.select_related("activity", "arrangement"), pk=pk)


def _posts(request: UserRequest, bill: Bill) -> bool:
    posted = Bill.objects.postable_by(request.access)
    return request.access.holds(POSTS) and posted.filter(pk=bill.pk).exists()
