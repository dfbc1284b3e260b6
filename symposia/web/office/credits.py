"""Credit of an activity: what is offered, how far the learners are, every certificate."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.reading import loaded_once
from symposia.activities.wall import may
from symposia.credits.actions.claims import correct_credit, replace_certificate, revoke_certificate
from symposia.credits.actions.offers import offer_credit, withdraw_credit_offer
from symposia.credits.explaining import explain_credit, progress_of
from symposia.credits.lists import ACTIVITY_CREDITS, TONES, state_of
from symposia.credits.models import Certificate, CreditOffer, CreditSystem
from symposia.credits.policies import objection_to_withdrawing
from symposia.credits.queries import (
    credit_totals,
    creditable_minutes,
    entries_of,
    offers_of,
    systems_to_offer,
    versions_of,
)
from symposia.credits.tasks import certificates_of_activity
from symposia.credits.wording import filled, from_json
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.learner.claim import pdf_of
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.parts import Figure
from symposia.web.requests import UserRequest
from symposia.work.background import request_job

FOLDER = "office/credits"
_AWARD = Permission.AWARD_CREDITS
# Three forms stand on one page: each names its fields apart.
REPLACING, CORRECTING, REVOKING = "replacing_%s", "correcting_%s", "revoking_%s"


class OfferForm(forms.Form):
    """Which credit an activity offers."""

    system = forms.ChoiceField(label=gettext_lazy("Credit system"))
    activity_number = forms.CharField(
        label=gettext_lazy("Number that the body gave the activity"),
        help_text=gettext_lazy("Only where the body numbers activities, such as ACPE."),
        max_length=40,
        required=False,
    )

    def __init__(self, *args: Any, systems: list[CreditSystem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system"].choices = [(s.pk, _named(s)) for s in systems]  # type: ignore[attr-defined]


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


def _named(system: CreditSystem) -> str:
    return f"{system.name} ({_('to verify')})" if system.is_to_verify else system.name


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of certificates: the offers, the progress, what one may do."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_CREDITS)
    may_plan = (
        may(request.access, activity.mode, Permission.PLAN_ACTIVITIES) and activity.in_planning
    )
    systems = systems_to_offer(activity) if may_plan and activity.is_independent else []
    progress = progress_of(activity)
    return {
        **frame_of(request, activity, ACTIVITY_CREDITS.name),
        "designations": [
            _designation(request, activity, offer) for offer in loaded_once(activity, offers_of)
        ],
        "minutes": creditable_minutes(activity),
        "offer_form": OfferForm(systems=systems) if systems else None,
        "figures": _figures(activity, progress),
        "progress": progress,
        "may_award": request.access.holds(Permission.AWARD_CREDITS),
    }


def _designation(request: UserRequest, activity: Activity, offer: CreditOffer) -> dict[str, Any]:
    """An offer with the body's own sentence about it."""
    values = {
        "provider": request.organisation.name,
        "format": offer.learning_format,
        "title": activity.title,
        "maximum": f"{offer.maximum:.2f}",
    }
    return {
        "offer": offer,
        "sentence": filled(offer.system.statements["designation"], values),
        "objection": objection_to_withdrawing(offer),
    }


def _figures(activity: Activity, progress: Any) -> list[Figure]:
    people = reverse("activity_attendance", kwargs={"activity_pk": activity.pk})
    evaluation = reverse("activity_evaluation", args=[activity.pk])
    return [
        Figure(_("Present"), str(progress.present), people),
        Figure(_("Evaluated"), str(progress.answered), evaluation),
        Figure(_("Certificates"), str(progress.certified)),
        *(Figure(each.name, f"{each.amount:.2f}") for each in credit_totals([activity])),
    ]


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def offer(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Offer credit of a system, computed from the agenda."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    form = OfferForm(request.POST, systems=systems_to_offer(activity))
    if form.is_valid():
        system = get_object_or_404(CreditSystem, pk=form.cleaned_data["system"])
        try:
            number = form.cleaned_data["activity_number"]
            made = offer_credit(activity, system, activity_number=number, by=request.actor)
            messages.success(request, f"{system.name}: {made.maximum:.2f}")
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect(ACTIVITY_CREDITS.name, activity.pk)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def withdraw(request: UserRequest, pk: uuid.UUID, offer_pk: uuid.UUID) -> HttpResponse:
    """Take an offer back that was not designated yet."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    found = get_object_or_404(CreditOffer.objects.of(activity), pk=offer_pk)
    try:
        withdraw_credit_offer(found, by=request.actor)
        messages.success(request, _("The offer is withdrawn."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(ACTIVITY_CREDITS.name, activity.pk)


@require_POST
@requires(Permission.AWARD_CREDITS)
def issue(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Have the certificates of everybody made who is entitled to one without a claim."""
    activity = activity_or_404(request, pk, Permission.AWARD_CREDITS)
    request_job(
        certificates_of_activity,
        kind="certificates",
        title=_("Certificates of %s") % activity.number,
        by=request.actor,
        href=reverse(ACTIVITY_CREDITS.name, args=[activity.pk]),
        activity_id=str(activity.pk),
    )
    messages.success(request, _("The certificates are being made. You can leave this page."))
    return redirect(ACTIVITY_CREDITS.name, activity.pk)


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
    state = state_of(found)
    is_latest = versions[0].pk == found.pk
    context = {
        "certificate": found,
        "activity": found.activity,
        "printed": found.printed,
        "statement": from_json(found.printed["statement"]),
        "state": state if is_latest else "replaced",
        "tone": TONES[state] if is_latest else "warn",
        "versions": versions,
        "entries": entries_of(found.registration),
        "explained": explain_credit(found.registration),
        "may_change": request.access.holds(Permission.AWARD_CREDITS)
        and is_latest
        and state != "revoked",
        "replacing": ReasonForm(auto_id=REPLACING),
        "revoking": ReasonForm(auto_id=REVOKING),
        "correcting": CorrectionForm(
            initial={"amount": found.printed["amount"]}, auto_id=CORRECTING
        ),
        **forms_,
    }
    return render(request, f"{FOLDER}/certificate.html", context, status=status)
