"""Credit of an activity: what is offered, how far the learners are, every certificate."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.reading import loaded_once
from symposia.activities.wall import may
from symposia.credits.actions.certificates import take_papers
from symposia.credits.actions.offers import offer_credit, withdraw_credit_offer
from symposia.credits.actions.terms import set_certificate_term
from symposia.credits.explaining import progress_of
from symposia.credits.lists import ACTIVITY_CREDITS
from symposia.credits.models import CreditOffer, CreditSystem
from symposia.credits.policies import objection_to_withdrawing
from symposia.credits.queries import (
    credit_totals,
    creditable_minutes,
    offers_of,
    systems_to_offer,
    term_of,
)
from symposia.credits.tasks import certificates_of_activity
from symposia.credits.together import together
from symposia.credits.wording import filled
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.parts import Figure
from symposia.web.pdfs import archive_file
from symposia.web.requests import UserRequest
from symposia.work.background import request_job

FOLDER = "office/credits"


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


class TermForm(forms.Form):
    """For how long the certificates of an activity are good."""

    months = forms.IntegerField(
        label=gettext_lazy("Certificates are valid for, in months"),
        help_text=gettext_lazy("Leave it empty for certificates without end."),
        min_value=1,
        max_value=120,
        required=False,
    )


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
    months = term_of(activity) if may_plan else None
    return {
        **frame_of(request, activity, ACTIVITY_CREDITS.name),
        "designations": [
            _designation(request, activity, offer) for offer in loaded_once(activity, offers_of)
        ],
        "minutes": creditable_minutes(activity),
        "offer_form": OfferForm(systems=systems) if systems else None,
        "figures": _figures(activity, progress),
        "progress": progress,
        "term_form": TermForm(initial={"months": months}) if may_plan else None,
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


@require_GET
@requires(Permission.VIEW_CREDITS, Permission.EXPORT)
def take(request: UserRequest, pk: uuid.UUID) -> HttpResponseBase:
    """The papers of everybody who has one, as one archive."""
    activity = activity_or_404(request, pk, Permission.VIEW_CREDITS)
    try:
        papers = take_papers(activity, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(ACTIVITY_CREDITS.name, activity.pk)
    return archive_file(together(papers), f"{activity.number}-certificates")


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def term(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say for how long the certificates of an activity are good."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    form = TermForm(request.POST)
    if form.is_valid():
        months = form.cleaned_data["months"]
        try:
            set_certificate_term(activity, months, by=request.actor)
            messages.success(request, _("How long certificates are good is kept."))
        except Refused as refused:
            messages.error(request, str(refused))
    else:
        messages.error(request, _("Give a number of months from 1 to 120, or nothing."))
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
