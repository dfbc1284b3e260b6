"""The ticket of a place: opened by a personal link, shown at the door, given up with one press."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.directory.models import Profession
from symposia.outreach.letters import place_of
from symposia.outreach.queries import calendar_sequence
from symposia.registrations.actions.line import take_offer
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.actions.substitution import name_substitute
from symposia.registrations.letters import TICKET, calendar_of
from symposia.registrations.models import Admission, Registration, TicketKey
from symposia.registrations.policies import (
    Applicant,
    objection_to_cancelling,
    objection_to_naming_another,
    objection_to_taking_an_offer,
)
from symposia.registrations.standing import standing_of
from symposia.registrations.tickets import ticket_text
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.links import personal_link
from symposia.web.qr import qr_svg

PAGE = "learner/tickets/ticket.html"


class SubstituteForm(forms.Form):
    """Who comes instead."""

    full_name = forms.CharField(label=gettext_lazy("Name as on the licence"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("The ticket comes here."),
        max_length=254,
    )
    profession = forms.ChoiceField(
        label=gettext_lazy("Profession"),
        choices=[("", gettext_lazy("Choose")), *Profession.choices],
    )


@require_GET
@personal_link(TICKET)
def ticket(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """A large code and what to know; needs no script and prints well."""
    return _page(request, _registration(pk), token, SubstituteForm())


def _page(
    request: Any, registration: Registration, token: str, form: SubstituteForm, **more: Any
) -> HttpResponse:
    number = TicketKey.objects.current_number()
    text = ticket_text(request.organisation.code, registration.pk, number)
    context = {
        "registration": registration,
        "activity": registration.activity,
        "place": place_of(registration.activity),
        "token": token,
        "standing": standing_of(registration),
        "code": qr_svg(text, _("Your ticket as a code to scan")),
        "objection": objection_to_cancelling(registration, registration.activity, at=now()),
        "form": form,
        "no_naming": objection_to_naming_another(Admission.objects.of(registration.activity)),
        "no_offer": objection_to_taking_an_offer(registration, at=now()),
    }
    return render(request, PAGE, context, **more)


@require_POST
@personal_link(TICKET)
def hand_on(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Somebody else comes instead."""
    registration, form = _registration(pk), SubstituteForm(request.POST)
    if not form.is_valid():
        return _page(request, registration, token, form, status=422)
    by = Actor("link", registration.pk, registration.clinician.called)
    applicant = Applicant(**form.cleaned_data)
    try:
        name_substitute(registration, applicant, organisation=request.organisation, by=by)
        messages.success(request, _("The place is handed on. The ticket goes there by e-mail."))
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, registration, token, form, status=422)
    return redirect("ticket", token)


@require_POST
@personal_link(TICKET)
def accept(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Take the place that is offered."""
    registration = _registration(pk)
    by = Actor("link", registration.pk, registration.clinician.called)
    try:
        take_offer(registration, by=by)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("ticket", token)


@require_POST
@personal_link(TICKET)
def cancel(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Give the place up; whoever waited longest gets it."""
    registration = _registration(pk)
    by = Actor("link", registration.pk, registration.clinician.called)
    try:
        cancel_registration(registration, by=by)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("ticket", token)


@require_GET
@personal_link(TICKET)
def calendar(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The date as a file for a calendar."""
    registration = _registration(pk)
    sequence = calendar_sequence(registration.activity)
    file = calendar_of(registration, request.organisation, sequence=sequence, at=now())
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    name = registration.activity.number
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _registration(pk: uuid.UUID) -> Registration:
    return get_object_or_404(Registration.objects.with_people(), pk=pk)
