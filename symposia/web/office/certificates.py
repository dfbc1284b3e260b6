"""One certificate of the register: what is printed, its versions, its proof, what can be done."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.credits.actions.claims import correct_credit, replace_certificate, revoke_certificate
from symposia.credits.explaining import explain_credit
from symposia.credits.lists import TONES
from symposia.credits.models import Certificate, Standing
from symposia.credits.papers import printed_name
from symposia.credits.queries import (
    entries_of,
    revocation_of,
    signing_now,
    token_key,
    versions_of,
)
from symposia.credits.status_lists import place_of
from symposia.credits.wording import from_json
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.learner.claim import pdf_of
from symposia.web.requests import UserRequest

PAGE = "office/credits/certificate.html"
_AWARD = Permission.AWARD_CREDITS
# Three forms stand on one page: each names its fields apart.
REPLACING, CORRECTING, REVOKING = "replacing_%s", "correcting_%s", "revoking_%s"


class ReasonForm(forms.Form):
    """Why a certificate changes."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("Kept in the journal.")
    )


class CorrectionForm(ReasonForm):
    """How much credit is right, and why."""

    amount = forms.DecimalField(
        label=gettext_lazy("Credit"), min_value=0, max_digits=7, decimal_places=2
    )
    field_order = ["amount", "reason"]


@require_GET
@requires(Permission.VIEW_CREDITS)
def certificate(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One certificate: what is printed, its versions, the ledger, what can be done."""
    return _page(request, _certificate(request, pk))


@require_GET
@requires(Permission.VIEW_CREDITS)
def pdf(request: UserRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The file of a certificate."""
    return pdf_of(_certificate(request, pk))


@require_POST
@requires(Permission.AWARD_CREDITS)
def replace(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Issue the next version with the facts as they are now."""
    found, form = _certificate(request, pk, _AWARD), ReasonForm(request.POST, auto_id=REPLACING)
    if not form.is_valid():
        return _page(request, found, replacing=form, status=422)
    try:
        made = replace_certificate(found, reason=form.cleaned_data["reason"], by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("certificate", found.pk)
    messages.success(request, _("Version %d is issued.") % made.version)
    return redirect("certificate", made.pk)


@require_POST
@requires(Permission.AWARD_CREDITS)
def correct(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Set the credit to another amount, by a correcting entry."""
    found, form = (
        _certificate(request, pk, _AWARD),
        CorrectionForm(request.POST, auto_id=CORRECTING),
    )
    if not form.is_valid():
        return _page(request, found, correcting=form, status=422)
    try:
        made = correct_credit(found, **form.cleaned_data, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("certificate", found.pk)
    messages.success(request, _("The credit is corrected."))
    return redirect("certificate", made.pk)


@require_POST
@requires(Permission.AWARD_CREDITS)
def revoke(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Declare a certificate void and take its credit back."""
    found, form = _certificate(request, pk, _AWARD), ReasonForm(request.POST, auto_id=REVOKING)
    if not form.is_valid():
        return _page(request, found, revoking=form, status=422)
    try:
        revoke_certificate(found, reason=form.cleaned_data["reason"], by=request.actor)
        messages.success(request, _("The certificate is revoked."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("certificate", found.pk)


def _certificate(
    request: UserRequest, pk: uuid.UUID, permission: Permission = Permission.VIEW_CREDITS
) -> Certificate:
    """What one may see is not what one may change: a role may reach less far for the latter."""
    rows = Certificate.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.with_facts(), pk=pk)


def _page(
    request: UserRequest, found: Certificate, *, status: int = 200, **forms_: forms.Form
) -> HttpResponse:
    versions = versions_of(found)
    signing = signing_now()
    is_latest, name = versions[0].pk == found.pk, printed_name(found.clinician.as_kept)
    context = {
        "certificate": found,
        "activity": found.activity,
        "printed": found.printed,
        "statement": from_json(found.printed["statement"]),
        "state": Standing(found.standing).label,
        "tone": TONES[Standing(found.standing)],
        # The record's name is another now: the paper may be issued anew.
        "name_now": name if is_latest and name != found.printed["name"] else "",
        "versions": versions,
        "has_token": token_key() is not None,
        "place": place_of(signing.seed, found) if signing else None,
        "revocation": revocation_of(versions[0]),
        "entries": entries_of(found.registration),
        "explained": explain_credit(found.registration),
        "may_change": request.access.holds(Permission.AWARD_CREDITS)
        and is_latest
        and found.standing != Standing.REVOKED,
        "replacing": ReasonForm(auto_id=REPLACING),
        "revoking": ReasonForm(auto_id=REVOKING),
        "correcting": CorrectionForm(
            initial={"amount": found.printed["amount"]}, auto_id=CORRECTING
        ),
        **forms_,
    }
    return render(request, PAGE, context, status=status)
