"""What somebody owes for a place: paid, paid back, and a whole statement of the bank at once."""

import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.finance.actions.charges import mark_paid, pay_back
from symposia.finance.actions.checkouts import pay_back_card
from symposia.finance.actions.reminders import remind_payer
from symposia.finance.actions.statements import post_statement
from symposia.finance.bank_statements import StatementLine, payable, read_statement
from symposia.finance.cards import whoever_takes_cards
from symposia.finance.fee_lists import CHARGE_TONES, CHARGES
from symposia.finance.fee_rules import objection_to_receipt, objection_to_reminding
from symposia.finance.models import Charge, Checkout, Method
from symposia.finance.owed import checkouts_of, postings_of
from symposia.finance.queries import books_currency
from symposia.finance.receipts import print_receipt
from symposia.finance.tasks import start_reconciling
from symposia.shared.refusals import Refused, refuse_if
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import do
from symposia.web.pdfs import pdf_file
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_POST, _SEES = Permission.POST_MONEY, Permission.VIEW_MONEY
LARGEST_FILE = 400_000


class PaidForm(forms.Form):
    """What came in, and what proves it."""

    method = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[(Method.BANK, Method.BANK.label), (Method.DESK, Method.DESK.label)],
    )
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        help_text=gettext_lazy("The line of the statement, the number of the receipt."),
        max_length=200,
    )


class PayBackForm(forms.Form):
    """Why it is paid back, and what proves it."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    evidence = forms.CharField(label=gettext_lazy("Evidence"), max_length=200, required=False)


class StatementForm(forms.Form):
    """A statement of the bank as CSV: pasted, or a file."""

    lines = forms.CharField(
        label=gettext_lazy("Lines of the statement"),
        help_text=gettext_lazy("CSV; the first line names the columns “amount” and “text”."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=LARGEST_FILE,
        required=False,
    )
    file = forms.FileField(label=gettext_lazy("Or a CSV file"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if file := said.get("file"):
            try:
                said["lines"] = file.read(LARGEST_FILE).decode("utf-8-sig").replace("\x00", "")
            except UnicodeDecodeError:
                self.add_error("file", _("Save the file as UTF-8 text and choose it again."))
        if not (said.get("lines") or "").strip() and not self.errors:
            self.add_error("lines", _("Paste at least one line, or choose a file."))
        return said


@require_GET
@requires(_SEES)
def charge(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What somebody owes, and every step of its money."""
    return _page(request, _charge(request, pk, _SEES))


@require_POST
@requires(_POST)
def paid(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Settle it with what came in."""
    found, form = _charge(request, pk, _POST), PaidForm(request.POST)
    if not form.is_valid():
        return _page(request, found, paid_form=form, status=422)
    act = partial(mark_paid, found, **form.cleaned_data, by=request.actor)
    done = _("The fee is paid; the receipt stands on the ticket.")
    return do(request, act, reverse("charge", args=[pk]), done)


@require_POST
@requires(_POST)
def remind(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Write to the payer that nothing has come in yet."""
    found = _charge(request, pk, _POST)
    act = partial(remind_payer, found, by=request.actor)
    done = _("The payer gets the amount, the day and the reference once more.")
    return do(request, act, reverse("charge", args=[pk]), done)


@require_POST
@requires(_POST)
def returned(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that it was paid back."""
    found, form = _charge(request, pk, _POST), PayBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, back_form=form, status=422)
    act = partial(pay_back, found, **form.cleaned_data, by=request.actor)
    done = _("The fee is paid back; the ledger says so.")
    return do(request, act, reverse("charge", args=[pk]), done)


@require_POST
@requires(_POST)
def card_returned(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the provider pay back what came by card."""
    rows = Checkout.objects.visible_to(request.access, _POST)
    found, form = get_object_or_404(rows, pk=pk), PayBackForm(request.POST)

    def act() -> None:
        cards = whoever_takes_cards()
        pay_back_card(found, cards, reason=form.data.get("reason", ""), by=request.actor)

    done = _("The provider pays it back; the ledger says so.")
    return do(request, act, reverse("charge", args=[found.charge_id]), done)


@require_POST
@requires(_POST)
def reconcile(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the provider for payments of which it told nothing."""
    activity, back = activity_or_404(request, pk, _POST), reverse(CHARGES.name, args=[pk])
    try:
        asked = start_reconciling(activity, by=request.actor, href=back)
        words = ngettext(
            "The provider is asked for %(n)d payment. You can leave this page.",
            "The provider is asked for %(n)d payments. You can leave this page.",
            asked,
        )
        said = words % {"n": asked} if asked else _("No payment by card is open.")
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(back)


@require_GET
@requires(_SEES)
def receipt(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The receipt as PDF."""
    found = _charge(request, pk, _SEES)
    try:
        refuse_if(objection_to_receipt(found))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("charge", pk)
    return receipt_file(found)


def receipt_file(found: Charge) -> HttpResponse:
    """A receipt, to be kept."""
    return pdf_file(print_receipt(found), found.reference)


@require_http_methods(["GET", "POST"])
@requires(_POST)
def statement(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """First what each line pays, then, with a second press, the payments."""
    activity = activity_or_404(request, pk, _POST)
    form = StatementForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"activity": activity, "form": form}
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["lines"]
        lines, objection = read_statement(text, request.access, currency=books_currency())
        if objection:
            form.add_error("lines", str(objection))
        elif "post" in request.POST:
            return _post_lines(request, activity.pk, lines)
        else:
            context |= {"lines": lines, "text": text, "payable": len(payable(lines))}
    status = 422 if form.errors else 200
    return render(request, "office/fees/statement.html", context, status=status)


def _post_lines(
    request: UserRequest, activity_pk: uuid.UUID, lines: list[StatementLine]
) -> HttpResponse:
    try:
        made = len(post_statement(lines, by=request.actor))
        words = ngettext("%(n)d fee is paid.", "%(n)d fees are paid.", made)
        messages.success(request, words % {"n": made})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(CHARGES.name, activity_pk)


def _page(
    request: UserRequest,
    found: Charge,
    *,
    paid_form: PaidForm | None = None,
    back_form: PayBackForm | None = None,
    **more: Any,
) -> HttpResponse:
    context = {
        "charge": found,
        "activity": found.activity,
        "tone": CHARGE_TONES[found.state],
        "postings": postings_of(found),
        "checkouts": checkouts_of(found),
        "paid_form": paid_form or PaidForm(),
        "back_form": back_form or PayBackForm(),
        "may_post": request.access.holds(_POST),
        "reminding": objection_to_reminding(found, at=now()),
    }
    return render(request, "office/fees/charge.html", context, **more)


def _charge(request: UserRequest, pk: uuid.UUID, permission: Permission) -> Charge:
    rows = Charge.objects.visible_to(request.access, permission).select_related(
        "activity", "fee", "discount", "invoice", "registration__clinician"
    )
    found = get_object_or_404(rows, pk=pk)
    shown(request, found.activity, permission)
    return found
